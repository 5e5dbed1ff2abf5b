#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exit_code.h"
#include "core/program_ending.h"

namespace migrate::port {

/// A program of the user's.
struct Program {
  /// Where it finds `file`.
  static constexpr const char* file_path = "/dev/fd/3";

  std::vector<std::string> argv;  ///< first its path, or a name to be looked for in PATH
  /// Beside what this process has in its environment, but for passwords.
  std::vector<std::pair<std::string, std::string>> variables;
  std::optional<std::chrono::seconds> time_limit;  ///< nothing: none
  /// The text of a file that is in memory only and that nobody else may read, e.g. with a password;
  /// empty: there is none.
  std::string file;
};

/// Hears a program while it runs, on the thread that runs it.
class ProgramListener {
 public:
  virtual ~ProgramListener() = default;
  /// A line of its output, without its end. Bytes as they came.
  virtual void said(std::string_view line) = 0;
  /// Asked often. The exit code of the signal that is to be handed on to the program; nothing: it
  /// may go on.
  virtual std::optional<core::ExitCode> stop() = 0;
};

/// Runs programs of the user's to their end. What one leaves running is not waited for. When this
/// process ends in any other way, the program and all that it started are killed.
class Programs {
 public:
  virtual ~Programs() = default;
  /// Never throws for what the program does, or because there is none: the ending says so.
  virtual core::ProgramEnding run(const Program& program, ProgramListener& listener) = 0;
};

}  // namespace migrate::port
