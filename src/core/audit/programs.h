#pragma once

#include <string>
#include <vector>

#include "core/object_name.h"
#include "core/schema/difference.h"
#include "core/schema/schema.h"

namespace migrate::core::audit {

/// What views, routines, triggers and events have in common. Points into the schema.
struct Program {
  ObjectName name;
  const schema::Creation* creation = nullptr;
  const std::string* definer = nullptr;
};

/// In an order in which they can be made.
std::vector<Program> programs(const schema::Schema& schema);

}  // namespace migrate::core::audit
