#include "core/schema_change.h"

namespace migrate::core {

SchemaChange schema_change(std::string_view) {
  return {};
}

}  // namespace migrate::core
