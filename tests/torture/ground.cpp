#include "ground.h"

#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX
#include <sys/wait.h>

namespace migrate::torture {
namespace {

namespace fs = std::filesystem;
using testing::Process;
using testing::RawConnection;

constexpr unsigned small_packet_bytes = 64 * 1024;
constexpr unsigned large_packet_bytes = 16 * 1024 * 1024;

// Holds the big table once, from where it is copied.
constexpr const char* store = "torture_store";

fs::path new_folder() {
  std::string name = (fs::temp_directory_path() / "migrate-torture-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
  return name;
}

}  // namespace

Ground::Ground(const std::string& server, fs::path migrate)
    : server_(server),
      migrate_(std::move(migrate)),
      folder_(new_folder()),
      proxy_(server_.connection().socket),
      server_pid_(server_.sandbox().status().pid) {
  if (version().find("MariaDB") != std::string::npos) family_ = core::ServerFamily::mariadb;
  environment_ = {{"HOME", folder_.string()},
                  {"XDG_STATE_HOME", (folder_ / "state").string()},
                  {"XDG_CONFIG_HOME", (folder_ / "config").string()},
                  {"MIGRATE_USER", "root"},
                  {"MIGRATE_SCHEMA", schema_},
                  {"MIGRATE_TLS_MODE", "disabled"},
                  {"MIGRATE_LOCK_TIMEOUT", "60"},
                  {"LC_ALL", "C.UTF-8"},
                  {"TERM", "dumb"}};
  for (const char* name : {"PATH", "LIBMYSQL_PLUGIN_DIR", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name)) environment_[name] = value;
  }
}

std::string Ground::version() {
  return connect().value("SELECT VERSION()");
}

RawConnection Ground::connect() const {
  return RawConnection(server_.connection());
}

void Ground::use(const Workload& workload) {
  size_ = workload.size;
  packets_ = workload.packets;
  write_steps(workload, folder_);
}

void Ground::begin_again() {
  fs::remove_all(output());
  fs::create_directories(output());
  RawConnection sql = connect();
  if (sql.value("SELECT @@log_bin") == "1") {
    // What was logged before is of no use to anybody, and a long run would fill the disk.
    sql.query("SET sql_log_bin = 0");
    sql.query("PURGE BINARY LOGS BEFORE NOW()");
  }
  // A server that is started again within the iteration takes more: small steps that it goes on
  // with come in other packets.
  sql.query(fmt::format("SET GLOBAL max_allowed_packet = {}",
                        packets_ == Packets::small ? small_packet_bytes : large_packet_bytes));
  drop_schema(sql);
  sql.query("CREATE DATABASE " + schema_ + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
  if (size_ == TableSize::big) prepare_big_table(sql);
}

void Ground::drop_schema(RawConnection& sql) {
  const std::string drop = "DROP DATABASE IF EXISTS " + schema_;
  try {
    sql.query(drop);
  } catch (const std::runtime_error& error) {
    // A MariaDB that died in a statement may have left a file in the schema's folder that it does
    // not know when it comes back, and does not delete.
    if (std::string_view(error.what()).find("can't rmdir") == std::string_view::npos) throw;
    for (const auto& file :
         fs::directory_iterator(server_.sandbox().status().data_directory / schema_))
      fs::remove(file);
    sql.query(drop);
  }
}

void Ground::prepare_big_table(RawConnection& sql) {
  const std::string stored = fmt::format("{}.{}", store, big_table);
  sql.query(fmt::format("CREATE DATABASE IF NOT EXISTS {}", store));
  sql.query(fmt::format(
      "CREATE TABLE IF NOT EXISTS {} (id INT PRIMARY KEY, n INT NOT NULL, text VARCHAR(40))",
      stored));
  if (sql.value("SELECT COUNT(*) FROM " + stored) != std::to_string(big_rows)) {
    sql.query(fmt::format("TRUNCATE TABLE {}", stored));
    sql.query(fmt::format("INSERT INTO {} VALUES (1, 7, 'row 1')", stored));
    for (unsigned rows = 1; rows < big_rows; rows *= 2) {
      sql.query(
          fmt::format("INSERT INTO {0} SELECT id + {1}, (id + {1}) * 7 % 1000, CONCAT('row "
                      "', id + {1}) FROM {0} WHERE id + {1} <= {2}",
                      stored, rows, big_rows));
    }
  }
  sql.query(fmt::format("CREATE TABLE {}.{} LIKE {}", schema_, big_table, stored));
  sql.query(fmt::format("INSERT INTO {}.{} SELECT * FROM {}", schema_, big_table, stored));
}

Process Ground::start_up(Way way, AfterALoss after_a_loss) {
  auto environment = environment_;
  if (after_a_loss == AfterALoss::gives_up) environment["MIGRATE_RECONNECT_TIMEOUT"] = "0";
  if (way == Way::socket) {
    environment["MIGRATE_SOCKET"] = server_.connection().socket;
  } else {
    environment["MIGRATE_HOST"] = "127.0.0.1";
    environment["MIGRATE_PORT"] = std::to_string(proxy_.port());
  }
  return {{migrate_.string(), "up", "--verbose"}, environment, folder_, output()};
}

Snapshot Ground::snapshot() {
  RawConnection sql = connect();
  return take_snapshot(sql, schema_);
}

void Ground::kill_server() {
  ::kill(server_pid_.value(), SIGKILL);
  ::waitpid(server_pid_.value(), nullptr, 0);
}

void Ground::start_server() {
  server_.sandbox().start();
  server_pid_ = server_.sandbox().status().pid;
}

}  // namespace migrate::torture
