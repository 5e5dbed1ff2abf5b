#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "project.h"

namespace migrate::testing {
namespace {

class Concurrency : public ::testing::TestWithParam<std::string> {
 protected:
  Project project_{RealServer::named(GetParam())};

  bool waits_for_metadata_lock() {
    return project_.sql().value(
               "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for "
               "table metadata lock%' AND db = '" +
               project_.schema() + "'") == "1";
  }

  // A step that runs until the test lets it go.
  void write_step_that_waits() {
    project_.sql().query("CREATE TABLE held (id INT PRIMARY KEY)");
    project_.write("migrations/1_waits.up.sql",
                   "SET SESSION lock_wait_timeout = 600;\n"
                   "ALTER TABLE held ADD COLUMN note INT;\n");
  }
};

TEST_P(Concurrency, the_second_of_two_runs_waits_and_both_succeed) {
  write_step_that_waits();
  project_.sql().query("LOCK TABLES held READ");
  Process first = project_.start({"up"});
  RawConnection look(project_.server().connection());
  ASSERT_TRUE(eventually([&] { return waits_for_metadata_lock(); }));
  Process second = project_.start({"up", "--lock-timeout", "300"});
  ASSERT_TRUE(eventually([&] {
    return look.value(
               "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'User "
               "lock%'") == "1";
  }));
  project_.sql().query("UNLOCK TABLES");
  const Ending one = first.wait();
  const Ending two = second.wait();
  EXPECT_EQ(one.code, 0) << one.out << one.err;
  EXPECT_EQ(two.code, 0) << two.out << two.err;
  EXPECT_NE(two.err.find("wait"), std::string::npos) << two.err;
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM migrate_log WHERE event = 'applied'"), "1");
}

TEST_P(Concurrency, a_run_that_waited_long_enough_names_the_holder) {
  write_step_that_waits();
  project_.sql().query("LOCK TABLES held READ");
  Process first = project_.start({"up"});
  ASSERT_TRUE(eventually([&] { return waits_for_metadata_lock(); }));
  const std::string holder = [&] {
    RawConnection look(project_.server().connection());
    return look.value("SELECT IS_USED_LOCK('migrate.run." + project_.schema() + "')");
  }();
  const Ending second = project_.run("up --lock-timeout 1");
  const Ending as_json = project_.run("up --lock-timeout 0 --format json");
  project_.sql().query("UNLOCK TABLES");
  EXPECT_EQ(second.code, 7) << second.out << second.err;
  EXPECT_NE(second.out.find("connection " + holder), std::string::npos) << second.out;
  EXPECT_NE(second.out.find("root@localhost"), std::string::npos) << second.out;
  EXPECT_NE(second.out.find("since 20"), std::string::npos) << second.out;
  EXPECT_NE(second.out.find("--lock-timeout"), std::string::npos) << second.out;
  EXPECT_EQ(as_json.code, 7) << as_json.out;
  EXPECT_EQ(first.wait().code, 0);
  // A look is never kept out.
  EXPECT_EQ(project_.run("status").code, 0);
}

TEST_P(Concurrency, runs_on_two_schemas_of_one_server_do_not_wait) {
  write_step_that_waits();
  project_.sql().query("LOCK TABLES held READ");
  Process first = project_.start({"up"});
  ASSERT_TRUE(eventually([&] { return waits_for_metadata_lock(); }));
  Project other(RealServer::named(GetParam()));
  other.write("migrations/1_a.up.sql", "CREATE TABLE a (id INT PRIMARY KEY);\n");
  const Ending second = other.run("up --lock-timeout 0");
  project_.sql().query("UNLOCK TABLES");
  EXPECT_EQ(second.code, 0) << second.out << second.err;
  EXPECT_EQ(first.wait().code, 0);
}

TEST_P(Concurrency, twenty_runs_apply_each_of_fifty_steps_once) {
  project_.sql().query("CREATE TABLE applied_steps (step INT NOT NULL)");
  for (int step = 1; step <= 50; ++step) {
    const std::string number = std::to_string(step);
    project_.write("migrations/" + number + "_step.up.sql",
                   step % 2 == 0
                       ? "INSERT INTO applied_steps VALUES (" + number + ");\n"
                       : "CREATE TABLE t" + number +
                             " (id INT PRIMARY KEY);\nINSERT INTO applied_steps VALUES (" + number +
                             ");\n");
  }
  std::vector<Process> runs;
  runs.reserve(20);
  for (int i = 0; i < 20; ++i) runs.push_back(project_.start({"up", "--lock-timeout", "300"}));
  for (Process& run : runs) {
    const Ending ending = run.wait();
    EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  }
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM applied_steps"), "50");
  EXPECT_EQ(project_.sql().value("SELECT COUNT(DISTINCT step) FROM applied_steps"), "50");
  EXPECT_EQ(project_.sql().value("SELECT COUNT(*) FROM migrate_log WHERE event = 'applied'"), "50");
}

INSTANTIATE_TEST_SUITE_P(E2e, Concurrency, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
