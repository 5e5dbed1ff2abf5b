#include "core/mark.h"

#include <fmt/format.h>

namespace migrate::core {

std::string mark_of(const StepId& id, Direction direction, std::uint64_t statement) {
  return fmt::format("{} {} {} {}", id.kind == StepKind::versioned ? "versioned" : "repeatable",
                     id.key, direction == Direction::up ? "up" : "down", statement);
}

}  // namespace migrate::core
