#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "adapter/mysql/backup.h"
#include "connection.h"
#include "core/fault.h"

namespace migrate::mysql {
namespace {

class ServerBackupSource : public port::BackupSource {
 public:
  explicit ServerBackupSource(core::ConnectionOptions options) : options_(std::move(options)) {}

  Now now() override {
    const Row row = connection()
                        .rows(
                            "SELECT VERSION(), DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ'), "
                            "default_character_set_name, default_collation_name FROM "
                            "information_schema.schemata WHERE schema_name = DATABASE()")
                        .at(0);
    Now now{.server = {.version = row.at(0).value_or(""),
                       .schema = options_.schema,
                       .charset = row.at(2).value_or(""),
                       .collation = row.at(3).value_or("")},
            .at = row.at(1).value_or("")};
    if (now.server.version.find("MariaDB") != std::string::npos)
      now.server.family = core::ServerFamily::mariadb;
    now.server.id = identity(now.server.family);
    return now;
  }

  Extent extent() override {
    Extent extent;
    const bool mysql = now().server.family == core::ServerFamily::mysql;
    // Else it would tell what it knew up to a day ago.
    if (mysql) connection().rows("SET SESSION information_schema_stats_expiry = 0");
    for (const Row& row : connection().rows(
             "SELECT table_name, engine, COALESCE(data_length, 0), table_type FROM "
             "information_schema.tables WHERE table_schema = DATABASE() AND table_type IN ('BASE "
             "TABLE', 'SYSTEM VERSIONED') ORDER BY table_name"))
      add_table(extent, row);
    if (connection().rows("SELECT @@GLOBAL.log_bin").at(0).at(0) == "0") {
      extent.why_no_log = "the binary log is off";
    } else if (mysql && !may_flush()) {
      extent.why_no_log =
          "this account may not have its position noted together with the snapshot (RELOAD)";
    }
    if (mysql) extent.gtid = connection().rows("SELECT @@GLOBAL.gtid_mode").at(0).at(0) == "ON";
    extent.encrypted = !connection()
                            .rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
                            .at(0)
                            .at(1)
                            .value_or("")
                            .empty();
    return extent;
  }

 private:
  Connection& connection() {
    if (!connection_) connection_.emplace(options_);
    return *connection_;
  }

  std::string identity(core::ServerFamily family) {
    if (family == core::ServerFamily::mysql)
      return connection().rows("SELECT @@GLOBAL.server_uuid").at(0).at(0).value_or("");
    std::map<std::string, std::string> values;
    for (const Row& row : connection().rows(
             "SHOW GLOBAL VARIABLES WHERE variable_name IN ('server_uid', 'server_id', 'hostname', "
             "'port', 'datadir')"))
      values[row.at(0).value_or("")] = row.at(1).value_or("");
    // server_uid, which it has since 10.11, is made of the network card's address: two servers on
    // one machine, or in containers, may share it.
    return fmt::format("{}/{}/{}:{}{}", values["server_uid"], values["server_id"],
                       values["hostname"], values["port"], values["datadir"]);
  }

  static void add_table(Extent& extent, const Row& row) {
    const std::string name = row.at(0).value_or("");
    const std::string engine = row.at(1).value_or("");
    const std::string bytes = row.at(2).value_or("");
    std::uint64_t data = 0;
    std::from_chars(bytes.data(), bytes.data() + bytes.size(), data);
    extent.data_bytes += data;
    if (engine != "InnoDB" && engine != "ROCKSDB")
      extent.unsafe_tables.push_back(fmt::format("{} ({})", name, engine));
    if (row.at(3) == "SYSTEM VERSIONED") extent.history_tables.push_back(name);
  }

  /// mysqldump holds all writes back for a moment, so that position and snapshot belong together.
  bool may_flush() {
    return connection()
               .rows(
                   "SELECT COUNT(*) FROM information_schema.user_privileges WHERE privilege_type "
                   "IN ('RELOAD', 'FLUSH_TABLES') AND grantee = CONCAT('''', "
                   "SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', "
                   "SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')")
               .at(0)
               .at(0) != "0";
  }

  core::ConnectionOptions options_;
  std::optional<Connection> connection_;
};

}  // namespace

std::unique_ptr<port::BackupSource> open_backup_source(core::ConnectionOptions options) {
  return std::make_unique<ServerBackupSource>(std::move(options));
}

}  // namespace migrate::mysql
