// `down` and `redo` that were cut off and are said again do together what was asked once.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/planning.h"
#include "unit/app/deaths.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::DownRequest;
using core::ExitCode;

/// No two statements are alike, and each step that is undone shows.
void add_applied_steps(World& world) {
  world.steps.up("1", "CREATE TABLE u (id INT);\nINSERT INTO u VALUES (1);");
  world.steps.down("1", "DROP TABLE u;");
  world.steps.up("2", "CREATE TABLE t (id INT);\nCREATE TABLE w (id INT);");
  world.steps.down("2", "DROP TABLE t;\nDROP TABLE w;\nUPDATE u SET id = id + 100;");
  world.steps.up("3", "INSERT INTO u VALUES (3);\nCREATE TABLE y (id INT);");
  world.steps.down("3", "UPDATE u SET id = id + 20;\nUPDATE u SET id = id + 50;\nDROP TABLE y;");
  world.steps.up("4",
                 "CREATE TABLE v (id INT);\nINSERT INTO u VALUES (4);\nCREATE TABLE x (id INT);");
  world.steps.down("4", "DROP TABLE x;\nUPDATE u SET id = id + 1000;\nDROP TABLE v;");
  ASSERT_EQ(world.up(), ExitCode::done);
  world.end_faults();
}

using Command = std::function<ExitCode(World&)>;
/// Nobody can know that the run was cut off: the log says how it ended, and only the process had
/// not. The first row is that of the steps' `up`.
bool came_to_its_end(const World& world) {
  return std::ranges::count(world.server.log(), "run finished", &core::LogRow::event) > 1;
}

void sweep(const Command& command) {
  World whole;
  add_applied_steps(whole);
  ASSERT_EQ(command(whole), ExitCode::done);
  for (std::size_t kind = 0; kind < every_death.size(); ++kind) {
    std::size_t not_known = 0;
    for (std::uint64_t n = 1;; ++n) {
      SCOPED_TRACE("kind " + std::to_string(kind) + ", death number " + std::to_string(n));
      World world;
      add_applied_steps(world);
      plan_death(world, every_death[kind], n);
      if (until_death(world, command) == Died::no) {
        EXPECT_GT(n, 10U);
        break;
      }
      if (came_to_its_end(world)) {
        ++not_known;
      } else {
        EXPECT_EQ(command(world), ExitCode::done);
      }
      ASSERT_EQ(world.state(), whole.state());
    }
    EXPECT_LE(not_known, 1U);
  }
}

/// Every pair of a death and one in the same command said again; and then once more.
void sweep_twice(const Command& command, Death first, Death second) {
  World whole;
  add_applied_steps(whole);
  ASSERT_EQ(command(whole), ExitCode::done);
  for (std::uint64_t n = 1;; ++n) {
    for (std::uint64_t m = 1;; ++m) {
      SCOPED_TRACE("deaths number " + std::to_string(n) + " and " + std::to_string(m));
      World world;
      add_applied_steps(world);
      plan_death(world, first, n);
      if (until_death(world, command) == Died::no) return;
      if (came_to_its_end(world)) break;
      plan_death(world, second, m);
      if (until_death(world, command) == Died::no) break;
      if (!came_to_its_end(world)) {
        EXPECT_EQ(command(world), ExitCode::done);
      }
      ASSERT_EQ(world.state(), whole.state());
    }
  }
}

ExitCode down_one(World& world) {
  return world.down();
}
ExitCode down_two(World& world) {
  return world.down({.steps = 2});
}
ExitCode redo(World& world) {
  return world.redo();
}

TEST(SaidAgainSweep, DownUndoesOneStep) {
  sweep(down_one);
}
TEST(SaidAgainSweep, DownUndoesTwoSteps) {
  sweep(down_two);
}
TEST(SaidAgainSweep, RedoUndoesAndAppliesOneStep) {
  sweep(redo);
}
TEST(SaidAgainSweepInPairs, WhatIsSaidAgainMayBeKilledToo) {
  sweep_twice(down_one, &FaultyServer::die_during_item, &FaultyServer::die_after_item);
  sweep_twice(down_two, &FaultyServer::die_after, &FaultyServer::die_after);
  sweep_twice(redo, &FaultyServer::die_after, &FaultyServer::die_after);
}

/// Fails in its last statement, and undoes what ran.
ExitCode up_and_undo(World& world) {
  EXPECT_EQ(world.up({.on_failure = core::OnFailure::rollback}), ExitCode::statement_failed);
  return ExitCode::done;
}

void add_step_that_fails(World& world) {
  world.steps.up("1", "-- migrate: stepwise\nCREATE TABLE u (id INT);");
  world.steps.down("1", "DROP TABLE u;");
  world.steps.up("2",
                 "-- migrate: stepwise\nCREATE TABLE a (id INT);\nINSERT INTO u VALUES (1);\n"
                 "CREATE TABLE b (id INT);\nCREATE TABLE u (id INT);");
  world.steps.down("2", "DROP TABLE c;\nDROP TABLE b;\nDELETE FROM u;\nDROP TABLE a;");
}

std::string tables_and_steps(const World& world) {
  const std::string state = world.state();
  return state.substr(0, state.find("applied"));
}

TEST(SaidAgainSweepInPairs, UpThatWasUndoingItsFailedStepFinishesThatFirst) {
  World whole;
  add_step_that_fails(whole);
  up_and_undo(whole);
  ASSERT_EQ(whole.rows("u"), "");
  ASSERT_FALSE(whole.has_table("a"));
  for (const Death first : every_death) {
    for (const Death second : every_death) {
      for (std::uint64_t n = 1;; ++n) {
        SCOPED_TRACE("death number " + std::to_string(n) + ", and again");
        World world;
        add_step_that_fails(world);
        plan_death(world, first, n);
        if (until_death(world, up_and_undo) == Died::no) break;
        plan_death(world, second, n);
        until_death(world, up_and_undo);
        world.end_faults();
        up_and_undo(world);
        ASSERT_EQ(tables_and_steps(world), tables_and_steps(whole));
      }
    }
  }
}

class CutOff : public ::testing::Test {
 protected:
  CutOff() { add_applied_steps(world); }

  /// Kills the command when it has recorded that it undid so many steps.
  void cut_off(const Command& command, std::size_t undone) {
    for (std::uint64_t item = 1;; ++item) {
      World trial;
      add_applied_steps(trial);
      trial.faults->die_after_item(item);
      ASSERT_EQ(until_death(trial, command), Died::yes);
      if (undone_in(trial) < undone) continue;
      world.faults->die_after_item(item);
      ASSERT_EQ(until_death(world, command), Died::yes);
      return;
    }
  }
  static std::size_t undone_in(const World& world) {
    return static_cast<std::size_t>(
        std::ranges::count(world.server.log(), "undone", &core::LogRow::event));
  }
  std::string told() const {
    const auto warned = world.events.first<core::event::Warned>();
    return warned ? warned->message : "";
  }

  World world;
};

TEST_F(CutOff, DownThatHadDoneEverythingSaysSoOnceAndThenUndoesTheNext) {
  cut_off(down_one, 1);
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_EQ(undone_in(world), 1U);
  EXPECT_NE(
      told().find(" UTC that was cut off had already undone 4_step; nothing is left to do. To undo "
                  "one more, say it again"),
      std::string::npos)
      << told();
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_EQ(undone_in(world), 2U);
  EXPECT_FALSE(world.ledger("3"));
  EXPECT_TRUE(world.ledger("2"));
}

TEST_F(CutOff, AnotherNumberOfStepsIsAnotherRequest) {
  cut_off(down_two, 1);
  EXPECT_EQ(world.down({.steps = 1}), ExitCode::done);
  EXPECT_EQ(undone_in(world), 2U);
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::done);
  EXPECT_EQ(undone_in(world), 4U);
}

TEST_F(CutOff, ARunInBetweenEndsIt) {
  cut_off(down_one, 1);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_FALSE(world.ledger("4"));
}

TEST_F(CutOff, UpAppliesWhatRedoHadUndone) {
  cut_off(redo, 1);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.ledger("4"));
  EXPECT_TRUE(world.has_table("v"));
}

TEST_F(CutOff, UpNamesTheWaysOutOfAHalfUndoneStep) {
  world.faults->die_after_item(9);  // the first DROP of the down file has run
  ASSERT_EQ(until_death(world, redo), Died::yes);
  ASSERT_EQ(world.up(), ExitCode::refused);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->refusal.way_out,
            "finish undoing this step alone with `down`, or go on with what was cut off: migrate "
            "redo");
  EXPECT_EQ(world.redo(), ExitCode::done);
  EXPECT_TRUE(world.has_table("x"));
  EXPECT_EQ(undone_in(world), 1U);
}

TEST_F(CutOff, OnlyLookingShowsTheRestAndWritesNothing) {
  cut_off(down_two, 1);
  const auto rows = world.server.log().size();
  const auto session = world.server.connect();
  const auto plan = std::get<core::Plan>(app::plan_down_on(
      *session, world.steps, app::load_catalog(world.steps), DownRequest{.steps = 2}));
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(plan.steps[0].step.id.key, "3");
  EXPECT_NE(plan.warnings.at(0).find("goes on with the run of "), std::string::npos);
  EXPECT_EQ(world.server.log().size(), rows);
}

TEST_F(CutOff, ARunThatIsUnderWayWasNotCutOff) {
  const auto looker = world.server.connect();
  std::size_t planned = 0;
  world.events.then = [&](const core::Event& event) {
    // With what it follows, the end of the step before is recorded.
    const auto* started = std::get_if<core::event::StatementStarted>(&event);
    if (started == nullptr || started->text != "DROP TABLE y") return;
    planned =
        std::get<core::Plan>(app::plan_down_on(*looker, world.steps, app::load_catalog(world.steps),
                                               DownRequest{.steps = 2}))
            .steps.size();
  };
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::done);
  EXPECT_EQ(planned, 2U);
}

TEST_F(CutOff, AFailedRunCameToItsEnd) {
  world.steps.down("3", "UPDATE missing SET id = id + 20;");
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::statement_failed);
  world.steps.down("3", "UPDATE u SET id = id + 20;");
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::done);
  EXPECT_FALSE(world.ledger("2"));
}

TEST_F(CutOff, ALostConnectionLeavesTheRestToTheNextRun) {
  world.faults->lose_before_each_time("UPDATE u SET id = id + 20");
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::done);
  EXPECT_FALSE(world.ledger("3"));
  EXPECT_TRUE(world.ledger("2"));
}

TEST_F(CutOff, ALostConnectionIsGotOverInTheSameRun) {
  world.reconnect_timeout = std::chrono::seconds(60);
  world.faults->lose_before("UPDATE u SET id = id + 20");
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::done);
  EXPECT_EQ(undone_in(world), 2U);
  EXPECT_EQ(world.down({.steps = 2}), ExitCode::done);
  EXPECT_TRUE(world.server.history().empty());
}

}  // namespace
}  // namespace migrate::testing
