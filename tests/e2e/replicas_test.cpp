// The guard `replicas` between a source and a replica of its own.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "expectations.h"
#include "project.h"
#include "support/proxy.h"

namespace migrate::testing {
namespace {

/// One that nobody has at this moment.
std::uint16_t free_port() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.get(), generic, length) != 0 ||
      ::getsockname(socket.get(), generic, &length) != 0)
    throw std::system_error(errno, std::generic_category(), "no free port");
  return ntohs(address.sin_port);
}

/// For the processes that are started meanwhile.
class InTimeZone {
 public:
  explicit InTimeZone(const char* zone) {
    if (const char* before = std::getenv("TZ")) kept_ = before;
    ::setenv("TZ", zone, 1);
  }
  ~InTimeZone() {
    if (kept_) {
      ::setenv("TZ", kept_->c_str(), 1);
    } else {
      ::unsetenv("TZ");
    }
  }
  InTimeZone(const InTimeZone&) = delete;
  InTimeZone& operator=(const InTimeZone&) = delete;

 private:
  std::optional<std::string> kept_;
};

/// By TCP, and able to be followed; its machine's clock is not UTC.
struct ListeningServer {
  ListeningServer(const std::string& name, int id)
      : port(free_port()),
        server(name,
               {"--skip-networking=0", "--bind-address=127.0.0.1", "--port=" + std::to_string(port),
                "--log-bin=changes", "--server-id=" + std::to_string(id)}),
        sql(server.connection()) {
    // Not told to whoever follows, which has them itself.
    sql.query("SET SESSION sql_log_bin = 0");
    for (const char* user : {"runner", "follower", "blind"})
      sql.query(std::string("CREATE USER ") + user + "@'%' IDENTIFIED BY 'secret'");
    sql.query("GRANT ALL ON *.* TO runner@'%'");
    sql.query("GRANT REPLICATION SLAVE ON *.* TO follower@'%'");
    sql.query("GRANT ALL ON `scratch\\_%`.* TO blind@'%'");
    sql.query("SET SESSION sql_log_bin = 1");
  }

  InTimeZone zone{"JST-9"};
  std::uint16_t port;
  RealServer server;
  RawConnection sql;
};

class Replicas : public ::testing::TestWithParam<std::string> {
 protected:
  Replicas() {
    project_.write("migrations/1_teas.up.sql", "CREATE TABLE teas (id INT PRIMARY KEY);\n");
    configure("");
  }

  /// `more`: keys of `replicas:`.
  void configure(const std::string& more) {
    std::string yaml = "environments:\n";
    for (const char* user : {"runner", "blind"})
      yaml += std::string("  ") + user +
              ":\n    host: 127.0.0.1\n    port: " + std::to_string(source_.port) +
              "\n    user: " + user +
              "\n    password: secret\n    schema: ${schema}\n    require: replicas\n"
              "    replicas: {max_lag: 1h, " +
              more + "}\n";
    project_.write("migrate.yaml", yaml + "default_env: runner\n");
  }

  ListeningServer source_{GetParam(), 1};
  Project project_{source_.server};
};

class AReplica : public Replicas {
 protected:
  AReplica() {
    const bool is_mysql = GetParam() == "mysql";
    const std::string port = std::to_string(source_.port);
    if (is_mysql) {
      replica_.sql.query(
          "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = " + port +
          ", SOURCE_USER = 'follower', SOURCE_PASSWORD = 'secret', GET_SOURCE_PUBLIC_KEY = 1, "
          "SOURCE_SSL = 0, SOURCE_LOG_FILE = '" +
          source_.sql.value("SHOW BINARY LOGS") + "', SOURCE_LOG_POS = 4");
    } else {
      replica_.sql.query("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = " + port +
                         ", MASTER_USER = 'follower', MASTER_PASSWORD = 'secret', "
                         "MASTER_LOG_FILE = '" +
                         source_.sql.value("SHOW BINARY LOGS") + "', MASTER_LOG_POS = 4");
    }
    configure("hosts: [\"localhost:" + std::to_string(replica_.port) + "\"]");
  }

  /// Until it sees what the source has.
  bool has_caught_up() {
    source_.sql.query("CREATE DATABASE seen");
    for (int i = 0; i < 3000; ++i) {
      if (replica_.sql.value("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name "
                             "= 'seen'") == "1")
        return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  std::string name() const { return "replica localhost:" + std::to_string(replica_.port); }

  ListeningServer replica_{GetParam(), 2};
};

TEST_P(AReplica, that_stands_still_is_in_the_way) {
  expect_in(run_expecting(4, project_, "up").out, name() + " does not apply what it receives");
  replica_.sql.query("START REPLICA");
  ASSERT_TRUE(has_caught_up());
  expect_in(run_expecting(0, project_, "preflight").out, "✓ replicas     " + name() + " is ");
  replica_.sql.query("STOP REPLICA SQL_THREAD");
  expect_in(run_expecting(4, project_, "up").out,
            "replicas: " + name() + " does not apply what it receives");
  expect_in(run_expecting(4, project_, "preflight").out, "START REPLICA");
  // It is there, and nobody asks it.
  configure("");
  expect_in(run_expecting(0, project_, "preflight").out, "1 replica follows this server");
  configure("hosts: [\"127.0.0.1:1\"]");
  expect_in(run_expecting(4, project_, "up").out,
            "how far replica 127.0.0.1:1 is behind cannot be seen");
  // The replica itself is no place to run.
  project_.write("migrate.yaml", "environments:\n  runner:\n    host: 127.0.0.1\n    port: " +
                                     std::to_string(replica_.port) +
                                     "\n    user: runner\n    password: secret\n    schema: seen\n"
                                     "    require: replicas\ndefault_env: runner\n");
  expect_in(run_expecting(4, project_, "up").out,
            "the server is a replica of 127.0.0.1:" + std::to_string(source_.port));
}

TEST_P(Replicas, want_a_server_that_takes_writes) {
  source_.sql.query("SET GLOBAL read_only = 1");
  expect_in(run_expecting(4, project_, "up").out, "the server is read-only");
  source_.sql.query("SET GLOBAL read_only = 0");
  run_expecting(0, project_, "up");
  // Here its disk can be looked at.
  project_.write("migrations/2_teas.up.sql", "ALTER TABLE teas ADD note INT;\n");
  expect_in(run_expecting(0, project_, "preflight").out, " free for a copy of teas");
}

TEST_P(Replicas, want_no_long_transaction) {
  configure("long_transaction: 1s");
  source_.sql.query("CREATE TABLE " + project_.schema() + ".kept (id INT PRIMARY KEY)");
  RawConnection other(source_.server.connection());
  other.query("BEGIN");
  other.query("INSERT INTO " + project_.schema() + ".kept VALUES (1)");
  const std::string id = other.value("SELECT CONNECTION_ID()");
  // The condition is one of time.
  other.query("DO SLEEP(2.5)");
  const Ending up = run_expecting(4, project_, "up");
  expect_in(up.out, "a transaction is open for longer than 1 s: connection " + id + " (root@");
  expect_in(up.out, "KILL " + id);
  run_expecting(0, project_, "up --override \"replicas=agreed with the owner\"");
  expect_in(run_expecting(0, project_, "history").out, "agreed with the owner");
}

TEST_P(Replicas, tell_what_they_may_not_see) {
  project_.write("migrations/2_teas.up.sql", "ALTER TABLE teas ADD note INT;\n");
  const Ending up = run_expecting(0, project_, "up --env blind");
  expect_in(up.err, "whether this server is a replica cannot be seen");
  expect_in(up.err, "transactions of others cannot be seen");
  source_.sql.query(GetParam() == "mysql"
                        ? "GRANT PROCESS, REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO blind@'%'"
                        : "GRANT PROCESS, SLAVE MONITOR, REPLICATION MASTER ADMIN ON *.* TO "
                          "blind@'%'");
  project_.write("migrations/3_teas.up.sql", "ALTER TABLE teas ADD price INT;\n");
  const Ending preflight = run_expecting(0, project_, "preflight --env blind");
  expect_in(preflight.out, "✓ replicas ");
}

INSTANTIATE_TEST_SUITE_P(E2e, Replicas, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Replicas);
INSTANTIATE_TEST_SUITE_P(E2e, AReplica, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(AReplica);

}  // namespace
}  // namespace migrate::testing
