#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/schema/schema.h"

namespace migrate::core::audit {

/// What two columns have to have in common to be compared without a conversion; the display width
/// of a number is no part of it.
struct IdType {
  enum class Family { integer, text, other };
  Family family = Family::other;
  std::uint64_t size = 0;  ///< bytes of an integer, characters of a CHAR or VARCHAR
  bool is_unsigned = false;
  std::string word;       ///< "bigint", "varchar"; of other types all of it
  std::string charset;    ///< of a text
  std::string collation;  ///< of a text

  friend bool operator==(const IdType&, const IdType&) = default;
};

IdType id_type_of(const schema::Column& column);

/// The one that holds the values of both: the larger size; UNSIGNED if one of them is; VARCHAR if
/// one of them is; character set and collation of the first. Nothing for two families, or two types
/// of Family::other that are not the same.
std::optional<IdType> common_type(const IdType& first, const IdType& second);

/// "bigint unsigned", "varchar(36) utf8mb4_bin"
std::string shown(const IdType& type);

/// As a column is declared, without a display width. Not of Family::other.
std::string type_text(const IdType& type);

/// The largest value of an integer.
std::uint64_t largest_value(const IdType& type);

}  // namespace migrate::core::audit
