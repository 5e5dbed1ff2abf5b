#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "adapter/sandbox/sandbox.h"
#include "file_descriptor.h"

namespace migrate::sandbox {

/// A handle to a process that no other process can come to stand for, even when its number is used
/// again (pidfd_open(2)). Letting go of the handle does nothing to the process.
class Process {
 public:
  /// Nothing when there is no such process.
  static std::optional<Process> find(pid_t pid);

  pid_t pid() const { return pid_; }
  /// Whether the process has ended, waiting for that at most `limit`. Reaps it if it is a child.
  bool ended_within(std::chrono::milliseconds limit);
  /// "exit status 1", "signal 11", or "" while it is running or when it was not a child.
  const std::string& ending() const { return ending_; }
  bool succeeded() const { return ending_ == "exit status 0"; }
  void send(int signal) const;

 private:
  Process(pid_t pid, FileDescriptor handle) : pid_(pid), handle_(std::move(handle)) {}

  pid_t pid_;
  FileDescriptor handle_;
  std::string ending_;
};

/// Starts the program at the path `argv[0]` in a session of its own, with stdin empty, stdout and
/// stderr appended to `output`, no other file descriptor, and signals as at login. `argv` is
/// visible to every user of the machine: no secret may be in it. Throws Fault(unavailable) when the
/// program cannot be run.
Process spawn(const std::vector<std::string>& argv, const std::filesystem::path& output,
              Lifetime lifetime);

/// Runs a program to its end and returns what it wrote to stdout and stderr; nothing when it cannot
/// be run or fails.
std::optional<std::string> output_of(const std::vector<std::string>& argv);

}  // namespace migrate::sandbox
