#pragma once

#include <string_view>
#include <vector>

#include "core/object_name.h"

namespace migrate::core {

/// The objects that a schema statement creates, alters, renames (both names) or drops, in the order
/// of the text; an index or a trigger also yields its table. Conditional comments (/*!50003 … */)
/// are read as if they were executed. Empty for a statement without schema effect and where the
/// names are not in the text (EXECUTE).
std::vector<ObjectName> named_objects(std::string_view statement);

}  // namespace migrate::core
