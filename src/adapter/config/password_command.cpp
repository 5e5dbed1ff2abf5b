#include "password_command.h"

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapter/posix/process.h"

namespace migrate::config {
namespace {

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void duplicate(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

// Reads to the end, so that the command never dies of SIGPIPE, but keeps the first line alone.
std::string read_first_line(int fd) {
  std::string line;
  bool ended = false;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    if (ended) continue;
    const std::string_view got(buffer.data(), static_cast<std::size_t>(count));
    const auto end = got.find('\n');
    line.append(got.substr(0, end));
    ended = end != std::string_view::npos;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

std::string first_line_of(const std::string& command, const Origin& named_by) {
  posix::Pipe output = posix::open_pipe();
  SpawnActions actions;
  actions.duplicate(output.write_end.get(), STDOUT_FILENO);
  std::string shell = "/bin/sh";
  std::string option = "-c";
  std::string text = command;
  const std::array<char*, 4> argv{shell.data(), option.data(), text.data(), nullptr};
  pid_t child = 0;
  const int error =
      ::posix_spawn(&child, shell.c_str(), actions.get(), nullptr, argv.data(), environ);
  if (error != 0) {
    throw fault_at(named_by, fmt::format("cannot run the password command: {}",
                                         std::generic_category().message(error)));
  }
  output.write_end.reset();
  std::string line = read_first_line(output.read_end.get());
  const int status = wait_for(child);
  if (WIFSIGNALED(status)) {
    throw fault_at(named_by,
                   fmt::format("the password command was killed by signal {}", WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) != 0) {
    throw fault_at(named_by, fmt::format("the password command failed with exit code {}",
                                         WEXITSTATUS(status)));
  }
  if (line.empty()) throw fault_at(named_by, "the password command printed no password");
  return line;
}

}  // namespace migrate::config
