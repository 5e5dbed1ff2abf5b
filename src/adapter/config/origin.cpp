#include "adapter/config/origin.h"

#include <utility>

#include <fmt/format.h>

namespace migrate::config {

std::string Origin::shown() const {
  if (level == Level::built_in) return "default";
  if (level == Level::flag) return "flag " + name;
  return line == 0 ? name : fmt::format("{}:{}", name, line);
}

std::string Origin::place() const {
  if (level == Level::built_in) return "default";
  if (line == 0) return name;
  return column == 0 ? fmt::format("{}:{}", name, line)
                     : fmt::format("{}:{}:{}", name, line, column);
}

core::Fault fault_at(const Origin& origin, const std::string& message, std::string hint) {
  const auto code =
      origin.level == Level::flag ? core::ExitCode::usage : core::ExitCode::configuration;
  return {code, fmt::format("{}: {}", origin.place(), message), std::move(hint)};
}

}  // namespace migrate::config
