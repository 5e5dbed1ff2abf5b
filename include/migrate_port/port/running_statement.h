#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/blocker.h"
#include "core/pace.h"

namespace migrate::port {

/// What another connection's statement is doing.
struct RunningStatement {
  std::optional<core::Work> work;       ///< nothing: the server does not tell
  bool waits_for_lock = false;          ///< on a table or another object, not on rows
  std::vector<core::Blocker> blockers;  ///< while it waits: as Session::blockers() has them
  /// How an administrator makes the server tell the work of such a statement, where that is
  /// switched off; else empty.
  std::string hint;
};

/// Looks at statements of other connections, over one of its own. Not thread-safe.
class StatementLook {
 public:
  virtual ~StatementLook() = default;
  /// Connects when there is no connection yet. Nothing when that connection is gone or idle. Throws
  /// Fault(unavailable) when this one cannot be made, is lost or gets no answer for long: the next
  /// call makes another one.
  virtual std::optional<RunningStatement> look(std::uint64_t connection_id) = 0;
};

}  // namespace migrate::port
