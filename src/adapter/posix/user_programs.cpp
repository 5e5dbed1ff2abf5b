#include "adapter/posix/user_programs.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "adapter/posix/child_output.h"
#include "adapter/posix/programs.h"
#include "core/fault.h"

namespace migrate::posix {
namespace {

namespace fs = std::filesystem;

using core::ProgramEnding;
using std::chrono::steady_clock;

constexpr std::chrono::seconds patience{10};
constexpr std::size_t most_in_line = 4096;

/// Cuts what comes into lines.
class Lines {
 public:
  explicit Lines(port::ProgramListener& listener) : listener_(listener) {}

  void add(std::string_view bytes) {
    for (const char c : bytes) {
      // What a progress bar draws over is a line too, but "\r\n" is one end.
      const bool ends = c == '\n' ? !ended_by_return_ : c == '\r';
      ended_by_return_ = c == '\r';
      if (ends) {
        say();
      } else if (c != '\n') {
        line_ += c;
        if (line_.size() == most_in_line) say();
      }
    }
  }

  std::vector<std::string> finish() {
    if (!line_.empty()) say();
    return {last_.begin(), last_.end()};
  }

 private:
  void say() {
    listener_.said(line_);
    last_.push_back(std::exchange(line_, {}));
    if (last_.size() > ProgramEnding::most_lines) last_.pop_front();
  }

  port::ProgramListener& listener_;
  std::string line_;
  std::deque<std::string> last_;
  bool ended_by_return_ = false;
};

/// Kills the group of a program should this process die in front of it: the kernel does that for
/// the program alone, not for what it has started.
class GroupWarden {
 public:
  explicit GroupWarden(pid_t group)
      : warden_(fork_caretaker([group, parent = ::getpid()] {
          auto migrate = Process::find(parent);
          if (migrate && ::getppid() == parent) {
            while (!migrate->ended_within(std::chrono::hours(1))) continue;
          }
          ::kill(-group, SIGKILL);
        })) {}
  ~GroupWarden() {
    warden_.send(SIGKILL);
    warden_.ended_within(std::chrono::seconds(5));
  }
  GroupWarden(const GroupWarden&) = delete;
  GroupWarden& operator=(const GroupWarden&) = delete;

 private:
  Process warden_;
};

class UserPrograms : public port::Programs {
 public:
  explicit UserPrograms(UserProgramOptions options) : options_(std::move(options)) {}

  ProgramEnding run(const port::Program& program, port::ProgramListener& listener) override {
    const auto began = steady_clock::now();
    ProgramEnding ending;
    try {
      ending = run_from(program, listener, began);
    } catch (const core::Fault& fault) {
      constexpr int as_a_shell = 127;
      ending = {.how = ProgramEnding::How::not_started,
                .exit_code = as_a_shell,
                .words = fault.what(),
                .last_lines = {}};
    }
    ending.duration_us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - began).count());
    return ending;
  }

 private:
  ProgramEnding run_from(const port::Program& program, port::ProgramListener& listener,
                         steady_clock::time_point began) const {
    using How = ProgramEnding::How;
    std::vector<std::string> argv = program.argv;
    argv.front() = found(argv.front());
    ChildOutput output({.argv = std::move(argv),
                        .environment = environment(program),
                        .third = program.file,
                        .errors = ChildOutput::Errors::together,
                        .ends_with = ChildOutput::EndsWith::program,
                        .directory = options_.directory});
    const GroupWarden warden(output.process().pid());
    Lines lines(listener);
    std::optional<steady_clock::time_point> told;
    ProgramEnding ending;
    for (;;) {
      const auto bytes = output.next();
      if (bytes && bytes->empty()) break;
      if (bytes) lines.add(*bytes);
      const auto now = steady_clock::now();
      if (told) {
        if (now - *told > patience) output.process().send_to_group(SIGKILL);
      } else if (const auto code = listener.stop()) {
        const bool interrupted = *code == core::ExitCode::interrupted;
        output.process().send_to_group(interrupted ? SIGINT : SIGTERM);
        ending.how = How::stopped;
        told = now;
      } else if (program.time_limit && now - began > *program.time_limit) {
        output.process().send_to_group(SIGTERM);
        ending.how = How::timed_out;
        told = now;
      }
    }
    // What it has started may not have listened. Its number is not given away again this soon.
    if (told) ::kill(-output.process().pid(), SIGKILL);
    ending.last_lines = lines.finish();
    ending.exit_code = output.process().exit_code();
    if (ending.how == How::succeeded && ending.exit_code != 0) ending.how = How::failed;
    ending.words = words_of(ending, output.process().ending(), program);
    return ending;
  }

  static std::string words_of(const ProgramEnding& ending, const std::string& as_it_ended,
                              const port::Program& program) {
    switch (ending.how) {
      case ProgramEnding::How::timed_out:
        return fmt::format("ended after {} s, its time limit", program.time_limit->count());
      case ProgramEnding::How::stopped:
        return "stopped by a signal";
      default:
        return as_it_ended;
    }
  }

  static std::string found(const std::string& name) {
    if (name.find('/') != std::string::npos) return name;
    for (const fs::path& folder : folders_of_path()) {
      if (is_executable(folder / name)) return (folder / name).string();
    }
    throw core::Fault(core::ExitCode::unavailable,
                      fmt::format("cannot run {}: there is none in PATH", name));
  }

  std::vector<std::string> environment(const port::Program& program) const {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
      const std::string_view text = *variable;
      const std::string_view name = text.substr(0, text.find('='));
      const auto& secrets = options_.secret_variables;
      const bool left_out = std::ranges::find(secrets, name) != secrets.end() ||
                            std::ranges::any_of(program.variables, [name](const auto& given) {
                              return given.first == name;
                            });
      if (!left_out) variables.emplace_back(text);
    }
    for (const auto& [name, value] : program.variables)
      variables.push_back(fmt::format("{}={}", name, value));
    return variables;
  }

  UserProgramOptions options_;
};

}  // namespace

std::unique_ptr<port::Programs> open_user_programs(UserProgramOptions options) {
  return std::make_unique<UserPrograms>(std::move(options));
}

}  // namespace migrate::posix
