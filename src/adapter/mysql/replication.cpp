#include "adapter/mysql/replication.h"

#include <array>
#include <charconv>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "blockers.h"
#include "connection.h"

namespace migrate::mysql {
namespace {

using core::guard::Disk;
using core::guard::Following;
using core::guard::GaleraNode;
using core::guard::HostPort;
using core::guard::Member;
using core::guard::Replica;
using core::guard::ReplicaFacts;

constexpr unsigned er_parse_error = 1064;

std::uint64_t number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

/// The first line: behind it stands the statement.
std::string words(const core::Fault& fault) {
  const std::string text = fault.what();
  return text.substr(0, text.find('\n'));
}

/// The same statement in the words of one version and another.
std::vector<NamedRow> show(Connection& connection, std::initializer_list<std::string_view> ways) {
  for (auto way = ways.begin();; ++way) {
    try {
      return connection.named_rows(*way);
    } catch (const ServerRefused& refused) {
      if (refused.server_code() != er_parse_error || way + 1 == ways.end()) throw;
    }
  }
}

/// Of the names that a column has had the one that is there.
std::optional<std::string> column(const NamedRow& row,
                                  std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto found = row.find(name); found != row.end()) return found->second;
  }
  return std::nullopt;
}

/// https://dev.mysql.com/doc/refman/9.7/en/show-replica-status.html,
/// https://mariadb.com/kb/en/show-replica-status/. The channels of group replication are the
/// group's affair, and its members' states tell it.
std::vector<Following> read_following(Connection& connection) {
  std::vector<Following> all;
  // MariaDB takes SHOW REPLICA STATUS too, and then shows the default connection alone.
  for (const NamedRow& row :
       show(connection, {"SHOW ALL SLAVES STATUS", "SHOW REPLICA STATUS", "SHOW SLAVE STATUS"})) {
    if (column(row, {"Channel_Name"}).value_or("").starts_with("group_replication_")) continue;
    Following one{
        .source = fmt::format("{}:{}", column(row, {"Source_Host", "Master_Host"}).value_or(""),
                              column(row, {"Source_Port", "Master_Port"}).value_or("")),
        .receives = column(row, {"Replica_IO_Running", "Slave_IO_Running"}) == "Yes",
        .applies = column(row, {"Replica_SQL_Running", "Slave_SQL_Running"}) == "Yes",
        .lag = {}};
    if (const auto lag = column(row, {"Seconds_Behind_Source", "Seconds_Behind_Master"}))
      one.lag = std::chrono::seconds(number(lag));
    all.push_back(std::move(one));
  }
  return all;
}

/// https://dev.mysql.com/doc/refman/9.7/en/performance-schema-replication-group-members-table.html
std::vector<Member> read_members(Connection& connection) {
  // Of its plugin. An account that may not see members need not be told where there are none.
  if (connection.rows("SHOW GLOBAL VARIABLES LIKE 'group_replication_group_name'").empty())
    return {};
  std::vector<Member> members;
  for (const Row& row :
       connection.rows("SELECT member_host, member_port, member_state FROM "
                       "performance_schema.replication_group_members WHERE member_id <> ''")) {
    members.push_back(
        {.address = fmt::format("{}:{}", row.at(0).value_or(""), row.at(1).value_or("")),
         .state = row.at(2).value_or("")});
  }
  return members;
}

/// https://mariadb.com/kb/en/galera-cluster-status-variables/
std::optional<GaleraNode> read_galera(Connection& connection) {
  const auto on = connection.rows("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'");
  if (on.empty() || on.front().at(1) != "ON") return std::nullopt;
  std::map<std::string, std::string> values;
  for (const Row& row :
       connection.rows("SHOW GLOBAL STATUS WHERE variable_name IN ('wsrep_cluster_status', "
                       "'wsrep_ready', 'wsrep_local_state_comment')"))
    values.insert_or_assign(row.at(0).value_or(""), row.at(1).value_or(""));
  return GaleraNode{.cluster_status = values["wsrep_cluster_status"],
                    .ready = values["wsrep_ready"],
                    .state = values["wsrep_local_state_comment"]};
}

/// https://mariadb.com/kb/en/disks-plugin/: of the file system that is mounted nearest to it.
std::optional<Disk> disk_by_plugin(Connection& connection) {
  constexpr unsigned kilo = 10;
  try {
    const auto rows = connection.rows(
        "SELECT @@datadir, available FROM information_schema.DISKS WHERE "
        "LEFT(@@datadir, CHAR_LENGTH(path)) = path ORDER BY CHAR_LENGTH(path) DESC LIMIT 1");
    if (rows.empty()) return std::nullopt;
    return Disk{.folder = rows.front().at(0).value_or(""),
                .free = number(rows.front().at(1)) << kilo};
  } catch (const ServerRefused&) {  // not there, or not for this account: there is another way
    return std::nullopt;
  }
}

/// A tunnel, and a container, look as if the server were here; its name tells.
std::optional<Disk> disk_of_this_machine(Connection& connection) {
  const auto row = connection.rows("SELECT @@hostname, @@datadir").at(0);
  std::array<char, 256> here{};
  if (::gethostname(here.data(), here.size() - 1) != 0) return std::nullopt;
  if (row.at(0) != std::string_view(here.data())) return std::nullopt;
  struct statvfs file_system {};
  const std::string folder = row.at(1).value_or("");
  if (::statvfs(folder.c_str(), &file_system) != 0) return std::nullopt;
  return Disk{.folder = folder, .free = std::uint64_t{file_system.f_bavail} * file_system.f_frsize};
}

bool is_near(const core::ConnectionOptions& options) {
  return !options.socket.empty() || options.host == "localhost" || options.host == "::1" ||
         options.host.starts_with("127.");
}

bool is_on(const std::optional<std::string>& value) {
  return value && *value != "0" && *value != "OFF";
}

class LiveReplication : public port::Replication {
 public:
  explicit LiveReplication(core::ConnectionOptions options) : options_(std::move(options)) {}

  ReplicaFacts look(const std::vector<HostPort>& hosts) override {
    Connection connection(options_);
    ReplicaFacts facts;
    for (const Row& row : connection.rows("SHOW GLOBAL VARIABLES WHERE variable_name IN "
                                          "('read_only', 'super_read_only')"))
      facts.read_only = facts.read_only || is_on(row.at(1));
    // Each for itself: what it may see of one thing says nothing of the next.
    const auto see = [&facts](std::string_view what, const auto& look) {
      try {
        look();
      } catch (const ServerRefused& refused) {
        facts.unseen.push_back({.what = std::string(what), .why = words(refused)});
      }
    };
    see("whether this server is a replica", [&] { facts.follows = read_following(connection); });
    see("how many replicas this server has", [&] {
      facts.followers = show(connection, {"SHOW REPLICAS", "SHOW SLAVE HOSTS"}).size();
    });
    see("the members of its group", [&] { facts.members = read_members(connection); });
    see("the state of its Galera node", [&] { facts.galera = read_galera(connection); });
    see("transactions of others",
        [&] { facts.transactions = read_open_transactions(connection, 0); });
    facts.disk = disk_by_plugin(connection);
    if (!facts.disk && is_near(options_)) facts.disk = disk_of_this_machine(connection);
    for (const HostPort& host : hosts) facts.replicas.push_back(ask(host));
    return facts;
  }

 private:
  Replica ask(const HostPort& address) const {
    Replica replica{.address = address, .follows = {}, .why_unseen = {}};
    core::ConnectionOptions options = options_;
    options.socket.clear();
    options.schema.clear();  // it may not have it yet
    options.host = address.host == "localhost" ? "127.0.0.1" : address.host;
    options.port = address.port;
    try {
      Connection connection(options);
      replica.follows = read_following(connection);
    } catch (const core::Fault& fault) {
      replica.why_unseen = words(fault);
    }
    return replica;
  }

  core::ConnectionOptions options_;
};

}  // namespace

std::unique_ptr<port::Replication> open_replication(core::ConnectionOptions options) {
  return std::make_unique<LiveReplication>(std::move(options));
}

}  // namespace migrate::mysql
