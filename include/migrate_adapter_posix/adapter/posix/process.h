#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "adapter/posix/file_descriptor.h"

namespace migrate::posix {

/// `kept`: the program goes on when this process ends. `with_caller`: the kernel kills it as soon
/// as the thread that started it ends, however that comes about.
enum class Lifetime { kept, with_caller };

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
  /// As a shell has it: 128 and the number of the signal that ended it. 0 while it is running.
  int exit_code() const { return exit_code_; }
  void send(int signal) const;
  /// To the process and those that it started, if spawn() made it.
  void send_to_group(int signal) const;

 private:
  Process(pid_t pid, FileDescriptor handle) : pid_(pid), handle_(std::move(handle)) {}

  pid_t pid_;
  FileDescriptor handle_;
  std::string ending_;
  int exit_code_ = 0;
};

/// What a program that is run has open: stdin is empty, and nothing else is. The descriptors stay
/// the caller's.
struct Streams {
  int output = -1;
  int error = -1;
  int third = -1;  ///< what it finds as descriptor 3; -1: nothing
};

/// Starts the program at the path `argv[0]` in a session of its own, with signals as at login.
/// `argv` is visible to every user of the machine: no secret may be in it. `environment`:
/// "NAME=value", all that it gets; nothing: that of this process. `directory`: in which it runs,
/// and from which a relative path leads; empty: that of this process. Throws Fault(unavailable)
/// when the program cannot be run.
Process spawn(const std::vector<std::string>& argv, const Streams& streams, Lifetime lifetime,
              const std::optional<std::vector<std::string>>& environment = std::nullopt,
              const std::string& directory = std::string());

/// The same with stdout and stderr appended to a file. Throws Fault(configuration) when that cannot
/// be written.
Process spawn(const std::vector<std::string>& argv, const std::filesystem::path& output,
              Lifetime lifetime);

struct Pipe {
  FileDescriptor read_end;
  FileDescriptor write_end;
};

/// Closed in what is run, except where it is one of its streams. Throws Fault(unavailable).
Pipe open_pipe();

/// Runs `work` in a fork of this process, in a session of its own, with no file of this process
/// open and signals as at login; it ends when `work` returns or throws. What the caller gives up
/// does not end it. `work` may allocate (the C library's fork() sees to that) and must not touch
/// what another thread may have held. Throws Fault(unavailable) when there can be no new process.
Process fork_caretaker(const std::function<void()>& work);

/// Runs a program to its end and returns what it wrote to stdout and stderr; nothing when it cannot
/// be run or fails.
std::optional<std::string> output_of(const std::vector<std::string>& argv);

}  // namespace migrate::posix
