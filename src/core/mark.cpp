#include "core/mark.h"

#include <string>
#include <string_view>

namespace migrate::core {

std::string mark_of(const StepId& id, Direction direction, std::uint64_t statement) {
  // For every statement of a long file: quicker than a format.
  std::string mark = id.kind == StepKind::versioned ? "versioned " : "repeatable ";
  mark += id.key;
  mark += direction == Direction::up ? " up " : " down ";
  mark += std::to_string(statement);
  return mark;
}

std::string without_mark(const std::string& statement) {
  constexpr std::string_view end = " */ ";
  if (!statement.starts_with("/* migrate ")) return statement;
  const auto at = statement.find(end);
  return at == std::string::npos ? statement : statement.substr(at + end.size());
}

}  // namespace migrate::core
