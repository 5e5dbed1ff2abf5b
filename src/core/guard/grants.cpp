#include "core/guard/grants.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ascii.h"
#include "core/guard/name.h"
#include "core/schema/schema.h"
#include "token_cursor.h"

namespace migrate::core::guard {
namespace {

constexpr std::string_view all_privileges = "ALL PRIVILEGES";
constexpr std::string_view all_on_everything = "ALL ON *.*";

// What the history, the shape check and every step with tables take: "What an account needs" in
// the README.
constexpr std::array<std::string_view, 10> for_tables{
    "SELECT", "INSERT", "UPDATE", "DELETE",     "CREATE",
    "ALTER",  "DROP",   "INDEX",  "REFERENCES", "CREATE TEMPORARY TABLES"};

std::vector<std::string_view> privileges_for(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::view:
      return {"CREATE VIEW", "SHOW VIEW", "DROP"};
    case ObjectKind::procedure:
    case ObjectKind::function:
    case ObjectKind::package:
      return {"CREATE ROUTINE", "ALTER ROUTINE"};
    case ObjectKind::trigger:
      return {"TRIGGER"};
    case ObjectKind::event:
      return {"EVENT"};
    case ObjectKind::table:
    case ObjectKind::index:
    case ObjectKind::sequence:
      return {"CREATE", "ALTER", "DROP", "INDEX"};
    case ObjectKind::schema:
    case ObjectKind::account:
      return {};  // no step should; what it takes is global
  }
  return {};
}

/// One line of SHOW GRANTS that gives or takes privileges on a whole schema or on everything.
struct Grant {
  enum class Sense { gives, takes };
  Sense sense = Sense::gives;
  std::set<std::string> privileges;
  std::string schema;  ///< a pattern; "*": every one
  bool may_be_handed_on = false;
};

std::string privilege(TokenCursor& cursor) {
  std::string words;
  while (!cursor.at_end() && !cursor.at_mark(',') && !cursor.at("ON") && !cursor.at("TO")) {
    if (cursor.at_mark('(')) return cursor.take_group(), std::string{};  // of columns
    words += (words.empty() ? "" : " ") + to_upper(cursor.text());
    cursor.advance();
  }
  return words;
}

/// Nothing for a role, a proxy, a default role, and what is about one table or program.
std::optional<Grant> parse(std::string_view line) {
  TokenCursor cursor(line, {});
  Grant grant;
  if (cursor.take("REVOKE")) {
    grant.sense = Grant::Sense::takes;
  } else if (!cursor.take("GRANT")) {
    return std::nullopt;
  }
  do {
    const std::string one = privilege(cursor);
    if (!one.empty()) grant.privileges.insert(one == "ALL" ? std::string(all_privileges) : one);
  } while (cursor.take_mark(','));
  if (!cursor.take("ON")) return std::nullopt;
  if (cursor.take_mark('*')) {
    grant.schema = "*";
  } else {
    if (!cursor.at_name()) return std::nullopt;
    grant.schema = cursor.take_text();
  }
  if (!cursor.take_mark('.') || !cursor.take_mark('*')) return std::nullopt;
  while (!cursor.at_end()) {
    if (cursor.take("GRANT") && cursor.at("OPTION")) grant.may_be_handed_on = true;
    cursor.advance();
  }
  return grant;
}

/// As LIKE has it; a backslash makes the next character itself.
bool is_like(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '%')
    return is_like(pattern.substr(1), text) || (!text.empty() && is_like(pattern, text.substr(1)));
  if (text.empty()) return false;
  if (pattern.front() == '\\' && pattern.size() > 1) {
    pattern.remove_prefix(1);
  } else if (pattern.front() == '_') {
    return is_like(pattern.substr(1), text.substr(1));
  }
  return pattern.front() == text.front() && is_like(pattern.substr(1), text.substr(1));
}

std::set<std::string> missing(const std::set<std::string>& needed, const std::string& schema,
                              const std::vector<std::string>& lines) {
  std::set<std::string> lacking = needed;
  std::set<std::string> taken;
  for (const std::string& line : lines) {
    const auto grant = parse(line);
    if (!grant || (grant->schema != "*" && !is_like(grant->schema, schema))) continue;
    if (grant->sense == Grant::Sense::takes) {
      taken.insert(grant->privileges.begin(), grant->privileges.end());
    } else if (grant->privileges.contains(std::string(all_privileges))) {
      lacking.clear();
    } else {
      for (const std::string& held : grant->privileges) lacking.erase(held);
    }
  }
  // Revoked on a schema what is granted on all (MySQL's partial_revokes).
  for (const std::string& one : taken) {
    if (needed.contains(one)) lacking.insert(one);
  }
  return lacking;
}

/// The pattern of this one schema: in a GRANT `_` and `%` stand for others.
std::string itself(std::string_view schema) {
  std::string pattern;
  for (const char c : schema) {
    if (c == '_' || c == '%') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace

Needs needs_of(const std::string& own, const std::vector<const Script*>& scripts) {
  Needs needs;
  needs[own].insert(for_tables.begin(), for_tables.end());
  for (const Script* script : scripts) {
    for (const ObjectName& object : script->shape.touched.changed) {
      for (const std::string_view needed : privileges_for(object.kind))
        needs[object.schema.empty() ? own : object.schema].emplace(needed);
    }
    if (script->shape.locks_tables) needs[own].insert("LOCK TABLES");
  }
  return needs;
}

std::vector<std::string> missing_grants(const Needs& needs, const Holding& holding) {
  std::vector<std::string> statements;
  for (const auto& [schema, needed] : needs) {
    const std::set<std::string> lacking = missing(needed, schema, holding.grants);
    if (lacking.empty()) continue;
    statements.push_back(fmt::format("GRANT {} ON {}.* TO {};", fmt::join(lacking, ", "),
                                     schema::quoted_name(itself(schema)), shown(holding.account)));
  }
  return statements;
}

std::vector<std::string> excess(const std::vector<std::string>& grants) {
  std::set<std::string> found;
  for (const std::string& line : grants) {
    const auto grant = parse(line);
    if (!grant || grant->sense == Grant::Sense::takes) continue;
    if (grant->may_be_handed_on) found.insert("GRANT OPTION");
    if (grant->privileges.contains("SUPER")) found.insert("SUPER");
    // MySQL writes ALL ON *.* out, privilege by privilege.
    const bool is_all = grant->privileges.contains(std::string(all_privileges)) ||
                        (grant->privileges.contains("SUPER") && grant->privileges.contains("DROP"));
    if (grant->schema == "*" && is_all) found.emplace(all_on_everything);
  }
  return {found.begin(), found.end()};
}

std::vector<std::string> logged_programs(const std::vector<const Script*>& scripts) {
  std::vector<std::string> programs;
  for (const Script* script : scripts) {
    for (const ObjectName& object : script->shape.touched.created) {
      if (object.kind == ObjectKind::function || object.kind == ObjectKind::trigger)
        programs.push_back(fmt::format("{} {}", word_of(object.kind), object.name));
    }
  }
  return programs;
}

Verdict grants_verdict(const std::vector<Holding>& accounts, const Holding& runs_as,
                       const Needs& needs, const std::vector<std::string>& for_super) {
  Verdict verdict{.guard = std::string(name_of(Name::grants))};
  std::vector<std::string> saw;
  std::vector<std::string> ways_out;
  for (const Holding& one : accounts) {
    const std::string name = shown(one.account);
    if (one.presence == Holding::Presence::unseen) {
      saw.push_back(
          fmt::format("what {} holds cannot be seen from here: {}", name, one.why_unseen));
      ways_out.push_back("let the account that runs read it: GRANT SELECT ON mysql.* TO " +
                         shown(runs_as.account) + ";");
      continue;
    }
    const std::vector<std::string> lacking = missing_grants(needs, one);
    if (one.presence == Holding::Presence::absent) {
      saw.push_back(fmt::format("there is no account {}", name));
      ways_out.push_back(fmt::format("CREATE USER {} IDENTIFIED BY …;", name));
    } else if (!lacking.empty()) {
      saw.push_back(fmt::format("{} lacks privileges that the run needs", name));
    }
    ways_out.insert(ways_out.end(), lacking.begin(), lacking.end());
  }
  const std::vector<std::string> more = excess(runs_as.grants);
  const bool is_super = std::ranges::any_of(
      more, [](const std::string& one) { return one == "SUPER" || one == all_on_everything; });
  if (!for_super.empty() && !is_super) {
    saw.push_back(
        fmt::format("{} may not create {}: the binary log is on, and "
                    "log_bin_trust_function_creators is off",
                    shown(runs_as.account), fmt::join(for_super, ", ")));
    ways_out.emplace_back(
        "SET GLOBAL log_bin_trust_function_creators = 1; (or an account with SUPER runs it)");
  }
  if (!saw.empty()) {
    verdict.outcome = Verdict::Outcome::refused;
    verdict.saw = fmt::format("{}", fmt::join(saw, ", "));
    verdict.way_out = fmt::format("{}", fmt::join(ways_out, " "));
    return verdict;
  }
  if (!more.empty()) {
    verdict.outcome = Verdict::Outcome::warned;
    verdict.saw = fmt::format("{}, which runs this, holds more than a run needs: {}",
                              shown(runs_as.account), fmt::join(more, ", "));
  }
  return verdict;
}

}  // namespace migrate::core::guard
