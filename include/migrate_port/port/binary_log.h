#pragma once

#include <string>

#include "core/witness.h"

namespace migrate::port {

/// The server's own log of changes, for what nothing else can tell.
class BinaryLog {
 public:
  virtual ~BinaryLog() = default;

  /// Where it ends now. Without a file when the log is off for this session, filtered, or not
  /// readable by this account.
  virtual core::LogPosition end() = 0;

  enum class Found { yes, no, unreadable };
  /// Whether a statement with this mark ("migrate <run> <mark of the statement>") was logged since.
  /// Reads the log as a stream.
  virtual Found find(const core::LogPosition& since, const std::string& mark) = 0;
};

}  // namespace migrate::port
