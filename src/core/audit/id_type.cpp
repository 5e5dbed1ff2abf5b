#include "audit/id_type.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace migrate::core::audit {
namespace {

struct Integer {
  std::string_view word;
  std::uint64_t bytes;
};

constexpr std::array<Integer, 5> integers{
    {{"tinyint", 1}, {"smallint", 2}, {"mediumint", 3}, {"int", 4}, {"bigint", 8}}};

std::uint64_t length_of(const std::string& type) {
  const std::size_t open = type.find('(');
  std::uint64_t length = 1;
  if (open != std::string::npos)
    std::from_chars(type.data() + open + 1, type.data() + type.size(), length);
  return length;
}

}  // namespace

IdType id_type_of(const schema::Column& column) {
  const auto* const integer = std::ranges::find(integers, column.data_type, &Integer::word);
  if (integer != integers.end()) {
    return {IdType::Family::integer, integer->bytes, column.is_unsigned, column.data_type, {}, {}};
  }
  if (column.data_type == "char" || column.data_type == "varchar") {
    return {IdType::Family::text, length_of(column.type), false,
            column.data_type,     column.charset,         column.collation};
  }
  return {.word = column.type, .charset = column.charset, .collation = column.collation};
}

std::optional<IdType> common_type(const IdType& first, const IdType& second) {
  if (first == second) return first;
  if (first.family != second.family || first.family == IdType::Family::other) return std::nullopt;
  IdType common = first;
  if (second.size > first.size) {
    common.size = second.size;
    common.word = second.word;
  }
  common.is_unsigned = first.is_unsigned || second.is_unsigned;
  if (first.family == IdType::Family::text && first.word != second.word) common.word = "varchar";
  return common;
}

std::string shown(const IdType& type) {
  if (type.family == IdType::Family::integer)
    return type.is_unsigned ? type.word + " unsigned" : type.word;
  if (type.family == IdType::Family::text)
    return fmt::format("{}({}) {}", type.word, type.size, type.collation);
  return type.collation.empty() ? type.word : type.word + " " + type.collation;
}

std::string type_text(const IdType& type) {
  if (type.family == IdType::Family::text) return fmt::format("{}({})", type.word, type.size);
  return type.is_unsigned ? type.word + " unsigned" : type.word;
}

std::uint64_t largest_value(const IdType& type) {
  const std::uint64_t bits = type.size * 8 - (type.is_unsigned ? 0 : 1);
  return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

}  // namespace migrate::core::audit
