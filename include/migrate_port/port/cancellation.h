#pragma once

#include <cstdint>
#include <optional>

#include "core/exit_code.h"

namespace migrate::port {

/// Whether somebody asked the run to stop. The runner asks before every packet, and says which
/// connection a canceller would have to stop. Thread-safe.
class Cancellation {
 public:
  virtual ~Cancellation() = default;
  /// interrupted or terminated, once a signal came.
  virtual std::optional<core::ExitCode> requested() const = 0;
  /// From now on this connection runs the statements, and a signal cancels what it runs; 0: there
  /// is nothing to cancel.
  virtual void watch(std::uint64_t connection_id) = 0;
};

}  // namespace migrate::port
