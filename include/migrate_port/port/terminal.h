#pragma once

#include <optional>
#include <string>

namespace migrate::port {

/// The person at the terminal, if there is one.
class Terminal {
 public:
  virtual ~Terminal() = default;
  /// Asks and returns the line that was typed, without its end; nothing when there is no terminal
  /// to ask on, or it was closed.
  virtual std::optional<std::string> ask(const std::string& question) = 0;
};

}  // namespace migrate::port
