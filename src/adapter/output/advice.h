#pragma once

#include <string>
#include <string_view>

namespace migrate::output {

/// What to do next: in words, and the command to type, if there is one.
struct Advice {
  std::string words;
  std::string command;
};

/// Takes the way out of a refusal or the hint of a fault apart: a command in it stands at its end,
/// behind ": migrate ". It gets the options that lead to the same database (`program`): without
/// them it would go to the default environment.
Advice advice(std::string_view text, const std::string& program);

}  // namespace migrate::output
