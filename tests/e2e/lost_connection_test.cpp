#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX

#include "watched_project.h"

namespace migrate::testing {
namespace {

class LostConnection : public WatchedProject {
 protected:
  /// `up` with a step whose ALTER of the table `held` waits until the test unlocks it.
  Process alter_that_waits(const std::vector<std::string>& options = {}) {
    project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
    project_.write("migrations/1_schema.up.sql", schema_change);
    project_.sql().query("LOCK TABLES held READ");
    std::vector<std::string> arguments{"up"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    Process up = project_.start(arguments);
    EXPECT_TRUE(comes_to_run("ALTER TABLE held"));
    return up;
  }
  static constexpr const char* schema_change =
      "SET SESSION lock_wait_timeout = 600;\n"
      "CREATE TABLE before_it (id INT PRIMARY KEY);\n"
      "ALTER TABLE held ADD COLUMN note INT;\n"
      "CREATE TABLE behind_it (id INT PRIMARY KEY);\n";
};

TEST_P(LostConnection, in_a_schema_change_is_got_over_by_the_same_run) {
  Process up = alter_that_waits();
  const std::string first = connection_running("ALTER TABLE held");
  look_.query("KILL " + first);
  ASSERT_TRUE(eventually([&] {
    const std::string running = connection_running("ALTER TABLE held");
    return !running.empty() && running != first;
  }));
  project_.sql().query("UNLOCK TABLES");
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  EXPECT_NE(ending.out.find("table `held` has not changed, so it will run again"),
            std::string::npos)
      << ending.out;
  EXPECT_EQ(value("SELECT COUNT(note) FROM held"), "0");
  EXPECT_EQ(value("SELECT COUNT(*) FROM behind_it"), "0");
  EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_log WHERE event = 'settled'"), "1");
}

TEST_P(LostConnection, in_a_schema_change_is_settled_by_the_next_run) {
  Process up = alter_that_waits({"--reconnect-timeout", "0"});
  look_.query("KILL " + connection_running("ALTER TABLE held"));
  const Ending ending = up.wait();
  EXPECT_TRUE(is_gone("ALTER TABLE held"));
  project_.sql().query("UNLOCK TABLES");
  EXPECT_EQ(ending.code, 69) << ending.out << ending.err;
  EXPECT_NE(ending.out.find("migrations/1_schema.up.sql:3"), std::string::npos) << ending.out;

  const Ending status = project_.run("status");
  EXPECT_EQ(status.code, 2) << status.out << status.err;
  EXPECT_NE(status.out.find("has not changed"), std::string::npos) << status.out;
  const Ending next = project_.run("up");
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  EXPECT_EQ(value("SELECT COUNT(note) FROM held"), "0");
  EXPECT_EQ(value("SELECT COUNT(*) FROM behind_it"), "0");
}

TEST_P(LostConnection, an_orphaned_statement_is_waited_for_or_ended_when_told) {
  Process dies = alter_that_waits();
  const std::string orphan = connection_running("ALTER TABLE held");
  dies.signal(SIGKILL);
  dies.wait();
  // MariaDB notices that the client of a waiting statement is gone, and ends it; MySQL does not.
  if (GetParam() == "mysql") {
    const Ending waits = project_.run("up --orphan-timeout 1");
    EXPECT_EQ(waits.code, 7) << waits.out << waits.err;
    EXPECT_NE(waits.out.find("connection " + orphan), std::string::npos) << waits.out;
    // Where the line breaks hangs on the length of the connection's number.
    const std::string told = std::regex_replace(waits.out, std::regex("\\s+"), " ");
    EXPECT_NE(told.find("ALTER TABLE held"), std::string::npos) << waits.out;
  }
  Process next = project_.start({"up", "--kill-orphan"});
  ASSERT_TRUE(eventually([&] {
    const std::string running = connection_running("ALTER TABLE held");
    return !running.empty() && running != orphan;
  }));
  project_.sql().query("UNLOCK TABLES");
  const Ending ending = next.wait();
  EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  EXPECT_EQ(value("SELECT COUNT(note) FROM held"), "0");
}

TEST_P(LostConnection, in_a_data_step_leaves_nothing) {
  project_.sql().query("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
  project_.sql().query("INSERT INTO t VALUES (7)");
  project_.write("migrations/1_data.up.sql",
                 "SET SESSION innodb_lock_wait_timeout = 600;\n"
                 "INSERT INTO t VALUES (1);\n"
                 "UPDATE t SET id = 8 WHERE id = 7;\n");
  project_.sql().query("BEGIN");
  project_.sql().query("SELECT * FROM t WHERE id = 7 FOR UPDATE");
  Process up = project_.start({"up", "--reconnect-timeout", "0"});
  ASSERT_TRUE(comes_to_run("UPDATE t SET id"));
  const std::string connection = connection_running("UPDATE t SET id");
  look_.query("KILL " + connection);
  const Ending ending = up.wait();
  project_.sql().query("ROLLBACK");
  EXPECT_EQ(ending.code, 69) << ending.out << ending.err;
  ASSERT_TRUE(eventually([&] {
    return look_.value("SELECT COUNT(*) FROM information_schema.processlist WHERE id = " +
                       connection) == "0";
  }));
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id) FROM t"), "7");
  EXPECT_EQ(project_.run("status").code, 2);
  const Ending next = project_.run("up");
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id ORDER BY id) FROM t"), "1,8");
}

INSTANTIATE_TEST_SUITE_P(E2e, LostConnection, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
