#include "blockers.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/mark.h"
#include "literal.h"

namespace migrate::mysql {
namespace {

std::uint64_t number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

/// "(schema = 's' AND name = 't') OR …"; "FALSE" for none.
std::string names(const std::vector<core::ObjectName>& tables, const std::string& own_schema,
                  std::string_view schema, std::string_view name) {
  std::string any = "FALSE";
  for (const core::ObjectName& table : tables) {
    any += fmt::format(" OR ({} = {} AND {} = {})", schema,
                       literal(table.schema.empty() ? own_schema : table.schema), name,
                       literal(table.name));
  }
  return any;
}

/// InnoDB tells when it began by the clock of the machine, whatever the session's time zone.
constexpr std::string_view transaction_age =
    "TIMESTAMPDIFF(SECOND, open.trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM'))";

// Each query: id, user, host, command, state of the thread, seconds, statement, whether it is a
// run or a command of migrate itself, the tables that it has locked, how.

/// Everybody who has a lock on one of the tables, or on what the waiter waits for at this moment,
/// or keeps the whole server from being written to.
std::string mysql_locks(const core::ServerInfo& server, std::uint64_t waiter,
                        const std::vector<core::ObjectName>& tables) {
  return fmt::format(
      "SELECT thread.processlist_id, MAX(thread.processlist_user), MAX(thread.processlist_host), "
      "MAX(thread.processlist_command), MAX(thread.processlist_state), "
      "MAX(COALESCE(open.timer_wait DIV 1000000000000, thread.processlist_time)) AS age, "
      "MAX(COALESCE(thread.processlist_info, last.sql_text)), MAX(EXISTS (SELECT 1 FROM "
      "performance_schema.metadata_locks AS named WHERE named.owner_thread_id = thread.thread_id "
      "AND named.object_type = 'USER LEVEL LOCK' AND named.object_name LIKE 'migrate.%')), "
      "GROUP_CONCAT(DISTINCT held.object_name SEPARATOR ', '), MAX(held.lock_type) "
      "FROM performance_schema.metadata_locks AS held "
      "JOIN performance_schema.threads AS thread ON thread.thread_id = held.owner_thread_id "
      "LEFT JOIN performance_schema.events_statements_current AS last "
      "ON last.thread_id = thread.thread_id AND last.nesting_event_level IN (0, 1) "
      "LEFT JOIN performance_schema.events_transactions_current AS open "
      "ON open.thread_id = thread.thread_id AND open.state = 'ACTIVE' "
      "WHERE held.lock_status = 'GRANTED' AND thread.processlist_id NOT IN ({}, CONNECTION_ID()) "
      "AND ({} OR (held.object_type = 'GLOBAL' AND held.lock_type = 'SHARED') OR EXISTS (SELECT 1 "
      "FROM performance_schema.metadata_locks AS wanted JOIN performance_schema.threads AS waiter "
      "ON waiter.thread_id = wanted.owner_thread_id WHERE waiter.processlist_id = {} "
      "AND wanted.lock_status = 'PENDING' AND wanted.object_type = held.object_type "
      "AND wanted.object_schema <=> held.object_schema "
      "AND wanted.object_name <=> held.object_name)) "
      "GROUP BY thread.processlist_id ORDER BY age DESC",
      waiter, names(tables, server.schema, "held.object_schema", "held.object_name"), waiter);
}

std::string mariadb_locks(const core::ServerInfo& server, std::uint64_t waiter,
                          const std::vector<core::ObjectName>& tables) {
  return fmt::format(
      "SELECT client.id, MAX(client.user), MAX(client.host), MAX(client.command), "
      "MAX(client.state), MAX(COALESCE({}, client.time)) AS age, MAX(client.info), MAX(EXISTS "
      "(SELECT 1 FROM "
      "information_schema.METADATA_LOCK_INFO AS named WHERE named.thread_id = client.id "
      "AND named.lock_type = 'User lock' AND named.table_schema LIKE 'migrate.%')), "
      "GROUP_CONCAT(DISTINCT held.table_name SEPARATOR ', '), MAX(held.lock_mode) "
      "FROM information_schema.METADATA_LOCK_INFO AS held "
      "JOIN information_schema.PROCESSLIST AS client ON client.id = held.thread_id "
      "LEFT JOIN information_schema.INNODB_TRX AS open ON open.trx_mysql_thread_id = client.id "
      "WHERE client.id NOT IN ({}, CONNECTION_ID()) AND ({}) "
      "GROUP BY client.id ORDER BY age DESC",
      transaction_age, waiter,
      names(tables, server.schema, "held.table_schema", "held.table_name"));
}

std::string open_transactions(std::uint64_t but_for) {
  return fmt::format(
      "SELECT client.id, client.user, client.host, client.command, client.state, "
      "{} AS age, client.info, 0, NULL, NULL "
      "FROM information_schema.INNODB_TRX AS open JOIN information_schema.PROCESSLIST AS client "
      "ON client.id = open.trx_mysql_thread_id WHERE client.id NOT IN ({}, CONNECTION_ID()) "
      "ORDER BY age DESC",
      transaction_age, but_for);
}

bool replicates(const std::string& user, const std::string& command) {
  return user == "system user" || user == "event_scheduler" || command.starts_with("Binlog Dump") ||
         command.starts_with("Slave_") || command == "Daemon" || command == "Group Replication";
}

core::Blocker blocker_of(const Row& row, core::Blocker::Certainty certainty) {
  const std::string command = row[3].value_or("");
  core::Blocker blocker{.connection_id = number(row[0]),
                        .user = row[1].value_or(""),
                        .host = row[2].value_or(""),
                        .idle = command == "Sleep",
                        .age_s = number(row[5]),
                        .statement = core::without_mark(row[6].value_or("")),
                        .tables = row[8].value_or(""),
                        .lock = row[9].value_or(""),
                        .certainty = certainty};
  // "10.0.0.7:51234"; an IPv6 address has more colons, and the port behind the last.
  if (const std::size_t colon = blocker.host.rfind(':'); colon != std::string::npos)
    blocker.host.resize(colon);
  if (row[7] == "1" || blocker.statement.size() < row[6].value_or("").size())
    blocker.kind = core::Blocker::Kind::migrate;
  if (replicates(blocker.user, command)) blocker.kind = core::Blocker::Kind::replication;
  return blocker;
}

std::vector<core::Blocker> read(Connection& connection, const std::string& query,
                                core::Blocker::Certainty certainty) {
  std::vector<core::Blocker> blockers;
  for (const Row& row : connection.rows(query)) blockers.push_back(blocker_of(row, certainty));
  return blockers;
}

/// What this account may not see, or the server does not have, is nothing.
template <typename Read>
std::vector<core::Blocker> visible(const Read& read) {
  try {
    return read();
  } catch (const ServerRefused&) {
    return {};
  }
}

/// Whose account may do anything: of any host, so rather one too many.
void find_super(Connection& connection, std::vector<core::Blocker>& blockers) {
  for (core::Blocker& blocker : blockers) {
    if (blocker.kind != core::Blocker::Kind::client) continue;
    try {
      const std::string user = literal("'" + blocker.user + "'@");
      const auto rows = connection.rows(
          fmt::format("SELECT 1 FROM information_schema.user_privileges WHERE privilege_type IN "
                      "('SUPER', 'SYSTEM_USER') AND LEFT(grantee, CHAR_LENGTH({})) = {} LIMIT 1",
                      user, user));
      if (!rows.empty()) blocker.kind = core::Blocker::Kind::super;
    } catch (const ServerRefused&) {  // NOLINT(bugprone-empty-catch): it cannot be seen
    }
  }
}

}  // namespace

std::vector<core::Blocker> read_open_transactions(Connection& connection, std::uint64_t but_for) {
  return read(connection, open_transactions(but_for), core::Blocker::Certainty::perhaps);
}

std::vector<core::Blocker> read_lock_holders(Connection& connection, const core::ServerInfo& server,
                                             std::uint64_t waiter,
                                             const std::vector<core::ObjectName>& tables) {
  const bool mariadb = server.family == core::ServerFamily::mariadb;
  return read(connection,
              mariadb ? mariadb_locks(server, waiter, tables) : mysql_locks(server, waiter, tables),
              core::Blocker::Certainty::certain);
}

std::vector<core::Blocker> read_blockers(Connection& connection, const core::ServerInfo& server,
                                         std::uint64_t waiter,
                                         const std::vector<core::ObjectName>& tables) {
  auto blockers = visible([&] { return read_lock_holders(connection, server, waiter, tables); });
  if (blockers.empty())
    blockers = visible([&] { return read_open_transactions(connection, waiter); });
  find_super(connection, blockers);
  return blockers;
}

}  // namespace migrate::mysql
