#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/named_values.h"

namespace migrate::core::hook {

/// When a command of the user's runs. Behind `before_run` comes either `after_run` or `on_failure`.
enum class Moment {
  before_run,   ///< in front of the first write; when it fails, nothing runs
  before_step,  ///< in front of each step; when it fails, the run stops there
  after_step,   ///< behind each step that is done and recorded
  after_run,    ///< behind a run that ends with exit code 0
  on_failure,   ///< behind one that ends with any other
};

inline constexpr std::array<std::string_view, 5> moment_names{
    "before_run", "before_step", "after_step", "after_run", "on_failure"};

constexpr std::string_view name_of(Moment moment) {
  return moment_names.at(static_cast<std::size_t>(moment));
}

constexpr std::optional<Moment> moment_named(std::string_view name) {
  return value_named<Moment>(moment_names, name);
}

struct Command {
  std::vector<std::string> argv;
  std::string shown;   ///< without its arguments, which may hold a secret
  std::string origin;  ///< "migrate.yaml:12"
};

/// That one runs.
struct Call {
  Moment moment = Moment::before_run;
  std::string command;  ///< Command::shown
  std::string step;     ///< its name; empty: it is about the run
};

/// "before_step of 2_prices (./drain …)"
std::string words_of(const Call& call);

inline constexpr std::chrono::seconds default_time_limit{300};

/// Those of an environment.
struct Hooks {
  std::map<Moment, Command> commands;
  std::chrono::seconds time_limit = default_time_limit;  ///< of each
};

}  // namespace migrate::core::hook
