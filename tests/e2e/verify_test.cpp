// A rehearsal that is cut off.
#include <csignal>
#include <string>

#include <gtest/gtest.h>

#include "watched_project.h"

namespace migrate::testing {
namespace {

class VerifyCutOff : public WatchedProject {
 protected:
  void SetUp() override {
    project_.write("migrations/1_t.up.sql", "CREATE TABLE t (id INT PRIMARY KEY);\n");
    project_.write("migrations/1_t.down.sql", "DROP TABLE t;\n");
    project_.write("migrations/2_slow.up.sql", "DO SLEEP(600);\n");
    project_.write("migrations/2_slow.down.sql", "DO 0;\n");
  }

  bool is_rehearsing_the_slow_step() {
    return eventually([&] {
      return look_.value(
                 "SELECT COUNT(*) FROM information_schema.processlist WHERE db LIKE "
                 "'migrate\\_verify\\_%' AND info LIKE '%DO SLEEP(600)%'") != "0";
    });
  }
  std::string scratch_schemas() {
    return look_.value(
        "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name LIKE "
        "'migrate\\_verify\\_%'");
  }
  std::string tables_of_the_target() {
    return look_.value("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" +
                       project_.schema() + "'");
  }
};

TEST_P(VerifyCutOff, a_signal_drops_its_schemas) {
  Process verify = project_.start({"verify", "--all", "--on", "test"});
  ASSERT_TRUE(is_rehearsing_the_slow_step());
  verify.signal(SIGINT);
  const Ending ending = verify.wait();
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  EXPECT_NE(ending.out.find("stopped"), std::string::npos) << ending.out;
  EXPECT_EQ(scratch_schemas(), "0");
  EXPECT_EQ(tables_of_the_target(), "0");
}

TEST_P(VerifyCutOff, what_a_kill_leaves_is_dropped_by_the_next) {
  Process verify = project_.start({"verify", "--all", "--on", "test"});
  ASSERT_TRUE(is_rehearsing_the_slow_step());
  verify.signal(SIGKILL);
  verify.wait();
  EXPECT_NE(scratch_schemas(), "0");
  project_.write("migrations/2_slow.up.sql", "DO 0;\n");
  const Ending next = project_.run("verify --all --on test");
  EXPECT_EQ(next.code, 0) << next.out << next.err;
  EXPECT_EQ(scratch_schemas(), "0");
  EXPECT_EQ(tables_of_the_target(), "0");
}

TEST_P(VerifyCutOff, two_at_a_time_leave_each_other_alone) {
  Process slow = project_.start({"verify", "--all", "--on", "test"});
  ASSERT_TRUE(is_rehearsing_the_slow_step());
  const Ending other = project_.run("verify --all --on test 1");
  EXPECT_EQ(other.code, 0) << other.out << other.err;
  EXPECT_NE(scratch_schemas(), "0");
  slow.signal(SIGTERM);
  EXPECT_EQ(slow.wait().code, 143);
  EXPECT_EQ(scratch_schemas(), "0");
}

INSTANTIATE_TEST_SUITE_P(E2e, VerifyCutOff, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
