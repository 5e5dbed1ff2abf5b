// down, redo, baseline, reset and exec.
#include <string>

#include <gtest/gtest.h>

#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::DownRequest;
using core::ExitCode;
using core::LedgerState;

class Applied : public ::testing::Test {
 protected:
  Applied() {
    world.steps.up("1", "CREATE TABLE a (id INT);");
    world.steps.down("1", "DROP TABLE a;");
    world.steps.up("2", "INSERT INTO a VALUES (1);");
    world.steps.down("2", "DELETE FROM a;");
    world.steps.up("3", "CREATE TABLE c (id INT);\nINSERT INTO c VALUES (3);");
    world.steps.down("3", "DELETE FROM c;\nDROP TABLE c;");
    EXPECT_EQ(world.up(), ExitCode::done);
  }
  World world;
};

TEST_F(Applied, DownUndoesTheNewestStep) {
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_FALSE(world.has_table("c"));
  EXPECT_EQ(world.rows("a"), "1");
  EXPECT_FALSE(world.ledger("3"));
  EXPECT_TRUE(world.ledger("2"));
  EXPECT_EQ(world.logged(), "applied, applied, applied, undone");
}

TEST_F(Applied, DownAllAndUpAgain) {
  EXPECT_EQ(world.down({.extent = DownRequest::Extent::all}), ExitCode::done);
  EXPECT_TRUE(world.server.tables().empty());
  EXPECT_TRUE(world.server.history().empty());
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("c"), "3");
}

TEST_F(Applied, DownGoesNewestFirstByApplicationNotByVersion) {
  world.steps.up("0", "CREATE TABLE late (id INT);");
  world.steps.down("0", "DROP TABLE late;");
  EXPECT_EQ(world.up(), ExitCode::refused);
  EXPECT_EQ(world.up({.out_of_order = core::OutOfOrder::allow}), ExitCode::done);
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_FALSE(world.has_table("late"));
  EXPECT_TRUE(world.has_table("c"));
}

TEST_F(Applied, DownWithoutADownFileUndoesNothing) {
  world.steps.up("4", "INSERT INTO a VALUES (4);");
  world.up();
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::refused);
  EXPECT_EQ(world.rows("a"), "1 4");
  EXPECT_TRUE(world.ledger("4"));
}

TEST_F(Applied, AHalfUndoneStepIsFinishedByDownAndRefusedByUp) {
  world.steps.down("3", "DELETE FROM c;\nDROP TABLE c;\nDROP TABLE missing;");
  EXPECT_EQ(world.down(), ExitCode::statement_failed);
  EXPECT_EQ(world.ledger("3")->state, LedgerState::partly_down);
  EXPECT_EQ(world.ledger("3")->statements_done, 2U);
  EXPECT_EQ(world.up(), ExitCode::refused);
  world.steps.down("3", "DELETE FROM c;\nDROP TABLE c;\nDROP TABLE IF EXISTS missing;");
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_FALSE(world.ledger("3"));
  EXPECT_EQ(world.times("DROP TABLE c"), 1U);
}

TEST_F(Applied, ADownThatFailsAtOnceLeavesTheStepApplied) {
  world.steps.down("3", "DROP TABLE missing;");
  EXPECT_EQ(world.down(), ExitCode::statement_failed);
  EXPECT_EQ(world.ledger("3")->state, LedgerState::applied);
  EXPECT_EQ(world.up(), ExitCode::done);
}

TEST_F(Applied, RedoUndoesAndAppliesTheLastStep) {
  EXPECT_EQ(world.redo(), ExitCode::done);
  EXPECT_EQ(world.rows("c"), "3");
  EXPECT_EQ(world.times("CREATE TABLE c (id INT)"), 2U);
  EXPECT_EQ(world.ledger("3")->state, LedgerState::applied);
  EXPECT_EQ(world.logged(), "applied, applied, applied, undone, applied");
}

TEST_F(Applied, BaselineRefusesADatabaseWithAHistory) {
  EXPECT_EQ(world.baseline("1"), ExitCode::refused);
  EXPECT_EQ(world.ledger("1")->state, LedgerState::applied);
}

TEST_F(Applied, ResetDropsEverythingAndRebuilds) {
  world.exec("extra.sql", "CREATE TABLE extra (id INT);\nINSERT INTO a VALUES (99);");
  EXPECT_EQ(world.reset(), ExitCode::done);
  EXPECT_FALSE(world.has_table("extra"));
  EXPECT_EQ(world.rows("a"), "1");
  EXPECT_EQ(world.logged(), "applied, applied, applied");
}

TEST(Redo, OfNothingDoesNothing) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  EXPECT_EQ(world.redo(), ExitCode::done);
  EXPECT_FALSE(world.has_table("a"));
}

TEST(Baseline, MarksUpToTheVersionWithoutRunning) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "CREATE TABLE b (id INT);");
  world.steps.up("3", "CREATE TABLE c (id INT);");
  EXPECT_EQ(world.baseline("2"), ExitCode::done);
  EXPECT_TRUE(world.server.tables().empty());
  EXPECT_EQ(world.ledger("2")->state, LedgerState::baselined);
  EXPECT_FALSE(world.ledger("3"));
  EXPECT_EQ(world.logged(), "baselined, baselined");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_FALSE(world.has_table("b"));
  EXPECT_TRUE(world.has_table("c"));
}

TEST(Baseline, RefusesAVersionThatIsNotOnDisk) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  EXPECT_EQ(world.baseline("7"), ExitCode::usage);
  EXPECT_TRUE(world.server.history().empty());
}

TEST(Exec, RunsAFileOutsideTheCatalogAndLogsIt) {
  World world;
  EXPECT_EQ(world.exec("fix.sql", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);"),
            ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1");
  EXPECT_TRUE(world.server.history().empty());
  EXPECT_EQ(world.logged(), "exec started, exec finished");
  EXPECT_EQ(world.server.log().back().step_name, "fix.sql");
}

TEST(Exec, StopsAtTheFirstErrorAndLogsWhere) {
  World world;
  EXPECT_EQ(world.exec("fix.sql", "CREATE TABLE a (id INT);\nbroken;\nINSERT INTO a VALUES (1);"),
            ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "");
  EXPECT_NE(world.server.log().back().message.find("fix.sql:2: error 1064"), std::string::npos);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->committed, 1U);
}

TEST(Exec, StopsBeforeTheNextStatementOnASignal) {
  World world;
  world.cancellation.signal = ExitCode::interrupted;
  EXPECT_EQ(world.exec("fix.sql", "CREATE TABLE a (id INT);"), ExitCode::interrupted);
  EXPECT_FALSE(world.has_table("a"));
}

}  // namespace
}  // namespace migrate::testing
