#include "narrowing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "ascii.h"

namespace migrate::core::lint {
namespace {

enum class Family { integer, decimal, approximate, text, binary, time, choice, other };

struct Known {
  std::string_view name;
  Family family;
  std::uint64_t size;  ///< bytes of a number, most bytes of a text, rank of a time
};

constexpr std::uint64_t by_argument = 0;

// https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html
constexpr std::array<Known, 27> types{{{"TINYINT", Family::integer, 1},
                                       {"SMALLINT", Family::integer, 2},
                                       {"MEDIUMINT", Family::integer, 3},
                                       {"INT", Family::integer, 4},
                                       {"BIGINT", Family::integer, 8},
                                       {"DECIMAL", Family::decimal, by_argument},
                                       {"FLOAT", Family::approximate, 4},
                                       {"DOUBLE", Family::approximate, 8},
                                       {"CHAR", Family::text, by_argument},
                                       {"VARCHAR", Family::text, by_argument},
                                       {"TINYTEXT", Family::text, 255},
                                       {"TEXT", Family::text, 65535},
                                       {"MEDIUMTEXT", Family::text, 16777215},
                                       {"LONGTEXT", Family::text, 4294967295},
                                       {"BINARY", Family::binary, by_argument},
                                       {"VARBINARY", Family::binary, by_argument},
                                       {"TINYBLOB", Family::binary, 255},
                                       {"BLOB", Family::binary, 65535},
                                       {"MEDIUMBLOB", Family::binary, 16777215},
                                       {"LONGBLOB", Family::binary, 4294967295},
                                       {"DATE", Family::time, 1},
                                       {"TIME", Family::time, 2},
                                       {"TIMESTAMP", Family::time, 3},
                                       {"DATETIME", Family::time, 4},
                                       {"YEAR", Family::other, 1},
                                       {"ENUM", Family::choice, 1},
                                       {"SET", Family::choice, 2}}};

const Known* known(const ColumnType& type) {
  const auto* const found =
      std::ranges::find_if(types, [&](const Known& one) { return one.name == type.name; });
  return found == types.end() ? nullptr : found;
}

std::uint64_t argument(const ColumnType& type, std::size_t index, std::uint64_t otherwise) {
  if (index >= type.arguments.size()) return otherwise;
  const std::string& text = type.arguments[index];
  std::uint64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string shown(const ColumnType& type) {
  std::string text = type.name;
  if (!type.arguments.empty()) text += fmt::format("({})", fmt::join(type.arguments, ", "));
  return type.is_unsigned ? text + " UNSIGNED" : text;
}

std::string to(const ColumnType& before, const ColumnType& after, std::string_view what) {
  return fmt::format("{} becomes {}: {}", shown(before), shown(after), what);
}

std::uint64_t digits(const ColumnType& type, const Known& kind) {
  if (kind.family == Family::decimal) {
    const std::uint64_t scale = argument(type, 1, 0);
    const std::uint64_t precision = argument(type, 0, 10);
    return precision > scale ? precision - scale : 0;
  }
  switch (kind.size) {
    case 1:
      return 3;
    case 2:
      return 5;
    case 3:
      return 8;
    case 4:
      return 10;
    default:
      return type.is_unsigned ? 20 : 19;
  }
}

std::string of_numbers(const ColumnType& before, const Known& old, const ColumnType& after,
                       const Known& now) {
  if (now.family == Family::approximate) {
    if (old.family == Family::approximate)
      return now.size < old.size ? to(before, after, "digits are lost") : "";
    const bool exact = old.family == Family::integer && old.size < now.size;
    return exact ? "" : to(before, after, "it is no longer exact");
  }
  if (old.family == Family::approximate) return to(before, after, "fractions are rounded");
  if (after.is_unsigned && !before.is_unsigned)
    return to(before, after, "negative values do not fit");
  if (old.family == Family::integer && now.family == Family::integer) {
    if (now.size < old.size) return to(before, after, "large values do not fit");
    if (now.size == old.size && before.is_unsigned && !after.is_unsigned)
      return to(before, after, "the upper half of the values does not fit");
    return "";
  }
  const std::uint64_t old_scale = old.family == Family::decimal ? argument(before, 1, 0) : 0;
  const std::uint64_t new_scale = now.family == Family::decimal ? argument(after, 1, 0) : 0;
  if (new_scale < old_scale) return to(before, after, "fractions are rounded");
  if (now.family == Family::integer) {
    // Nine digits fit into an INT whatever they are.
    const bool fits = digits(before, old) < digits(after, now);
    return fits ? "" : to(before, after, "large values do not fit");
  }
  return digits(after, now) < digits(before, old) ? to(before, after, "large values do not fit")
                                                  : "";
}

/// In characters of a CHAR or VARCHAR, in bytes of anything else.
std::uint64_t length(const ColumnType& type, const Known& kind) {
  return kind.size == by_argument ? argument(type, 0, 1) : kind.size;
}

std::uint64_t longest_number(const ColumnType& type, const Known& kind) {
  const std::uint64_t sign = type.is_unsigned ? 0 : 1;
  const std::uint64_t scale = kind.family == Family::decimal ? argument(type, 1, 0) : 0;
  return digits(type, kind) + sign + (scale > 0 ? scale + 1 : 0);
}

std::string of_choices(const ColumnType& before, const ColumnType& after) {
  for (const std::string& value : before.arguments) {
    if (std::ranges::find(after.arguments, value) == after.arguments.end())
      return fmt::format("the value '{}' is no longer among those of the {}", value, before.name);
  }
  return after.arguments.size() >= before.arguments.size() &&
                 std::equal(before.arguments.begin(), before.arguments.end(),
                            after.arguments.begin())
             ? ""
             : fmt::format(
                   "the values of the {} change their numbers: the table is copied, and "
                   "what stores or sorts by number changes its meaning",
                   before.name);
}

std::string of_times(const ColumnType& before, const Known& old, const ColumnType& after,
                     const Known& now) {
  if (old.name == "DATE") return now.name == "TIME" ? to(before, after, "the dates are lost") : "";
  if (now.name == "DATE") return to(before, after, "the times of day are lost");
  if ((old.name == "TIME") != (now.name == "TIME")) return to(before, after, "the dates are lost");
  if (now.size < old.size) return to(before, after, "dates beyond 1970 to 2038 do not fit");
  return argument(after, 0, 0) < argument(before, 0, 0)
             ? to(before, after, "fractions of a second are rounded")
             : "";
}

bool is_number(Family family) {
  return family == Family::integer || family == Family::decimal || family == Family::approximate;
}

}  // namespace

bool loses_characters(const std::string& before, const std::string& after) {
  // Each holds all of those in front of it; others are compared with these only.
  static constexpr std::array<std::string_view, 4> growing{"ascii", "latin1", "utf8mb3", "utf8mb4"};
  const auto rank = [](const std::string& name) {
    const std::string_view usual = name == "utf8" ? "utf8mb3" : std::string_view(name);
    return std::ranges::find(growing, usual) - growing.begin();
  };
  if (before.empty() || after.empty() || before == after) return false;
  const auto unknown = static_cast<std::ptrdiff_t>(growing.size());
  if (rank(before) == unknown || rank(after) == unknown) return !after.starts_with("utf8");
  return rank(after) < rank(before);
}

std::string narrowing(const ColumnType& before, const ColumnType& after) {
  const Known* const old = known(before);
  const Known* const now = known(after);
  if (old == nullptr || now == nullptr) {
    return before.name == after.name || old == nullptr
               ? ""
               : to(before, after, "values that the new type does not know stop the step");
  }
  if (is_number(old->family) && is_number(now->family))
    return of_numbers(before, *old, after, *now);
  if (old->family == Family::time && now->family == Family::time)
    return of_times(before, *old, after, *now);
  if (old->name == now->name && old->family == Family::choice) return of_choices(before, after);
  const bool to_text = now->family == Family::text || now->family == Family::binary;
  if (!to_text) {
    return old->name == now->name
               ? ""
               : to(before, after, "values that do not convert stop the step or are changed");
  }
  if (old->family == Family::text || old->family == Family::binary) {
    if (length(after, *now) < length(before, *old))
      return to(before, after, "longer values do not fit");
    if (old->family == Family::binary && now->family == Family::text)
      return to(before, after, "bytes that are no text do not fit");
    if (now->family == Family::text && loses_characters(before.charset, after.charset))
      return fmt::format("{} becomes {}: characters that it lacks do not fit", before.charset,
                         after.charset);
    return "";
  }
  if (old->family == Family::choice) {
    const auto longest = std::ranges::max_element(before.arguments, {}, &std::string::size);
    const bool fits = longest == before.arguments.end() || old->name == "SET" ||
                      longest->size() <= length(after, *now);
    return fits ? "" : to(before, after, "longer values do not fit");
  }
  if (old->family == Family::integer || old->family == Family::decimal) {
    return longest_number(before, *old) <= length(after, *now)
               ? ""
               : to(before, after, "longer numbers do not fit");
  }
  return "";
}

std::string narrowed_values(const std::string& column, const ColumnType& before,
                            const ColumnType& after) {
  const Known* const old = known(before);
  const Known* const now = known(after);
  if (old == nullptr || now == nullptr || narrowing(before, after).empty()) return {};
  if (old->family == Family::integer && now->family == Family::integer) {
    if (after.is_unsigned && !before.is_unsigned && now->size >= old->size) return column + " < 0";
    const std::uint64_t bits = now->size * 8 - (after.is_unsigned ? 0 : 1);
    const std::uint64_t most = ~std::uint64_t{0} >> (64 - bits);
    const std::string least = after.is_unsigned ? "0" : fmt::format("-{}", most + 1);
    return fmt::format("{} NOT BETWEEN {} AND {}", column, least, most);
  }
  const bool characters = old->family == Family::text && now->family == Family::text &&
                          now->size == by_argument && length(after, *now) < length(before, *old);
  return characters ? fmt::format("CHAR_LENGTH({}) > {}", column, length(after, *now)) : "";
}

}  // namespace migrate::core::lint
