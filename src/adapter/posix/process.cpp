#include "adapter/posix/process.h"

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "core/fault.h"

namespace migrate::posix {
namespace {

using core::ExitCode;
using core::Fault;

void forget_signals() {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGQUIT}) ::signal(signal, SIG_DFL);
}

constexpr int third_stream = 3;
constexpr int first_free = 10;

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Only async-signal-safe calls from here to exec: another thread may have held any lock at fork.
[[noreturn]] void become(char* const* argv, char* const* environment, const Streams& streams,
                         const char* directory, int failure, Lifetime lifetime, pid_t parent) {
  ::setsid();
  if (lifetime == Lifetime::with_caller) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);  // it ended before prctl
  }
  forget_signals();
  const int input = ::open("/dev/null", O_RDONLY);
  if (input < 0) ::_exit(127);
  // Out of the way of those that are about to be made.
  const int third = streams.third < 0 ? -1 : ::fcntl(streams.third, F_DUPFD, first_free);
  const int telling = ::fcntl(failure, F_DUPFD_CLOEXEC, first_free);
  ::dup2(input, STDIN_FILENO);
  ::dup2(streams.output, STDOUT_FILENO);
  ::dup2(streams.error, STDERR_FILENO);
  if (third >= 0) ::dup2(third, third_stream);
  // What the caller's caller left open (a lock, a pipe that somebody reads to its end) must not
  // stay open for as long as the server lives. Marking is enough, exec closes.
  ::syscall(SYS_close_range, third < 0 ? third_stream : third_stream + 1, UINT_MAX,
            4U /* CLOSE_RANGE_CLOEXEC */);
  if (*directory == '\0' || ::chdir(directory) == 0) ::execve(argv[0], argv, environment);
  const int reason = errno;
  // Nobody to tell when this fails too.
  [[maybe_unused]] const auto written = ::write(telling, &reason, sizeof reason);
  ::_exit(127);
}

}  // namespace

std::optional<Process> Process::find(pid_t pid) {
  FileDescriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
  if (!handle.valid()) return std::nullopt;
  return Process(pid, std::move(handle));
}

bool Process::ended_within(std::chrono::milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  pollfd ending{handle_.get(), POLLIN, 0};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const int ready = ::poll(&ending, 1, left.count() > 0 ? static_cast<int>(left.count()) : 0);
    if (ready > 0) break;
    if (ready == 0) return false;
    if (errno != EINTR) return false;
  }
  siginfo_t info{};
  // Fails for a process that is not a child: its ending is not ours to know.
  if (::waitid(P_PIDFD, static_cast<id_t>(handle_.get()), &info, WEXITED | WNOHANG) == 0 &&
      info.si_pid != 0) {
    const bool exited = info.si_code == CLD_EXITED;
    ending_ = fmt::format("{} {}", exited ? "exit status" : "signal", info.si_status);
    constexpr int by_signal = 128;
    exit_code_ = exited ? info.si_status : by_signal + info.si_status;
  }
  return true;
}

void Process::send(int signal) const {
  ::syscall(SYS_pidfd_send_signal, handle_.get(), signal, nullptr, 0U);
}

Process fork_caretaker(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child < 0) {
    throw Fault(ExitCode::unavailable, fmt::format("no new process: {}", std::strerror(errno)));
  }
  if (child == 0) {
    ::setsid();
    forget_signals();
    ::syscall(SYS_close_range, 0U, UINT_MAX, 0U);
    // What comes next opens these.
    for (const int flags : {O_RDONLY, O_WRONLY, O_WRONLY}) {
      if (::open("/dev/null", flags) < 0) ::_exit(127);
    }
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  auto process = Process::find(child);
  if (!process) {
    throw Fault(ExitCode::unavailable,
                fmt::format("lost sight of a process: {}", std::strerror(errno)));
  }
  return std::move(*process);
}

void Process::send_to_group(int signal) const {
  // Until it is reaped, no other group can have its number.
  if (ending_.empty()) ::kill(-pid_, signal);
}

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw Fault(ExitCode::unavailable, fmt::format("no pipe: {}", std::strerror(errno)));
  }
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Process spawn(const std::vector<std::string>& argv, const Streams& streams, Lifetime lifetime,
              const std::optional<std::vector<std::string>>& environment,
              const std::string& directory) {
  const std::vector<char*> arguments = pointers_to(argv);
  std::vector<char*> variables;
  if (environment) variables = pointers_to(*environment);
  Pipe failure = open_pipe();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    throw Fault(ExitCode::unavailable, fmt::format("no new process: {}", std::strerror(errno)));
  }
  if (child == 0) {
    become(arguments.data(), environment ? variables.data() : environ, streams, directory.c_str(),
           failure.write_end.get(), lifetime, parent);
  }
  // Read ends at once when exec succeeds, since that closes the other end.
  failure.write_end.reset();
  int reason = 0;
  ssize_t count = 0;
  do {
    count = ::read(failure.read_end.get(), &reason, sizeof reason);
  } while (count < 0 && errno == EINTR);
  auto process = Process::find(child);
  if (count > 0) {
    if (process) process->ended_within(std::chrono::seconds(5));
    throw Fault(ExitCode::unavailable,
                fmt::format("cannot run {}: {}", argv.front(), std::strerror(reason)));
  }
  if (!process) {
    throw Fault(ExitCode::unavailable,
                fmt::format("lost sight of {}: {}", argv.front(), std::strerror(errno)));
  }
  return std::move(*process);
}

Process spawn(const std::vector<std::string>& argv, const std::filesystem::path& output,
              Lifetime lifetime) {
  const FileDescriptor file(
      ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.valid()) {
    throw Fault(ExitCode::configuration,
                fmt::format("cannot write {}: {}", output.string(), std::strerror(errno)));
  }
  return spawn(argv, Streams{.output = file.get(), .error = file.get()}, lifetime);
}

std::optional<std::string> output_of(const std::vector<std::string>& argv) {
  try {
    Pipe pipe = open_pipe();
    Process process =
        spawn(argv, Streams{.output = pipe.write_end.get(), .error = pipe.write_end.get()},
              Lifetime::with_caller);
    pipe.write_end.reset();
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
      const ssize_t count = ::read(pipe.read_end.get(), buffer.data(), buffer.size());
      if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) break;
    }
    process.ended_within(std::chrono::seconds(5));
    if (process.succeeded()) return text;
    // NOLINTNEXTLINE(bugprone-empty-catch): no program that can be run; the caller tries the next
  } catch (const Fault&) {
  }
  return std::nullopt;
}

}  // namespace migrate::posix
