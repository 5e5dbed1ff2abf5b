#include "process.h"

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

namespace migrate::sandbox {
namespace {

using core::ExitCode;
using core::Fault;

// Only async-signal-safe calls from here to exec: another thread may have held any lock at fork.
[[noreturn]] void become(char* const* argv, int output, int failure, Lifetime lifetime,
                         pid_t parent) {
  ::setsid();
  if (lifetime == Lifetime::with_caller) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);  // it ended before prctl
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGQUIT}) ::signal(signal, SIG_DFL);

  const int input = ::open("/dev/null", O_RDONLY);
  if (input < 0) ::_exit(127);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  // What the caller's caller left open (a lock, a pipe that somebody reads to its end) must not
  // stay open for as long as the server lives. Marking is enough, exec closes.
  ::syscall(SYS_close_range, STDERR_FILENO + 1, UINT_MAX, 4U /* CLOSE_RANGE_CLOEXEC */);
  ::execv(argv[0], argv);
  const int reason = errno;
  // Nobody to tell when this fails too.
  [[maybe_unused]] const auto written = ::write(failure, &reason, sizeof reason);
  ::_exit(127);
}

Process spawn_into(const std::vector<std::string>& argv, int output, Lifetime lifetime) {
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (const auto& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw Fault(ExitCode::unavailable, fmt::format("no pipe: {}", std::strerror(errno)));
  }
  const FileDescriptor failure_out(ends[0]);
  FileDescriptor failure_in(ends[1]);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    throw Fault(ExitCode::unavailable, fmt::format("no new process: {}", std::strerror(errno)));
  }
  if (child == 0) become(arguments.data(), output, failure_in.get(), lifetime, parent);

  // Read ends at once when exec succeeds, since that closes the other end.
  failure_in.reset();
  int reason = 0;
  ssize_t count = 0;
  do {
    count = ::read(failure_out.get(), &reason, sizeof reason);
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
    ending_ = info.si_code == CLD_EXITED ? fmt::format("exit status {}", info.si_status)
                                         : fmt::format("signal {}", info.si_status);
  }
  return true;
}

void Process::send(int signal) const {
  ::syscall(SYS_pidfd_send_signal, handle_.get(), signal, nullptr, 0U);
}

Process spawn(const std::vector<std::string>& argv, const std::filesystem::path& output,
              Lifetime lifetime) {
  const FileDescriptor file(
      ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.valid()) {
    throw Fault(ExitCode::configuration,
                fmt::format("cannot write {}: {}", output.string(), std::strerror(errno)));
  }
  return spawn_into(argv, file.get(), lifetime);
}

std::optional<std::string> output_of(const std::vector<std::string>& argv) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const FileDescriptor out(ends[0]);
  FileDescriptor in(ends[1]);
  try {
    Process process = spawn_into(argv, in.get(), Lifetime::with_caller);
    in.reset();
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
      const ssize_t count = ::read(out.get(), buffer.data(), buffer.size());
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

}  // namespace migrate::sandbox
