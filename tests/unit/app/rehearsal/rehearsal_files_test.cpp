// What the runner does with the files of a rehearsal, on a server in memory.
#include <gtest/gtest.h>

#include "rehearsal/step_subset.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

class RehearsalFiles : public ::testing::Test {
 protected:
  RehearsalFiles() {
    files_.up("1", "CREATE TABLE a (n INT); CREATE TABLE b (n INT); INSERT INTO b VALUES (1);");
    files_.down("1", "DELETE FROM b; DROP TABLE b; DROP TABLE a;");
    files_.up("2", "CREATE TABLE c (n INT);");
    files_.ddl("d", "CREATE TABLE IF NOT EXISTS d (n INT);");
    const core::Catalog catalog = files_.load().catalog;
    ddl_ = catalog.repeatable.at(0);
    first_ = catalog.versioned.at(0);
  }

  core::ExitCode up(core::OnFailure on_failure = core::OnFailure::stop) {
    return app::up(ports("up"), {.on_failure = on_failure});
  }
  core::ExitCode down() { return app::down(ports("down"), {}); }
  app::RunPorts ports(const std::string& command) {
    events_.clear();
    return {.server = server_,
            .steps = subset_,
            .events = events_,
            .cancellation = cancellation_,
            .clock = clock_,
            .background = background_,
            .guards = guards_,
            .patience = {.reconnect = std::chrono::seconds(0)},
            .run_id = "run-1",
            .command = command,
            .tool_version = "test"};
  }
  bool has_table(const std::string& name) const { return server_.tables().contains(name); }

  MemorySteps files_;
  core::Step ddl_;
  core::Step first_;
  app::StepSubset subset_{files_};
  FakeServer server_;
  RecordedEvents events_;
  FakeCancellation cancellation_;
  app::Guards guards_;
  StoppedClock clock_;
  AtOnce background_;
};

TEST_F(RehearsalFiles, AreThereWhenItIsTheirTurn) {
  subset_.add(first_);
  EXPECT_EQ(up(), core::ExitCode::done);
  EXPECT_TRUE(has_table("a"));
  EXPECT_FALSE(has_table("c"));
  EXPECT_FALSE(has_table("d"));
}

TEST_F(RehearsalFiles, FailWhereTheyAreTold) {
  subset_.add(first_);
  subset_.fail_at(first_.up, 2);
  EXPECT_EQ(up(), core::ExitCode::statement_failed);
  const auto failed = events_.first<core::event::StepFailed>();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->index, 2U);
  EXPECT_TRUE(has_table("a"));
  EXPECT_FALSE(has_table("b"));
  // It goes on as if nobody had touched the file.
  subset_.fail_nowhere();
  EXPECT_EQ(up(), core::ExitCode::done);
  EXPECT_TRUE(has_table("b"));
  subset_.fail_at(*first_.down, 3);
  EXPECT_EQ(down(), core::ExitCode::statement_failed);
  EXPECT_FALSE(has_table("b"));
  EXPECT_TRUE(has_table("a"));
  subset_.fail_nowhere();
  EXPECT_EQ(down(), core::ExitCode::done);
  EXPECT_FALSE(has_table("a"));
}

TEST_F(RehearsalFiles, OfDdlAreAppliedAgainWhenTheyPretendToHaveChanged) {
  subset_.add(ddl_);
  EXPECT_EQ(up(), core::ExitCode::done);
  const std::size_t once = server_.statements().size();
  EXPECT_EQ(up(), core::ExitCode::done);
  EXPECT_EQ(server_.statements().size(), once);
  subset_.pretend_changed(ddl_.id);
  EXPECT_EQ(up(), core::ExitCode::done);
  EXPECT_GT(server_.statements().size(), once);
  EXPECT_EQ(server_.statements().back(), "CREATE TABLE IF NOT EXISTS d (n INT)");
}

}  // namespace
}  // namespace migrate::testing
