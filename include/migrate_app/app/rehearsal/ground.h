#pragma once

#include <optional>
#include <string>

#include "core/schema/schema.h"
#include "core/step.h"

namespace migrate::app {

/// What a scratch schema begins with. Neither: it is empty.
struct Ground {
  std::string words = "an empty schema";
  std::optional<core::schema::Schema> schema;  ///< the structure of a real one
  std::optional<core::Script> file;            ///< SQL that makes it

  bool is_empty() const { return !schema && !file; }
};

}  // namespace migrate::app
