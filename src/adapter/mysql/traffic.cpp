#include "adapter/mysql/traffic.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "connection.h"
#include "core/mark.h"
#include "literal.h"
#include "session_settings.h"

namespace migrate::mysql {
namespace {

using core::impact::Blocker;

// To a schema, to a table or a column, for want of a privilege.
constexpr std::array<unsigned, 4> denied{1044, 1142, 1143, 1227};
constexpr std::size_t statement_bytes = 500;

std::optional<std::uint64_t> number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

std::string list(const std::vector<std::string>& tables) {
  std::string names;
  for (const std::string& table : tables)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", literal(table));
  return names;
}

/// Columns: table, connection, user, host, age, statement, what it holds.
Blocker blocker_of(const Row& row) {
  std::string statement = core::without_mark(row.at(5).value_or(""));
  if (statement.size() > statement_bytes) statement.resize(statement_bytes);
  return {.connection = number(row.at(1)).value_or(0),
          .user = row.at(2).value_or(""),
          .host = row.at(3).value_or(""),
          .age_s = number(row.at(4)),
          .statement = std::move(statement),
          .table = row.at(0).value_or(""),
          .holds = row.at(6).value_or("")};
}

class LiveTraffic : public port::Traffic {
 public:
  explicit LiveTraffic(core::ConnectionOptions options) : options_(std::move(options)) {}

  core::impact::Traffic at(const std::vector<std::string>& tables) override {
    core::impact::Traffic traffic;
    look(traffic, "how many replicas are connected", [&] {
      // https://dev.mysql.com/doc/refman/9.7/en/replication-threads.html: one thread a replica.
      traffic.replicas = number(connection()
                                    .rows("SELECT COUNT(*) FROM information_schema.processlist "
                                          "WHERE command LIKE 'Binlog Dump%'")
                                    .at(0)
                                    .at(0));
      if (traffic.replicas == 0 && !sees_others()) traffic.replicas.reset();
    });
    if (tables.empty()) return traffic;
    if (is_mariadb_) {
      look_at_mariadb(traffic, tables);
    } else {
      look_at_mysql(traffic, tables);
    }
    return traffic;
  }

 private:
  Connection& connection() {
    if (!connection_) {
      connection_.emplace(options_);
      is_mariadb_ = connection_->rows(fmt::format("{}; SELECT VERSION()", session_settings))
                        .at(0)
                        .at(0)
                        .value_or("")
                        .find("MariaDB") != std::string::npos;
    }
    return *connection_;
  }

  /// `what` is said to be unknown where this account may not ask.
  void look(core::impact::Traffic& traffic, const std::string& what,
            const std::function<void()>& ask) {
    try {
      ask();
    } catch (const ServerRefused& refused) {
      if (std::ranges::find(denied, refused.server_code()) == denied.end()) throw;
      const std::string words = refused.what();
      traffic.unknown.push_back(fmt::format("{}: {}", what, words.substr(0, words.find('\n'))));
    }
  }

  /// Without PROCESS an account sees its own connections alone; innodb_trx tells which it is.
  bool sees_others() {
    try {
      connection().rows("SELECT 1 FROM information_schema.innodb_trx LIMIT 1");
      return true;
    } catch (const ServerRefused&) {
      return false;
    }
  }

  /// https://dev.mysql.com/doc/refman/9.7/en/performance-schema-metadata-locks-table.html
  void look_at_mysql(core::impact::Traffic& traffic, const std::vector<std::string>& tables) {
    look(traffic, "who holds metadata locks", [&] {
      const std::string age = sees_others()
                                  ? "COALESCE((SELECT TIMESTAMPDIFF(SECOND, x.trx_started, NOW()) "
                                    "FROM information_schema.innodb_trx x WHERE "
                                    "x.trx_mysql_thread_id = t.processlist_id LIMIT 1), "
                                    "t.processlist_time)"
                                  : "t.processlist_time";
      const std::string sql = fmt::format(
          "SELECT l.object_name, t.processlist_id, t.processlist_user, t.processlist_host, {}, "
          "COALESCE(t.processlist_info, e.sql_text), "
          "CONCAT('a metadata lock (', MAX(l.lock_type), ')') "
          "FROM performance_schema.metadata_locks l "
          "JOIN performance_schema.threads t ON t.thread_id = l.owner_thread_id "
          "LEFT JOIN performance_schema.events_statements_current e "
          "ON e.thread_id = l.owner_thread_id AND e.nesting_event_id IS NULL "
          "WHERE l.object_type = 'TABLE' AND l.object_schema = DATABASE() "
          "AND l.lock_status = 'GRANTED' AND l.object_name IN ({}) "
          "AND t.processlist_id <> CONNECTION_ID() "
          "GROUP BY l.object_name, t.processlist_id, t.processlist_user, t.processlist_host, "
          "t.processlist_time, t.processlist_info, e.sql_text ORDER BY 5 DESC, 1, 2",
          age, list(tables));
      for (const Row& row : connection().rows(sql)) traffic.blockers.push_back(blocker_of(row));
    });
  }

  /// The tables of a transaction are told by a plugin only:
  /// https://mariadb.com/kb/en/metadata-lock-info-plugin/. The list of transactions is one that the
  /// server keeps while it is asked for more often than every 0.1 s.
  void look_at_mariadb(core::impact::Traffic& traffic, const std::vector<std::string>& tables) {
    const bool tells = !connection()
                            .rows(
                                "SELECT 1 FROM information_schema.plugins WHERE plugin_name = "
                                "'METADATA_LOCK_INFO' AND plugin_status = 'ACTIVE'")
                            .empty();
    const std::string in = list(tables);
    look(traffic, "who has an open transaction", [&] {
      const std::string holds =
          tells ? "CONCAT('a metadata lock (', l.lock_mode, ')')" : "'an open transaction'";
      const std::string of_locks = fmt::format(
          "JOIN information_schema.metadata_lock_info l ON l.thread_id = p.id "
          "AND l.table_schema = DATABASE() AND l.table_name IN ({}) ",
          in);
      const std::string sql = fmt::format(
          "SELECT {}, p.id, p.user, p.host, "
          "COALESCE(TIMESTAMPDIFF(SECOND, x.trx_started, NOW()), p.time), "
          "COALESCE(p.info, x.trx_query), {} "
          "FROM information_schema.processlist p {} "
          "{}JOIN information_schema.innodb_trx x ON x.trx_mysql_thread_id = p.id "
          "WHERE p.id <> CONNECTION_ID() ORDER BY 5 DESC, 2",
          tells ? "l.table_name" : "NULL", holds, tells ? of_locks : "", tells ? "LEFT " : "");
      for (const Row& row : connection().rows(sql)) traffic.blockers.push_back(blocker_of(row));
      if (!tells) {
        traffic.unknown.emplace_back(
            "which tables an open transaction has used: this server tells that with the plugin "
            "metadata_lock_info only");
      }
    });
  }

  core::ConnectionOptions options_;
  std::optional<Connection> connection_;
  bool is_mariadb_ = false;
};

}  // namespace

std::unique_ptr<port::Traffic> open_traffic(core::ConnectionOptions options) {
  return std::make_unique<LiveTraffic>(std::move(options));
}

}  // namespace migrate::mysql
