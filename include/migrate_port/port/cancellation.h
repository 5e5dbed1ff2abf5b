#pragma once

#include <cstdint>
#include <optional>

#include "core/exit_code.h"

namespace migrate::port {

/// Whether somebody asked the run to stop. The runner asks before every packet. Thread-safe.
class Cancellation {
 public:
  virtual ~Cancellation() = default;
  /// interrupted or terminated, once a signal came.
  virtual std::optional<core::ExitCode> requested() const = 0;
  /// This connection now runs statements of a file, which a signal cancels. 0: no more; when this
  /// returns, nothing is sent to cancel it any more.
  virtual void watch(std::uint64_t connection_id) = 0;
};

}  // namespace migrate::port
