#include "core/mark.h"

#include <string_view>

#include <fmt/format.h>

namespace migrate::core {

std::string mark_of(const StepId& id, Direction direction, std::uint64_t statement) {
  return fmt::format("{} {} {} {}", id.kind == StepKind::versioned ? "versioned" : "repeatable",
                     id.key, direction == Direction::up ? "up" : "down", statement);
}

std::string without_mark(const std::string& statement) {
  constexpr std::string_view end = " */ ";
  if (!statement.starts_with("/* migrate ")) return statement;
  const auto at = statement.find(end);
  return at == std::string::npos ? statement : statement.substr(at + end.size());
}

}  // namespace migrate::core
