#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace migrate::core {

/// How a program that a run has started came to its end.
struct ProgramEnding {
  enum class How {
    succeeded,
    failed,
    timed_out,    ///< it took longer than it may, and was ended
    stopped,      ///< a signal to this process was handed on to it
    not_started,  ///< there is no such program, or it cannot be run
  };
  /// How many of its last lines are kept.
  static constexpr std::size_t most_lines = 20;

  How how = How::succeeded;
  int exit_code = 0;  ///< as a shell has it: 128 and the number of the signal that ended it
  std::string words;  ///< "exit code 3", "ended after 5 s, its time limit"
  std::vector<std::string> last_lines;
  std::uint64_t duration_us = 0;

  bool succeeded() const { return how == How::succeeded; }
};

}  // namespace migrate::core
