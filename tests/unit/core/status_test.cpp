#include "core/status.h"

#include <gtest/gtest.h>

#include "unit/core/history_support.h"

namespace migrate::core {
namespace {

using testing::catalog;
using testing::ddl;
using testing::history;
using testing::journal;
using testing::ledger;
using testing::repeatable;
using testing::step;
using testing::versioned;

StatusRow only_row(const Status& status) {
  EXPECT_EQ(status.rows.size(), 1U);
  return status.rows.at(0);
}

TEST(Status, OfAnEmptyFolderAndAnEmptyHistoryIsDone) {
  const Status status = make_status({}, {});
  EXPECT_TRUE(status.rows.empty());
  EXPECT_EQ(status.exit_code(), ExitCode::done);
}

TEST(Status, AppliedAndBaselinedStepsAreDone) {
  const Status status =
      make_status(catalog({step("1"), step("2"), ddl("a")}),
                  history({ledger(repeatable("a")), ledger(versioned("1"), LedgerState::baselined),
                           ledger(versioned("2"))}));
  ASSERT_EQ(status.rows.size(), 3U);
  EXPECT_EQ(status.rows[0].id, repeatable("a"));
  EXPECT_EQ(status.rows[1].status, StepStatus::baselined);
  EXPECT_EQ(status.rows[2].status, StepStatus::applied);
  EXPECT_EQ(status.rows[2].applied_at, "2026-01-02 03:04:05.000000");
  EXPECT_EQ(status.exit_code(), ExitCode::done);
}

TEST(Status, AStepThatIsNotInTheHistoryIsPending) {
  const Status status =
      make_status(catalog({step("2"), step("10")}), history({ledger(versioned("2"))}));
  ASSERT_EQ(status.rows.size(), 2U);
  EXPECT_EQ(status.rows[1].id.key, "10");
  EXPECT_EQ(status.rows[1].status, StepStatus::pending);
  EXPECT_EQ(status.exit_code(), ExitCode::pending);
}

TEST(Status, AChangedFileIsDrift) {
  const Status status =
      make_status(catalog({step("1", "new"), step("2")}), history({ledger(versioned("1"))}));
  EXPECT_EQ(status.rows.at(0).status, StepStatus::changed);
  EXPECT_EQ(status.exit_code(), ExitCode::drift) << "although another step is pending";
}

TEST(Status, AChecksumOfAnotherRuleIsNoChange) {
  LedgerRow row = ledger(versioned("1"), LedgerState::applied, "other");
  row.checksum.rule = "another-rule";
  EXPECT_EQ(only_row(make_status(catalog({step("1")}), history({row}))).status,
            StepStatus::applied);
}

TEST(Status, AChangedDdlFileIsPendingAgain) {
  const Status status = make_status(catalog({ddl("a", "new")}), history({ledger(repeatable("a"))}));
  EXPECT_EQ(only_row(status).status, StepStatus::pending);
  EXPECT_NE(only_row(status).note.find("runs again"), std::string::npos);
  EXPECT_EQ(status.exit_code(), ExitCode::pending);
}

TEST(Status, AMissingFileAloneDoesNotFail) {
  const Status status = make_status({}, history({ledger(versioned("1"))}));
  EXPECT_EQ(only_row(status).status, StepStatus::missing);
  EXPECT_EQ(status.exit_code(), ExitCode::done);
}

TEST(Status, ALateVersionIsOutOfOrderAndNamesTheHigherOne) {
  const Status status =
      make_status(catalog({step("3"), step("20")}), history({ledger(versioned("20"))}));
  EXPECT_EQ(status.rows.at(0).status, StepStatus::out_of_order);
  EXPECT_NE(status.rows.at(0).note.find("20"), std::string::npos);
  EXPECT_EQ(status.exit_code(), ExitCode::pending);
}

TEST(Status, APartialStepSaysHowFarItIs) {
  LedgerRow up = ledger(versioned("1"), LedgerState::partly_up);
  up.statements_done = 2;
  EXPECT_EQ(only_row(make_status(catalog({step("1")}), history({up}))).status, StepStatus::partial);
  EXPECT_EQ(only_row(make_status({}, history({up}))).note, "2 of 3 statements ran");
  LedgerRow down = ledger(versioned("1"), LedgerState::partly_down);
  down.statements_done = 1;
  const Status status = make_status(catalog({step("1", "changed")}), history({down}));
  EXPECT_EQ(only_row(status).note, "1 statements of the down file ran");
  EXPECT_EQ(status.exit_code(), ExitCode::pending);
}

TEST(Status, AnOpenIntentIsInDoubtBeforeAllElse) {
  History with_intent =
      history({ledger(versioned("1")), ledger(versioned("2"), LedgerState::partly_up)});
  with_intent.journal = {journal(versioned("2"), JournalRow::State::done, 1, {"a"}),
                         journal(versioned("2"), JournalRow::State::intended, 2, {"b"})};
  const Status status = make_status(catalog({step("1", "changed"), step("2")}), with_intent);
  EXPECT_EQ(status.rows.at(1).status, StepStatus::in_doubt);
  EXPECT_NE(status.rows.at(1).note.find("statement 2"), std::string::npos);
  EXPECT_EQ(status.exit_code(), ExitCode::in_doubt);
}

TEST(Status, ATransactionOfTheFileWithoutItsEndIsNotInDoubt) {
  History with_intent = history({ledger(versioned("1"), LedgerState::partly_up)});
  with_intent.journal = {
      journal(versioned("1"), JournalRow::State::intended, 1, {"a"}, UnitKind::file_transaction)};
  EXPECT_EQ(make_status(catalog({step("1")}), with_intent).exit_code(), ExitCode::pending);
}

}  // namespace
}  // namespace migrate::core
