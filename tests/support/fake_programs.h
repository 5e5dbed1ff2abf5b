#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "port/programs.h"

namespace migrate::testing {

/// Runs nothing; a program ends as a table says by its first word, or well.
class FakePrograms : public port::Programs {
 public:
  core::ProgramEnding run(const port::Program& program, port::ProgramListener& listener) override {
    ran.push_back(program);
    if (then) then(program.argv.front());
    const auto found = endings.find(program.argv.front());
    core::ProgramEnding ending{.words = "exit status 0"};
    if (found != endings.end()) ending = found->second;
    if (listener.stop()) {
      ending.how = core::ProgramEnding::How::stopped;
      ending.words = "stopped by a signal";
    }
    for (const std::string& line : ending.last_lines) listener.said(line);
    return ending;
  }

  static core::ProgramEnding failure() {
    return {.how = core::ProgramEnding::How::failed,
            .exit_code = 3,
            .words = "exit status 3",
            .last_lines = {"first line", "there are workers left"}};
  }

  /// The first words of what ran, joined by blanks.
  std::string names() const {
    std::string names;
    for (const port::Program& program : ran)
      names += (names.empty() ? "" : " ") + program.argv.front();
    return names;
  }
  /// A variable of the nth that ran; "(none)": it has none.
  std::string variable(std::size_t n, const std::string& name) const {
    for (const auto& [its_name, value] : ran.at(n).variables) {
      if (its_name == name) return value;
    }
    return "(none)";
  }

  std::map<std::string, core::ProgramEnding> endings;
  std::vector<port::Program> ran;
  std::function<void(const std::string&)> then;
};

}  // namespace migrate::testing
