#include "core/object_name.h"

namespace migrate::core {

std::string_view word_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::table:
      return "table";
    case ObjectKind::view:
      return "view";
    case ObjectKind::index:
      return "index";
    case ObjectKind::procedure:
      return "procedure";
    case ObjectKind::function:
      return "function";
    case ObjectKind::package:
      return "package";
    case ObjectKind::trigger:
      return "trigger";
    case ObjectKind::event:
      return "event";
    case ObjectKind::sequence:
      return "sequence";
    case ObjectKind::schema:
      return "schema";
    case ObjectKind::account:
      return "account";
  }
  return "";
}

}  // namespace migrate::core
