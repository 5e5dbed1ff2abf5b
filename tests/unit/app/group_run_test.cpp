// Small steps that travel together: what a failure, a signal and a doubt in their midst leave.
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "app/inspection.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::LedgerState;

class SmallSteps : public ::testing::Test {
 protected:
  SmallSteps() {
    world.steps.up("1", "CREATE TABLE a (id INT);");
    world.steps.up("2", "CREATE TABLE b (id INT);\nCREATE TABLE c (id INT);");
    world.steps.up("3", "CREATE TABLE d (id INT);");
  }
  std::string ledger() const {
    std::string text;
    for (const core::LedgerRow& row : world.server.history().ledger) {
      text += (text.empty() ? "" : ", ") + row.id.key;
      if (row.state != LedgerState::applied)
        text +=
            " " + std::to_string(row.statements_done) + "/" + std::to_string(row.statements_total);
    }
    return text;
  }
  World world;
};

TEST_F(SmallSteps, AFailureLeavesThoseBeforeAppliedAndThoseBehindPending) {
  world.steps.up("2", "CREATE TABLE b (id INT);\nCREATE TABLE c (id);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(ledger(), "1, 2 1/2");
  EXPECT_EQ(world.logged(), "applied, failed");
  const auto failed = world.events.first<core::event::StepFailed>();
  EXPECT_EQ(failed->id.key, "2");
  EXPECT_EQ(failed->index, 2U);
  EXPECT_EQ(failed->committed, 1U);
  EXPECT_EQ(failed->position.line, 2U);
  world.steps.up("2", "CREATE TABLE b (id INT);\nCREATE TABLE c (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(ledger(), "1, 2, 3");
  EXPECT_EQ(world.times("CREATE TABLE b (id INT)"), 1U);
}

TEST_F(SmallSteps, AFailureOfTheFirstLeavesNothing) {
  world.steps.up("1", "CREATE TABLE a (id);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(ledger(), "");
  EXPECT_TRUE(world.server.history().journal.empty());
}

TEST_F(SmallSteps, TheFailedOneIsUndoneWhereThatIsWanted) {
  world.steps.up("1", "-- migrate: stepwise\nCREATE TABLE a (id INT);");
  world.steps.down("1", "DROP TABLE a;");
  world.steps.up("2", "-- migrate: stepwise\nCREATE TABLE b (id INT);\nCREATE TABLE a (id INT);");
  world.steps.down("2", "DROP TABLE a;\nDROP TABLE b;");
  world.steps.remove("3");
  EXPECT_EQ(world.up({.on_failure = core::OnFailure::rollback}), ExitCode::statement_failed);
  EXPECT_EQ(ledger(), "1");
  EXPECT_FALSE(world.has_table("b"));
}

TEST_F(SmallSteps, ASignalStopsInFrontOfTheNextPacket) {
  world.steps.up("4", "ALTER TABLE a ADD COLUMN n INT;");
  world.events.then = [&](const core::Event& event) {
    const auto* done = std::get_if<core::event::StepDone>(&event);
    if (done != nullptr && done->id.key == "3") world.cancellation.signal = ExitCode::interrupted;
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(ledger(), "1, 2, 3");
  EXPECT_EQ(world.logged(), "applied, applied, applied, stopped");
}

TEST_F(SmallSteps, WhatASettlementFoundIsSaid) {
  world.faults->lose_before("CREATE TABLE c (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  const core::Status status =
      app::inspect([&] { return world.server.connect(); }, world.steps, world.background);
  EXPECT_EQ(status.rows.at(0).status, core::StepStatus::applied);
  EXPECT_EQ(status.rows.at(1).status, core::StepStatus::partial);
  EXPECT_EQ(status.rows.at(2).status, core::StepStatus::pending);
  const std::string words =
      "the statements of 3 steps, 1_step to 3_step, were in flight or next when a run ended; table "
      "`b` is there now; table `c` is not there, so it goes on at statement 2 of 2_step";
  EXPECT_EQ(status.rows.at(1).note, words);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.events.first<core::event::Settled>()->message, words);
  // Of the run that applied it, though it did not live to say so.
  std::string applied;
  for (const core::LogRow& row : world.server.log()) {
    if (row.event == "applied") applied += row.step->key + " by " + row.run_id + " ";
  }
  EXPECT_EQ(applied, "1 by run-1 2 by run-2 3 by run-2 ");
}

// The objects of the next group are looked at while one runs, but for those that it changes.
TEST_F(SmallSteps, WhatTheGroupBeforeChangesIsLookedAtBehindIt) {
  world.steps.up("3", "CREATE OR REPLACE TABLE b (id INT, n INT);");
  world.steps.up("4", "CREATE TABLE d (id INT);");
  world.faults->lose_during("CREATE OR REPLACE TABLE b (id INT, n INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(ledger(), "1, 2, 3, 4");
  EXPECT_EQ(world.times("CREATE OR REPLACE TABLE b (id INT, n INT)"), 1U);
}

TEST_F(SmallSteps, ADoubtInTheirMidstIsResolvedForOneStep) {
  world.faults->lose_before("CREATE TABLE d (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  world.server.connect()->schema().drop({.name = "b"});
  EXPECT_EQ(world.up(), ExitCode::in_doubt);
  EXPECT_EQ(world.resolve(app::Decision::applied), ExitCode::done);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(ledger(), "1, 2, 3");
  EXPECT_EQ(world.times("CREATE TABLE d (id INT)"), 1U);
}

/// In packets of four statements each.
class SmallStepsInPackets : public SmallSteps {
 protected:
  SmallStepsInPackets() {
    world.server.set_packet_limit(8 * 1024);
    for (const char* number : {"4", "5", "6", "7", "8", "9"})
      world.steps.up(number, std::string("CREATE TABLE t") + number + " (id INT);");
  }

  /// What is known to be under way when that step is done.
  std::string intended_behind(const std::string& step) {
    std::string intended;
    world.events.then = [&, step](const core::Event& event) {
      const auto* done = std::get_if<core::event::StepDone>(&event);
      if (done != nullptr && done->id.key == step) intended = in_journal();
    };
    EXPECT_EQ(world.up(), ExitCode::done);
    return intended;
  }

  std::string in_journal() const {
    std::string steps;
    for (const core::JournalRow& row : world.server.history().journal) steps += row.id.key + " ";
    return steps;
  }
};

TEST_F(SmallStepsInPackets, TheNextPacketIsRecordedWhileOneRuns) {
  EXPECT_EQ(intended_behind("3"), "1 2 3 4 5 6 7 ");
}

TEST_F(SmallStepsInPackets, ThoseBeforeAreRecordedAsAppliedWhileOneRuns) {
  EXPECT_EQ(intended_behind("7"), "4 5 6 7 8 9 ");
}

TEST_F(SmallStepsInPackets, OneThatTouchesAnObjectOfThatIsNotRecordedBeforeItsTurn) {
  world.steps.up("5", "CREATE OR REPLACE TABLE b (id INT);");
  EXPECT_EQ(intended_behind("3"), "1 2 3 ");
}

TEST_F(SmallStepsInPackets, WhereTheServerRefusesThatThePacketRecordsIt) {
  bool refused = false;
  std::string intended;
  world.events.then = [&](const core::Event& event) {
    const auto* done = std::get_if<core::event::StepDone>(&event);
    if (done == nullptr) return;
    if (!std::exchange(refused, true)) world.faults->refuse_next_record();
    if (done->id.key == "3") intended = in_journal();
  };
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(intended, "1 2 3 ");
  EXPECT_EQ(ledger(), "1, 2, 3, 4, 5, 6, 7, 8, 9");
}

TEST_F(SmallStepsInPackets, AFailureLeavesNothingOfTheNextPacket) {
  world.steps.up("3", "CREATE TABLE d (id);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(ledger(), "1, 2");
  EXPECT_TRUE(world.server.history().journal.empty());
  world.steps.up("3", "CREATE TABLE d (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(ledger(), "1, 2, 3, 4, 5, 6, 7, 8, 9");
}

TEST_F(SmallStepsInPackets, ASignalLeavesNothingOfTheNextPacket) {
  world.events.then = [&](const core::Event& event) {
    const auto* done = std::get_if<core::event::StepDone>(&event);
    if (done != nullptr && done->id.key == "3") world.cancellation.signal = ExitCode::interrupted;
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(ledger(), "1, 2, 3");
  EXPECT_TRUE(world.server.history().journal.empty());
}

TEST_F(SmallStepsInPackets, AKillIsSettledAcrossTwoOfThem) {
  world.faults->lose_before("CREATE TABLE t5 (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(ledger(), "1, 2, 3, 4, 5, 6, 7, 8, 9");
  EXPECT_EQ(world.events.first<core::event::Settled>()->message,
            "the statements of 6 steps, 4_step to 9_step, were in flight or next when a run ended; "
            "table `t4` is there now; table `t5` is not there, so it goes on at statement 1 of "
            "5_step");
}

}  // namespace
}  // namespace migrate::testing
