#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "adapter/dump/dump_tool.h"
#include "child_output.h"

namespace migrate::dump {
namespace {

class ShellCommand : public port::SnapshotCommand {
 public:
  explicit ShellCommand(std::string command) : command_(std::move(command)) {}

  std::unique_ptr<port::ByteSource> start(
      const std::vector<std::pair<std::string, std::string>>& environment) override {
    ChildOutput::Command command{.argv = {"/bin/sh", "-c", command_},
                                 .environment = {},
                                 .third = {},
                                 .errors = ChildOutput::Errors::together};
    for (char** variable = environ; *variable != nullptr; ++variable) {
      const std::string_view text = *variable;
      if (!text.starts_with("MIGRATE_PASSWORD=") && !text.starts_with("MYSQL_PWD="))
        command.environment.emplace_back(text);
    }
    for (const auto& [name, value] : environment)
      command.environment.push_back(fmt::format("{}={}", name, value));
    auto output = std::make_unique<Output>(command, exit_code_);
    return output;
  }

  int exit_code() const override { return exit_code_; }

 private:
  /// Tells how the command ended when it did.
  class Output : public ChildOutput {
   public:
    Output(const Command& command, int& exit_code) : ChildOutput(command), exit_code_(exit_code) {}

    std::optional<std::string_view> next() override {
      const auto bytes = ChildOutput::next();
      if (bytes && bytes->empty()) exit_code_ = code_of(ending());
      return bytes;
    }

   private:
    /// As a shell has it: 128 and the number of the signal that ended it.
    static int code_of(std::string_view ending) {
      constexpr int by_signal = 128;
      const auto space = ending.rfind(' ');
      int number = 0;
      std::from_chars(ending.data() + space + 1, ending.data() + ending.size(), number);
      return ending.starts_with("signal") ? by_signal + number : number;
    }

    int& exit_code_;
  };

  std::string command_;
  int exit_code_ = 0;
};

}  // namespace

std::unique_ptr<port::SnapshotCommand> open_snapshot_command(std::string command) {
  return std::make_unique<ShellCommand>(std::move(command));
}

}  // namespace migrate::dump
