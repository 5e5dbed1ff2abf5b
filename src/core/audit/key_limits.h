#pragma once

#include <string>

#include "core/schema/schema.h"

namespace migrate::core::audit {

/// Why InnoDB would not take the table, as far as that depends on the size of its characters: an
/// index or the row is too long. Empty: nothing.
struct TooLong {
  std::string why;
  const schema::Index* index = nullptr;  ///< null: the row
};
TooLong too_long(const schema::Table& table, const std::string& row_format);

/// Most bytes of a character.
unsigned bytes_of_character(const std::string& charset);

}  // namespace migrate::core::audit
