#pragma once

#include <stdexcept>
#include <string>

#include "core/exit_code.h"

namespace migrate::core {

/// Why the program cannot go on: no connection, an unreadable file, bad configuration. Adapters
/// throw it; `main` catches it once, prints what() and `hint()` and exits with code(). A verdict
/// (refusal, failed statement) is a value, never this.
class Fault : public std::runtime_error {
 public:
  /// `message` says what happened and where; `hint`, if any, is the next thing to do. Neither ever
  /// holds a secret.
  Fault(ExitCode code, const std::string& message, std::string hint = {})
      : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}

  ExitCode code() const { return code_; }
  const std::string& hint() const { return hint_; }

 private:
  ExitCode code_;
  std::string hint_;
};

}  // namespace migrate::core
