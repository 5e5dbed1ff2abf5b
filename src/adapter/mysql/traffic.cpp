#include "adapter/mysql/traffic.h"

#include <charconv>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "blockers.h"
#include "connection.h"
#include "late_connection.h"

namespace migrate::mysql {
namespace {

std::optional<std::uint64_t> number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

class LiveTraffic : public port::Traffic {
 public:
  explicit LiveTraffic(core::ConnectionOptions options) : connection_(std::move(options)) {}

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
    if (!tables.empty()) look_at(tables, traffic);
    return traffic;
  }

 private:
  Connection& connection() { return connection_.get(); }

  /// `what` is said to be unknown where this account may not ask.
  void look(core::impact::Traffic& traffic, const std::string& what,
            const std::function<void()>& ask) {
    try {
      ask();
    } catch (const ServerRefused& refused) {
      if (!refused.is_denial()) throw;
      traffic.unknown.push_back(fmt::format("{}: {}", what, refused.server_words()));
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

  void look_at(const std::vector<std::string>& tables, core::impact::Traffic& traffic) {
    if (connection_.family() == core::ServerFamily::mariadb && !has_lock_plugin()) {
      look(traffic, "who has an open transaction",
           [&] { traffic.blockers = read_open_transactions(connection(), 0); });
      traffic.unknown.emplace_back(
          "which tables an open transaction has used: this server tells that with the plugin "
          "metadata_lock_info only");
      return;
    }
    const core::ServerInfo server{.family = connection_.family(),
                                  .schema = connection_.options().schema};
    std::vector<core::ObjectName> names;
    names.reserve(tables.size());
    for (const std::string& table : tables)
      names.push_back({core::ObjectKind::table, server.schema, table});
    look(traffic, "who holds metadata locks",
         [&] { traffic.blockers = read_lock_holders(connection(), server, 0, names); });
  }

  bool has_lock_plugin() {
    return !connection()
                .rows(
                    "SELECT 1 FROM information_schema.plugins WHERE plugin_name = "
                    "'METADATA_LOCK_INFO' AND plugin_status = 'ACTIVE'")
                .empty();
  }

  LateConnection connection_;
};

}  // namespace

std::unique_ptr<port::Traffic> open_traffic(core::ConnectionOptions options) {
  return std::make_unique<LiveTraffic>(std::move(options));
}

}  // namespace migrate::mysql
