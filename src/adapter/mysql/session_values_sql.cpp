#include "session_values_sql.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "literal.h"

namespace migrate::mysql {
namespace {

using Type = core::UserVariable::Type;

constexpr std::size_t longest_values = 262144;  // bytes, together

constexpr std::array<std::pair<std::string_view, Type>, 10> types{
    {{"NULL", Type::null},
     {"INTEGER", Type::integer},
     {"INT", Type::integer},
     {"UNSIGNED INTEGER", Type::unsigned_integer},
     {"INT UNSIGNED", Type::unsigned_integer},
     {"DECIMAL", Type::decimal},
     {"DOUBLE", Type::floating},
     {"STRING", Type::text},
     {"BLOB", Type::text},
     {"VARCHAR", Type::text}}};

[[noreturn]] void refuse() {
  throw core::Fault(core::ExitCode::configuration,
                    "the history's table migrate_journal holds variables that migrate never wrote",
                    "find out who changed the table migrate_journal");
}

std::string unhex(std::string_view digits) {
  if (digits.size() % 2 != 0) refuse();
  std::string bytes;
  bytes.reserve(digits.size() / 2);
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    unsigned char byte = 0;
    const char* end = digits.data() + at + 2;
    if (std::from_chars(digits.data() + at, end, byte, 16).ptr != end) refuse();
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::uint64_t number(std::string_view digits) {
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  if (digits.empty() || std::from_chars(digits.data(), end, value).ptr != end) refuse();
  return value;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789+-.e") == std::string_view::npos;
}

std::string type_sql(const std::string& name, const std::string& variable,
                     core::ServerFamily family) {
  // Where it was never assigned, MariaDB has no row.
  if (family == core::ServerFamily::mariadb) {
    return fmt::format(
        "COALESCE((SELECT variable_type FROM information_schema.user_variables "
        "WHERE variable_name = {}), 'NULL')",
        literal(name));
  }
  return fmt::format("JSON_TYPE(JSON_EXTRACT(JSON_ARRAY({}), '$[0]'))", variable);
}

core::UserVariable parse_variable(std::string_view text) {
  const auto fields = split(text, ',');
  if (fields.size() < 4 || fields.size() > 5) refuse();
  const auto type =
      std::ranges::find_if(types, [&](const auto& known) { return known.first == fields[1]; });
  if (type == types.end()) refuse();
  core::UserVariable variable{.name = unhex(fields[0])};
  if (fields.size() < 5) return variable;  // NULL, of whatever type
  variable.type = type->second;
  variable.value = unhex(fields[4]);
  if (variable.type != Type::text) {
    if (!is_number(variable.value)) refuse();
    return variable;
  }
  variable.charset = fields[2];
  variable.collation = fields[3];
  if (!is_word(variable.charset) || !is_word(variable.collation)) refuse();
  return variable;
}

/// A literal of the variable's own type.
std::string literal_of(const core::UserVariable& variable) {
  const std::string& value = variable.value;
  switch (variable.type) {
    case Type::null:
      return "NULL";
    case Type::integer:
      return fmt::format("CAST('{}' AS SIGNED)", value);
    case Type::unsigned_integer:
      return fmt::format("CAST('{}' AS UNSIGNED)", value);
    case Type::decimal:  // without a point it would be an integer
      return value.find('.') == std::string::npos ? value + "." : value;
    case Type::floating:  // without an exponent it would be a decimal
      return value.find('e') == std::string::npos ? value + "e0" : value;
    case Type::text:
      // MariaDB does not take the word behind COLLATE, and there is only this one.
      if (variable.charset == "binary") return fmt::format("_binary x'{}'", hex_digits(value));
      return fmt::format("_{} x'{}' COLLATE {}", variable.charset, hex_digits(value),
                         variable.collation);
  }
  return "NULL";
}

}  // namespace

std::string session_values_sql(std::uint64_t next, const std::vector<std::string>& variables,
                               core::ServerFamily family) {
  std::string sql = fmt::format("CONCAT_WS(';', CONCAT_WS(',', {}, LAST_INSERT_ID())", next);
  for (const std::string& name : variables) {
    const std::string variable = "@" + identifier(name);
    // CONCAT_WS leaves out what is NULL: a value that is, and a variable that is too long.
    fmt::format_to(std::back_inserter(sql),
                   ", CASE WHEN LENGTH({0}) > {1} THEN NULL ELSE CONCAT_WS(',', '{2}', {3}, "
                   "CHARSET({0}), COLLATION({0}), HEX(CAST({0} AS BINARY))) END",
                   variable, longest_values / variables.size(), hex_digits(name),
                   type_sql(name, variable, family));
  }
  return sql + ")";
}

core::SessionValues parse_session_values(std::string_view text) {
  core::SessionValues values;
  if (text.empty()) return values;
  auto parts = split(text, ';');
  const auto head = split(parts.front(), ',');
  if (head.size() != 2) refuse();
  values.next = number(head[0]);
  values.last_insert_id = number(head[1]);
  for (auto part = parts.begin() + 1; part != parts.end(); ++part)
    values.variables.push_back(parse_variable(*part));
  return values;
}

std::string restore_sql(const core::SessionValues& values) {
  std::string sql;
  for (const core::UserVariable& variable : values.variables)
    sql += fmt::format("SET @{} = {};", identifier(variable.name), literal_of(variable));
  return sql + fmt::format("SET last_insert_id = {}", values.last_insert_id);
}

}  // namespace migrate::mysql
