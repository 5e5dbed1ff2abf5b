#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX

#include "watched_project.h"

namespace migrate::testing {
namespace {

class Stopped : public WatchedProject {};

TEST_P(Stopped, an_interrupted_data_step_leaves_nothing) {
  project_.sql().query("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
  project_.sql().query("INSERT INTO t VALUES (7)");
  const std::string data =
      "SET SESSION innodb_lock_wait_timeout = 600;\n"
      "INSERT INTO t VALUES (1);\n"
      "UPDATE t SET id = 8 WHERE id = 7;\n";
  project_.write("migrations/1_data.up.sql", data);
  project_.sql().query("BEGIN");
  project_.sql().query("SELECT * FROM t WHERE id = 7 FOR UPDATE");
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes_to_run("UPDATE t SET id"));
  up.signal(SIGINT);
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  EXPECT_NE(ending.out.find("stopped"), std::string::npos) << ending.out;
  EXPECT_TRUE(is_gone("UPDATE t SET id"));
  project_.sql().query("ROLLBACK");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id) FROM t"), "7");
  EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_ledger"), "0");
  EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_log WHERE event = 'stopped'"), "1");

  EXPECT_EQ(project_.run("up").code, 0);
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id ORDER BY id) FROM t"), "1,8");
}

TEST_P(Stopped, a_terminated_alter_is_cancelled_and_the_next_run_goes_on) {
  project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
  project_.write("migrations/1_schema.up.sql",
                 "SET SESSION lock_wait_timeout = 600;\n"
                 "CREATE TABLE before_it (id INT PRIMARY KEY);\n"
                 "ALTER TABLE held ADD COLUMN note INT;\n"
                 "CREATE TABLE behind_it (id INT PRIMARY KEY);\n");
  project_.sql().query("LOCK TABLES held READ");
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes_to_run("ALTER TABLE held"));
  up.signal(SIGTERM);
  const Ending ending = up.wait();
  EXPECT_TRUE(is_gone("ALTER TABLE held"));
  project_.sql().query("UNLOCK TABLES");
  EXPECT_EQ(ending.code, 143) << ending.out << ending.err;
  EXPECT_NE(ending.out.find("statement 3 of 4"), std::string::npos) << ending.out;
  EXPECT_EQ(value("SELECT state FROM migrate_ledger"), "partly_up");
  EXPECT_EQ(value("SELECT COUNT(*) FROM before_it"), "0");
  EXPECT_EQ(project_.run("status").code, 2);
  const Ending next = project_.run("up");
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  EXPECT_EQ(value("SELECT COUNT(note) FROM held"), "0");
  EXPECT_EQ(value("SELECT COUNT(*) FROM behind_it"), "0");
}

TEST_P(Stopped, no_step_begins_after_the_signal) {
  project_.write("migrations/1_sleeps.up.sql", "SELECT SLEEP(600);\n");
  project_.write("migrations/2_next.up.sql", "CREATE TABLE t (id INT PRIMARY KEY);\n");
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes_to_run("SELECT SLEEP(600)"));
  up.signal(SIGINT);
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  EXPECT_TRUE(is_gone("SELECT SLEEP(600)"));
  EXPECT_EQ(value("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" +
                  project_.schema() + "' AND table_name = 't'"),
            "0");
}

TEST_P(Stopped, a_run_that_waits_for_the_lock_hears_the_signal) {
  project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
  project_.write("migrations/1_waits.up.sql",
                 "SET SESSION lock_wait_timeout = 600;\nALTER TABLE held ADD COLUMN note INT;\n");
  project_.sql().query("LOCK TABLES held READ");
  Process first = project_.start({"up"});
  ASSERT_TRUE(comes_to_run("ALTER TABLE held"));
  Process second = project_.start({"up", "--lock-timeout", "600"});
  ASSERT_TRUE(comes_to_run("SELECT GET_LOCK"));
  second.signal(SIGTERM);
  const Ending ending = second.wait();
  EXPECT_EQ(ending.code, 143) << ending.out << ending.err;
  project_.sql().query("UNLOCK TABLES");
  EXPECT_EQ(first.wait().code, 0);
}

TEST_P(Stopped, an_interrupted_exec_is_in_the_history) {
  project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
  project_.write("slow.sql",
                 "SET SESSION lock_wait_timeout = 600;\nALTER TABLE held ADD COLUMN note INT;\n");
  project_.sql().query("LOCK TABLES held READ");
  Process exec = project_.start({"exec", "slow.sql"});
  ASSERT_TRUE(comes_to_run("ALTER TABLE held"));
  exec.signal(SIGINT);
  const Ending ending = exec.wait();
  EXPECT_TRUE(is_gone("ALTER TABLE held"));
  project_.sql().query("UNLOCK TABLES");
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  EXPECT_NE(
      value("SELECT message FROM migrate_log WHERE event = 'exec finished'").find("slow.sql:2"),
      std::string::npos);
}

// The server does not answer, so the first signal cancels in vain.
TEST_P(Stopped, a_second_signal_ends_it_at_once) {
  project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
  project_.write("migrations/1_waits.up.sql",
                 "SET SESSION lock_wait_timeout = 600;\nALTER TABLE held ADD COLUMN note INT;\n");
  project_.sql().query("LOCK TABLES held READ");
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes_to_run("ALTER TABLE held"));
  const auto server = project_.server_pid();
  ::kill(server, SIGSTOP);
  up.signal(SIGINT);
  pause_between_looks();
  EXPECT_TRUE(eventually([&] {
    up.signal(SIGINT);
    return up.has_ended();
  }));
  ::kill(server, SIGCONT);
  EXPECT_EQ(up.wait().code, 130);
  project_.sql().query("UNLOCK TABLES");
}

TEST_P(Stopped, nothing_of_a_killed_data_step_remains) {
  project_.sql().query("CREATE TABLE t (id INT PRIMARY KEY)");
  project_.write("migrations/1_first.up.sql", "INSERT INTO t VALUES (10);\n");
  project_.write("migrations/2_data.up.sql",
                 "INSERT INTO t VALUES (1);\n"
                 "INSERT INTO t SELECT SLEEP(600) + 2;\n");
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes_to_run("INSERT INTO t SELECT SLEEP(600)"));
  up.signal(SIGKILL);
  EXPECT_EQ(up.wait().code, 128 + SIGKILL);
  // A server notices a dead client only when it writes to it; this is the DBA's KILL.
  for (const Row& row : look_.query("SELECT id FROM information_schema.processlist WHERE db = '" +
                                    project_.schema() + "' AND info LIKE '%SLEEP(600)%'")) {
    if (row[0] != look_.value("SELECT CONNECTION_ID()")) look_.query("KILL " + row[0].value());
  }
  ASSERT_TRUE(is_gone("INSERT INTO t SELECT SLEEP"));
  EXPECT_EQ(project_.run("status").code, 2);
  project_.write("migrations/2_data.up.sql", "INSERT INTO t VALUES (1), (2);\n");
  const Ending next = project_.run("up");
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id ORDER BY id) FROM t"), "1,2,10");
  EXPECT_EQ(project_.run("status").code, 0);
}

TEST_P(Stopped, wherever_it_is_interrupted_the_next_run_ends_as_an_undisturbed_one) {
  constexpr int steps = 30;
  project_.write("migrations/0_counter.up.sql",
                 "CREATE TABLE counter (n INT); INSERT INTO counter VALUES (0);\n");
  for (int step = 1; step <= steps; ++step) {
    const std::string table = "t" + std::to_string(step);
    project_.write("migrations/" + std::to_string(step) + "_step.up.sql",
                   "CREATE TABLE " + table +
                       " (a INT);\nUPDATE counter SET n = n + 1;\nALTER TABLE " + table +
                       " ADD COLUMN b INT;\nSET @a = 1;\nUPDATE counter SET n = n + @a;\n");
  }
  std::filesystem::create_directory(project_.directory() / "none");
  for (int attempt = 0; attempt < 25; ++attempt) {
    ASSERT_EQ(project_.run("reset --yes --quiet --migrations none").code, 0);
    Process process = project_.start({"up", "--quiet"});
    // The moment is what varies: later in each attempt.
    std::this_thread::sleep_for(std::chrono::milliseconds(10 + 7 * attempt));
    process.signal(SIGINT);
    const Ending stopped = process.wait(std::chrono::seconds(30));
    EXPECT_TRUE(stopped.code == 130 || stopped.code == 0) << attempt << stopped.out << stopped.err;
    const Ending next = project_.run("up --quiet");
    ASSERT_EQ(next.code, 0) << attempt << ": " << stopped.out << stopped.err << next.out
                            << next.err;
    ASSERT_EQ(value("SELECT n FROM counter"), std::to_string(2 * steps)) << attempt;
  }
}

INSTANTIATE_TEST_SUITE_P(E2e, Stopped, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
