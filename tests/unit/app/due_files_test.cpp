// A file is split when it is to run, and its locks are taken when there is something to run.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/inspection.h"
#include "core/fault.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::StepStatus;

class DueFiles : public ::testing::Test {
 protected:
  DueFiles() {
    world.steps.up("1", "CREATE TABLE a (id INT);");
    world.steps.down("1", "DROP TABLE a;");
    world.steps.ddl("view", "CREATE TABLE b (id INT);");
    EXPECT_EQ(world.up(), ExitCode::done);
    world.events.clear();
  }

  core::Status status() {
    return app::inspect([&] { return world.server.connect(); }, world.steps, world.background);
  }

  /// Whether the file was split since the steps were made.
  bool examined(const std::string& path) const {
    const auto& paths = world.steps.examined();
    return std::ranges::find(paths, path) != paths.end();
  }

  World world;
};

TEST_F(DueFiles, AnAppliedFileThatCannotBeSplitDoesNotMatter) {
  for (const char* path :
       {"migrations/1_step.up.sql", "migrations/1_step.down.sql", "ddl/view.sql"}) {
    world.steps.spoil(path);
  }
  EXPECT_EQ(status().exit_code(), ExitCode::done);
  EXPECT_EQ(world.up(), ExitCode::done);
  world.steps.up("2", "INSERT INTO a VALUES (2);");
  EXPECT_EQ(status().exit_code(), ExitCode::pending);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "2");
}

TEST_F(DueFiles, BadOnesStopUpBeforeAnythingAndAreAllNamed) {
  world.steps.up("2", "INSERT INTO a VALUES (2);");
  world.steps.up("3", "SELECT 'never closed;");
  world.steps.up("4", "INSERT INTO a VALUES (4);");
  world.steps.up("5", "SELECT /* never closed;");
  const std::string before = world.state();
  const auto expect_both = [](const core::Fault& fault) {
    const std::string what = fault.what();
    EXPECT_EQ(fault.code(), ExitCode::configuration);
    EXPECT_NE(what.find("migrations/3_step.up.sql:1:8: "), std::string::npos) << what;
    EXPECT_NE(what.find("migrations/5_step.up.sql:1:8: "), std::string::npos) << what;
    EXPECT_EQ(std::ranges::count(what, '\n'), 1) << what;
  };
  try {
    world.up();
    ADD_FAILURE() << "it ran";
  } catch (const core::Fault& fault) {
    expect_both(fault);
  }
  EXPECT_EQ(world.state(), before);
  try {
    status();
    ADD_FAILURE() << "it was not looked at";
  } catch (const core::Fault& fault) {
    expect_both(fault);
  }
}

TEST_F(DueFiles, ABadDownFileStopsDownAndABadUpFileDoesNot) {
  world.steps.spoil("migrations/1_step.up.sql");
  world.steps.spoil("migrations/1_step.down.sql");
  EXPECT_THROW(world.down(), core::Fault);
  EXPECT_TRUE(world.has_table("a"));
  World other;
  other.steps.up("1", "CREATE TABLE a (id INT);");
  other.steps.down("1", "DROP TABLE a;");
  ASSERT_EQ(other.up(), ExitCode::done);
  other.steps.spoil("migrations/1_step.up.sql");
  EXPECT_EQ(other.down(), ExitCode::done);
  EXPECT_FALSE(other.has_table("a"));
}

TEST_F(DueFiles, RollbackOnFailureNeedsTheDownFilesToo) {
  world.steps.up("2", "-- migrate: stepwise\nCREATE TABLE c (id INT);");
  world.steps.down("2", "DROP TABLE 'c;");
  EXPECT_THROW(world.up({.on_failure = core::OnFailure::rollback}), core::Fault);
  EXPECT_FALSE(world.has_table("c"));
}

TEST_F(DueFiles, AFileThatChangedBehindItsBackIsStillRefused) {
  world.steps.up("1", "CREATE TABLE a (id INT); -- more");
  EXPECT_EQ(world.up(), ExitCode::drift);
  EXPECT_EQ(status().exit_code(), ExitCode::drift);
}

TEST_F(DueFiles, BaselineCountsTheStatementsOfWhatItDeclares) {
  World fresh;
  fresh.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);");
  fresh.steps.up("2", "SELECT 'never closed;");
  EXPECT_EQ(fresh.baseline("1"), ExitCode::done);
  EXPECT_EQ(fresh.ledger("1")->statements_total, 2U);
}

TEST_F(DueFiles, ResetDropsNothingBeforeItKnowsThatAllCanRun) {
  world.steps.up("2", "SELECT 'never closed;");
  const std::string before = world.state();
  EXPECT_THROW(world.reset(), core::Fault);
  EXPECT_EQ(world.state(), before);
}

TEST_F(DueFiles, ValidateSplitsThemAll) {
  world.steps.spoil("migrations/1_step.down.sql");
  world.steps.up("2", "SELECT 'never closed;");
  const port::Validation validation = app::validate(world.steps);
  ASSERT_EQ(validation.problems.size(), 2U);
  EXPECT_EQ(validation.problems[0].path, "migrations/1_step.down.sql");
  EXPECT_EQ(validation.problems[1].path, "migrations/2_step.up.sql");
}

TEST_F(DueFiles, WithNothingToDoUpAsksThreeTimesAndTakesNoLock) {
  const auto before = world.server.traffic();
  EXPECT_EQ(world.up(), ExitCode::done);
  const auto after = world.server.traffic();
  EXPECT_EQ(after.packets, before.packets);
  EXPECT_EQ(after.round_trips - before.round_trips, 3U);  // connecting, who has locks, history
  const auto started = world.events.first<core::event::RunStarted>();
  ASSERT_TRUE(started);
  EXPECT_EQ(started->steps, 0U);
  EXPECT_TRUE(world.events.first<core::event::RunFinished>());
}

// What another run or a dead run's connection still does may change what is due, and no intent
// tells of it while it is one transaction.
TEST_F(DueFiles, WithNothingToDoUpStillWaitsForAnotherRun) {
  const auto other = world.server.connect();
  ASSERT_TRUE(other->lock("migrate.run.app", std::chrono::seconds(0)));
  EXPECT_EQ(world.up(), ExitCode::locked);
}

TEST_F(DueFiles, WithNothingToDoUpStillEndsWhatADeadRunLeft) {
  const auto orphan = world.server.connect();
  ASSERT_TRUE(orphan->lock("migrate.work.app", std::chrono::seconds(0)));
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_FALSE(world.server.connect()->lock_holder({"migrate.work.app"}));
}

}  // namespace
}  // namespace migrate::testing
