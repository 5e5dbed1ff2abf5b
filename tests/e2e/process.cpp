#include "process.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

// In the child, where nothing but system calls is allowed.
void redirect(const char* path, int flags, int target) {
  const int fd = ::open(path, flags | O_CLOEXEC, 0600);
  if (fd < 0 || ::dup2(fd, target) < 0) ::_exit(126);
}

}  // namespace

Process::Process(const std::vector<std::string>& argv,
                 const std::map<std::string, std::string>& environment,
                 const fs::path& working_directory, const fs::path& output_directory) {
  static int count = 0;
  const std::string number = std::to_string(++count);
  out_ = output_directory / (number + ".out");
  err_ = output_directory / (number + ".err");

  std::vector<std::string> words = argv;
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  const auto argument_pointers = pointers(words);
  const auto variable_pointers = pointers(variables);

  pid_ = ::fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ > 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setsid();
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  redirect("/dev/null", O_RDONLY, STDIN_FILENO);
  redirect(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  if (::chdir(working_directory.c_str()) == 0) {
    ::execve(argument_pointers.front(), argument_pointers.data(), variable_pointers.data());
  }
  ::_exit(127);
}

Process::Process(Process&& other) noexcept
    : pid_(other.pid_),
      status_(other.status_),
      ended_(other.ended_),
      peak_memory_kib_(other.peak_memory_kib_),
      out_(std::move(other.out_)),
      err_(std::move(other.err_)) {
  other.pid_ = -1;
}

Process::~Process() {
  if (pid_ < 0 || ended_) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
  ::kill(pid_, number);
}

bool Process::has_ended() {
  if (ended_) return true;
  rusage usage{};
  ended_ = ::wait4(pid_, &status_, WNOHANG, &usage) == pid_;
  if (ended_) peak_memory_kib_ = usage.ru_maxrss;
  return ended_;
}

Ending Process::wait(std::chrono::seconds limit) {
  if (!eventually([this] { return has_ended(); }, limit)) {
    throw std::runtime_error("a program did not end; it said:\n" + content(out_) + content(err_));
  }
  const int code = WIFSIGNALED(status_) ? 128 + WTERMSIG(status_) : WEXITSTATUS(status_);
  return {code, content(out_), content(err_)};
}

std::string Process::output_so_far() const {
  return content(out_);
}

void pause_between_looks() {
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

}  // namespace migrate::testing
