#include "show_create.h"

#include <fmt/format.h>

#include "literal.h"

namespace migrate::mysql {

std::string show_create(std::string_view what, const std::string& schema, const std::string& name) {
  return fmt::format("SHOW CREATE {} {}.{}", what, identifier(schema), identifier(name));
}

}  // namespace migrate::mysql
