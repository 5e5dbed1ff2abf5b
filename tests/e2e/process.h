#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace migrate::testing {

/// What a program left behind.
struct Ending {
  int code = -1;  ///< exit code; 128 + signal when a signal ended it, as a shell has it
  std::string out;
  std::string err;
};

/// A running program without a terminal: stdin is /dev/null, it leads a session of its own, and
/// stdout and stderr go to files. Killed when it is destroyed before it ended, and by the kernel
/// when the test program dies.
class Process {
 public:
  /// `environment` is all that it gets. Throws std::system_error when it can't be started.
  Process(const std::vector<std::string>& argv,
          const std::map<std::string, std::string>& environment,
          const std::filesystem::path& working_directory,
          const std::filesystem::path& output_directory);
  ~Process();
  Process(Process&&) noexcept;
  Process& operator=(Process&&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  bool has_ended();
  /// Waits for its end; throws std::runtime_error, with what it said until then, when that takes
  /// longer than `limit`.
  Ending wait(std::chrono::seconds limit = std::chrono::seconds(120));
  /// What it has written to stdout until now.
  std::string output_so_far() const;
  /// The most memory it ever had, in KiB. For a process that has ended.
  long peak_memory_kib() const { return peak_memory_kib_; }

 private:
  pid_t pid_ = -1;
  int status_ = 0;
  bool ended_ = false;
  long peak_memory_kib_ = 0;
  std::filesystem::path out_;
  std::filesystem::path err_;
};

/// A moment that keeps a loop of looks from taking a core.
void pause_between_looks();

/// Asks again until `condition` holds; false when it does not within `limit`.
template <typename Condition>
bool eventually(const Condition& condition, std::chrono::seconds limit = std::chrono::seconds(60)) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    pause_between_looks();
  }
  return true;
}

}  // namespace migrate::testing
