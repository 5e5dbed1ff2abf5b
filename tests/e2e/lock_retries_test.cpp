// A session that holds what a statement waits for.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "watched_project.h"

namespace migrate::testing {
namespace {

class HeldTable : public WatchedProject {
 protected:
  HeldTable() {
    project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY) ENGINE=InnoDB");
    project_.sql().query("INSERT INTO held VALUES (7)");
    project_.write("migrations/1_alters.up.sql",
                   "SET SESSION lock_wait_timeout = 1;\n"
                   "CREATE TABLE before_it (id INT PRIMARY KEY);\n"
                   "ALTER TABLE held ADD COLUMN note INT;\n"
                   "CREATE TABLE behind_it (id INT PRIMARY KEY);\n");
  }
  bool tells_locks() const { return GetParam() == "mysql"; }
};

TEST_P(HeldTable, is_altered_when_whoever_holds_it_has_gone) {
  RawConnection holder(project_.server().connection());
  holder.query("BEGIN");
  holder.query("SELECT * FROM " + project_.schema() + ".held");
  const std::string id = holder.value("SELECT CONNECTION_ID()");
  Process up = project_.start({"up", "--lock-retries", "30", "--events", "events"});
  ASSERT_TRUE(is_told("retrying")) << told("step_failed");
  const std::string blocked = told("blocked");
  EXPECT_NE(blocked.find("\"connection_id\":" + id + ","), std::string::npos) << blocked;
  EXPECT_NE(blocked.find(tells_locks() ? "\"certain\":true" : "\"certain\":false"),
            std::string::npos)
      << blocked;
  // Nobody waits behind the ALTER while it pauses.
  project_.sql().query("SET SESSION lock_wait_timeout = 60");
  project_.sql().query("INSERT INTO held VALUES (8)");
  holder.query("COMMIT");
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  EXPECT_NE(ending.err.find("in the way: "), std::string::npos) << ending.err;
  EXPECT_NE(ending.err.find("connection " + id + " "), std::string::npos) << ending.err;
  EXPECT_EQ(value("SELECT COUNT(*) FROM held WHERE note IS NULL"), "2");
  EXPECT_EQ(value("SELECT COUNT(*) FROM behind_it"), "0");
  EXPECT_EQ(value("SELECT state FROM migrate_ledger"), "applied");
  EXPECT_FALSE(told("run_finished").empty());
}

TEST_P(HeldTable, fails_when_it_stays_so_and_the_next_run_goes_on) {
  RawConnection holder(project_.server().connection());
  holder.query("BEGIN");
  holder.query("SELECT * FROM " + project_.schema() + ".held");
  const Ending first = project_.run("up --lock-retries 1");
  EXPECT_EQ(first.code, 5) << first.out << first.err;
  EXPECT_NE(first.err.find("retry 1 of 1"), std::string::npos) << first.err;
  EXPECT_NE(first.out.find("1205"), std::string::npos) << first.out;
  holder.query("COMMIT");
  const Ending second = project_.run("up");
  EXPECT_EQ(second.code, 0) << second.out << second.err;
  EXPECT_EQ(value("SELECT COUNT(note) FROM held"), "0");
}

TEST_P(HeldTable, rows_are_waited_for_too) {
  project_.write("migrations/1_alters.up.sql",
                 "SET SESSION innodb_lock_wait_timeout = 1;\n"
                 "INSERT INTO held VALUES (1);\nUPDATE held SET id = 9 WHERE id = 7;\n");
  RawConnection holder(project_.server().connection());
  holder.query("BEGIN");
  holder.query("SELECT * FROM " + project_.schema() + ".held WHERE id = 7 FOR UPDATE");
  Process up = project_.start({"up", "--lock-retries", "30", "--events", "events"});
  ASSERT_TRUE(is_told("retrying")) << told("step_failed");
  EXPECT_NE(told("blocked").find("\"certain\":false"), std::string::npos) << told("blocked");
  EXPECT_EQ(value("SELECT COUNT(*) FROM held WHERE id = 1"), "0");
  holder.query("COMMIT");
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id ORDER BY id) FROM held"), "1,9");
}

class EndedHolder : public HeldTable {
 protected:
  EndedHolder() {
    const std::string& schema = project_.schema();
    account_ = "r" + schema.substr(schema.size() > 20 ? schema.size() - 20 : 0);
    look_.query("CREATE USER '" + account_ + "'@'localhost' IDENTIFIED BY 'p'");
    look_.query("GRANT SELECT ON " + schema + ".* TO '" + account_ + "'@'localhost'");
    project_.write("migrate.yaml",
                   "environments:\n  test:\n    socket: ${socket}\n    user: root\n"
                   "    schema: ${schema}\n    kill_blockers: [\"" +
                       account_ + "@local%\"]\ndefault_env: test\n");
  }
  ~EndedHolder() override { look_.query("DROP USER '" + account_ + "'@'localhost'"); }

  RawConnection holder() const {
    core::ConnectionOptions options = project_.server().connection();
    options.user = account_;
    options.password = "p";
    return RawConnection(options);
  }

  std::string account_;
};

TEST_P(EndedHolder, where_the_server_tells_who_it_is) {
  RawConnection held = holder();
  held.query("BEGIN");
  held.query("SELECT * FROM " + project_.schema() + ".held");
  const Ending up = project_.run("up --lock-retries 2 --kill-blockers-after 2 --events events");
  const std::string logged =
      value("SELECT COALESCE(MAX(message), '') FROM migrate_log WHERE event = 'blocker ended'");
  if (tells_locks()) {
    EXPECT_EQ(up.code, 0) << up.out << up.err;
    EXPECT_NE(up.err.find("ended: connection "), std::string::npos) << up.err;
    EXPECT_NE(logged.find(account_ + "@localhost"), std::string::npos) << logged;
    EXPECT_NE(logged.find(".held"), std::string::npos) << logged;
    EXPECT_FALSE(told("blocker_ended").empty());
    EXPECT_THROW(held.query("SELECT 1"), QueryFailed);
  } else {
    EXPECT_EQ(up.code, 5) << up.out << up.err;
    EXPECT_EQ(logged, "");
    EXPECT_EQ(held.value("SELECT 1"), "1");
  }
}

TEST_P(EndedHolder, but_no_other_account) {
  RawConnection holder(project_.server().connection());
  holder.query("BEGIN");
  holder.query("SELECT * FROM " + project_.schema() + ".held");
  const Ending up = project_.run("up --lock-retries 1 --kill-blockers-after 0");
  EXPECT_EQ(up.code, 5) << up.out << up.err;
  EXPECT_EQ(holder.value("SELECT 1"), "1");
}

INSTANTIATE_TEST_SUITE_P(E2e, HeldTable, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });
INSTANTIATE_TEST_SUITE_P(E2e, EndedHolder, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
