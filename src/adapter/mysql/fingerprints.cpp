#include "fingerprints.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "literal.h"

namespace migrate::mysql {
namespace {

constexpr std::array<unsigned, 6> gone{1049, 1146, 1305, 1360, 1539, 4031};
constexpr std::array<unsigned, 7> not_allowed{1044, 1045, 1142, 1143, 1227, 1345, 1370};
constexpr unsigned er_view_invalid = 1356;

template <std::size_t size>
bool holds(const std::array<unsigned, size>& codes, unsigned code) {
  return std::ranges::find(codes, code) != codes.end();
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  constexpr std::size_t bytes = 16;
  std::string hex;
  for (std::size_t i = 0; i < bytes; ++i) hex += fmt::format("{:02x}", digest.at(i));
  return hex;
}

/// The counter is data. It stands among the table's options, in front of all that has quotes.
std::string without_counter(std::string text) {
  constexpr std::string_view option = " AUTO_INCREMENT=";
  const std::size_t options = text.rfind("\n)");
  if (options == std::string::npos) return text;
  const std::size_t at = text.find(option, options);
  if (at == std::string::npos || text.find('\'', options) < at) return text;
  const std::size_t end = text.find_first_not_of("0123456789", at + option.size());
  return text.erase(at, end == std::string::npos ? end : end - at);
}

bool is_table(const core::ObjectName& object) {
  return object.kind == core::ObjectKind::table || object.kind == core::ObjectKind::view ||
         object.kind == core::ObjectKind::sequence;
}

std::string hash_of(const core::ObjectName& object, const Row& row) {
  // The last column of a trigger is when it was made.
  const std::size_t columns =
      object.kind == core::ObjectKind::trigger ? std::min<std::size_t>(row.size(), 6) : row.size();
  std::string text;
  for (std::size_t i = 1; i < columns; ++i)
    text +=
        (i == 1 && is_table(object) ? without_counter(row[i].value_or("")) : row[i].value_or("")) +
        '\0';
  return sha256(text);
}

}  // namespace

Fingerprints::Fingerprints(Connection& connection, std::string schema)
    : connection_(connection), schema_(std::move(schema)) {}

std::string Fingerprints::qualified(const core::ObjectName& object) const {
  if (object.kind == core::ObjectKind::schema) return identifier(object.name);
  return identifier(object.schema.empty() ? schema_ : object.schema) + "." +
         identifier(object.name);
}

std::string Fingerprints::show_create(const core::ObjectName& object) const {
  std::string_view kind = "TABLE";  // shows views too
  switch (object.kind) {
    case core::ObjectKind::sequence:
      kind = "SEQUENCE";
      break;
    case core::ObjectKind::procedure:
      kind = "PROCEDURE";
      break;
    case core::ObjectKind::function:
      kind = "FUNCTION";
      break;
    case core::ObjectKind::package:
      kind = "PACKAGE";
      break;
    case core::ObjectKind::trigger:
      kind = "TRIGGER";
      break;
    case core::ObjectKind::event:
      kind = "EVENT";
      break;
    case core::ObjectKind::schema:
      kind = "DATABASE";
      break;
    default:
      break;
  }
  return fmt::format("SHOW CREATE {} {}", kind, qualified(object));
}

std::optional<std::string> Fingerprints::one(const core::ObjectName& object) {
  if (object.kind == core::ObjectKind::account) return of_account(object);
  std::string all;
  try {
    all = hash_of(object, connection_.rows(show_create(object)).at(0));
  } catch (const ServerRefused& refused) {
    if (holds(gone, refused.server_code())) return "";
    if (holds(not_allowed, refused.server_code())) return std::nullopt;
    if (refused.server_code() == er_view_invalid) return sha256(refused.what());
    throw;
  }
  if (object.kind != core::ObjectKind::package) return all;
  try {
    const auto body = connection_.rows("SHOW CREATE PACKAGE BODY " + qualified(object));
    return sha256(all + hash_of(object, body.at(0)));
  } catch (const ServerRefused& refused) {
    if (holds(gone, refused.server_code())) return all;
    throw;
  }
}

std::optional<std::string> Fingerprints::of_account(const core::ObjectName& account) {
  const std::size_t at = account.name.rfind('@');
  const std::string user = account.name.substr(0, at);
  const std::string host = at == std::string::npos ? "" : account.name.substr(at + 1);
  // Without a host it is a role: MariaDB's have none, MySQL's have %.
  const std::string hosts =
      host.empty() ? "host IN ('', '%')" : fmt::format("host = {}", literal(host));
  try {
    const auto rows = connection_.rows(fmt::format(
        "SELECT COUNT(*) FROM mysql.user WHERE user = {} AND {}", literal(user), hosts));
    return rows.at(0).at(0) == "0" ? "" : "exists";
  } catch (const ServerRefused& refused) {
    if (holds(not_allowed, refused.server_code())) return std::nullopt;
    throw;
  }
}

/// One look for all. Each name is looked up by itself, so that the server reads no directory and
/// opens no other table.
std::vector<bool> Fingerprints::exist(const std::vector<core::ObjectName>& objects) {
  std::vector<bool> found(objects.size(), false);
  std::string sql;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const core::ObjectName& object = objects[i];
    if (!is_table(object)) continue;
    if (!sql.empty()) sql += " UNION ALL ";
    sql += fmt::format(
        "SELECT {} AS n FROM information_schema.tables WHERE table_schema = {} AND table_name = {}",
        i, literal(object.schema.empty() ? schema_ : object.schema), literal(object.name));
  }
  if (sql.empty()) return found;
  for (const Row& row : connection_.rows(sql)) found[std::stoul(row[0].value())] = true;
  return found;
}

std::vector<std::optional<std::string>> Fingerprints::of(
    const std::vector<core::ObjectName>& objects) {
  std::vector<std::optional<std::string>> fingerprints(objects.size());
  if (objects.size() == 1) return {one(objects.front())};
  const std::vector<bool> exists = exist(objects);
  std::string sql;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (!is_table(objects[i])) {
      fingerprints[i] = one(objects[i]);
    } else if (!exists[i]) {
      fingerprints[i] = "";
    } else {
      sql += (sql.empty() ? "" : ";") + show_create(objects[i]);
      shown.push_back(i);
    }
  }
  if (sql.empty()) return fingerprints;
  std::size_t next = 0;
  bool refused = false;
  connection_.query(
      sql, [&](const StatementOutcome& outcome) { refused = refused || outcome.error.has_value(); },
      [&](const Row& row) {
        fingerprints[shown[next]] = hash_of(objects[shown[next]], row);
        ++next;
      });
  // The first refusal ends such a query: what is missing is asked for by itself.
  if (refused) {
    for (; next < shown.size(); ++next) fingerprints[shown[next]] = one(objects[shown[next]]);
  }
  return fingerprints;
}

}  // namespace migrate::mysql
