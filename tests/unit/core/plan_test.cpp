#include "core/plan.h"

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
using testing::with_down;
using Extent = DownRequest::Extent;
using JournalState = JournalRow::State;

/// The keys of a plan's steps, joined by blanks; "refused: …" where there is none.
std::string keys(const PlanResult& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) return "refused: " + refusal->reason;
  std::string keys;
  for (const PlannedStep& planned : std::get<Plan>(result).steps) {
    keys += (keys.empty() ? "" : " ") + planned.step.id.key;
  }
  return keys;
}

Refusal refusal(const PlanResult& result) {
  const auto* refusal = std::get_if<Refusal>(&result);
  if (refusal == nullptr) {
    ADD_FAILURE() << "planned: " << keys(result);
    return {};
  }
  EXPECT_FALSE(refusal->way_out.empty());
  return *refusal;
}

void expect_words(const std::string& text, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    EXPECT_NE(text.find(word), std::string::npos) << word << " is not in: " << text;
  }
}

std::optional<Version> version(std::string_view digits) {
  return Version::parse(digits);
}

/// What splitting each file shows does not matter here.
Script examined(const ScriptFile& file) {
  return {file, {}};
}

PlanResult up(const Catalog& catalog, const History& history, const UpRequest& request = {},
              const StatementHashes& hashes = {}) {
  return plan_up(catalog, history, request, hashes, examined);
}
PlanResult down(const Catalog& catalog, const History& history, const DownRequest& request = {},
                const StatementHashes& hashes = {}) {
  return plan_down(catalog, history, request, hashes, examined);
}

/// Version 5 ran `done` of its three statements, with the hashes a, b, ….
History half_applied(LedgerState state, std::uint64_t done) {
  LedgerRow row = ledger(versioned("5"), state);
  row.statements_done = done;
  History half = history({row});
  for (std::uint64_t i = 0; i < done; ++i) {
    half.journal.push_back(journal(versioned("5"), JournalState::done, i + 1,
                                   {std::string(1, static_cast<char>('a' + i))}));
  }
  return half;
}

// up

TEST(PlanUp, DdlFilesThenVersionsInOrder) {
  const auto result = up(catalog({step("10"), step("9"), ddl("z")}), {});
  EXPECT_EQ(keys(result), "z 9 10");
  for (const PlannedStep& planned : std::get<Plan>(result).steps) {
    EXPECT_EQ(planned.reason, Reason::pending);
    EXPECT_EQ(planned.direction, Direction::up);
    EXPECT_EQ(planned.first_statement, 1U);
  }
}

TEST(PlanUp, LeavesOutWhatIsAppliedOrBaselined) {
  EXPECT_EQ(
      keys(up(catalog({step("1"), step("2"), step("3"), ddl("a")}),
              history({ledger(repeatable("a")), ledger(versioned("1"), LedgerState::baselined),
                       ledger(versioned("2"))}))),
      "3");
}

TEST(PlanUp, RunsAChangedDdlFileAgain) {
  const auto result = up(catalog({ddl("a", "new")}), history({ledger(repeatable("a"))}));
  ASSERT_EQ(keys(result), "a");
  EXPECT_EQ(std::get<Plan>(result).steps[0].reason, Reason::changed_repeatable);
}

TEST(PlanUp, StopsBehindTheVersionOfTo) {
  const Catalog three = catalog({step("1"), step("2"), step("3"), ddl("a")});
  EXPECT_EQ(keys(up(three, {}, {.to = version("0002")})), "a 1 2");
  EXPECT_EQ(keys(up(three, history({ledger(versioned("1")), ledger(versioned("2"))}),
                    {.to = version("2")})),
            "a");
}

TEST(PlanUp, RefusesToGoToAVersionThatIsNotOnDisk) {
  const Refusal refused = refusal(up(catalog({step("1")}), {}, {.to = version("7")}));
  EXPECT_EQ(refused.code, ExitCode::usage);
  expect_words(refused.reason, {"version 7"});
}

TEST(PlanUp, StepsCountsOnlyVersions) {
  const Catalog three = catalog({step("1"), step("2"), step("3"), ddl("a")});
  EXPECT_EQ(keys(up(three, history({ledger(versioned("1"))}), {.steps = 1})), "a 2");
  EXPECT_EQ(keys(up(three, {}, {.steps = 2})), "a 1 2");
  EXPECT_EQ(keys(up(three, {}, {.steps = 9})), "a 1 2 3");
}

TEST(PlanUp, RefusesALateVersionAndNamesBoth) {
  const Catalog late = catalog({step("9"), step("10"), step("11")});
  const History ten = history({ledger(versioned("10"))});
  const Refusal refused = refusal(up(late, ten));
  EXPECT_EQ(refused.code, ExitCode::refused);
  expect_words(refused.reason, {"9_step", "10_step"});
  expect_words(refused.way_out, {"--allow-out-of-order"});
  EXPECT_EQ(keys(up(late, ten, {.out_of_order = OutOfOrder::allow})), "9 11");
}

TEST(PlanUp, ALateVersionIsJudgedByTheHighestNotByTheLastApplied) {
  refusal(up(catalog({step("1"), step("3"), step("5")}),
             history({ledger(versioned("5")), ledger(versioned("1"))})));
}

TEST(PlanUp, RefusesAChangedFileAndNamesIt) {
  const Refusal refused =
      refusal(up(catalog({step("1", "new"), step("2")}), history({ledger(versioned("1"))})));
  EXPECT_EQ(refused.code, ExitCode::drift);
  expect_words(refused.reason, {"migrations/1_step.up.sql", "2026-01-02 03:04:05"});
}

TEST(PlanUp, RefusesAChangedFileBeyondToAsWell) {
  EXPECT_EQ(refusal(up(catalog({step("1"), step("2", "new")}), history({ledger(versioned("2"))}),
                       {.to = version("1"), .out_of_order = OutOfOrder::allow}))
                .code,
            ExitCode::drift);
}

TEST(PlanUp, AChecksumOfAnotherRuleIsNoChange) {
  LedgerRow row = ledger(versioned("1"), LedgerState::applied, "other");
  row.checksum.rule = "another-rule";
  EXPECT_EQ(keys(up(catalog({step("1")}), history({row}))), "");
}

TEST(PlanUp, WarnsOfAMissingFile) {
  const auto result = up(catalog({step("2")}), history({ledger(versioned("1"))}));
  EXPECT_EQ(keys(result), "2");
  ASSERT_EQ(std::get<Plan>(result).warnings.size(), 1U);
  expect_words(std::get<Plan>(result).warnings[0], {"1_step", "missing"});
}

TEST(PlanUp, RefusesWhenTheFileOfAHalfAppliedStepIsMissing) {
  const Refusal refused =
      refusal(up(catalog({step("6")}), half_applied(LedgerState::partly_up, 1)));
  EXPECT_EQ(refused.code, ExitCode::drift);
  expect_words(refused.reason, {"5_step", "missing"});
}

TEST(PlanUp, GoesOnBehindTheStatementsThatRan) {
  const auto result = up(catalog({step("5", "mended"), step("6")}),
                         half_applied(LedgerState::partly_up, 2), {}, {"a", "b"});
  ASSERT_EQ(keys(result), "5 6");
  EXPECT_EQ(std::get<Plan>(result).steps[0].reason, Reason::continues);
  EXPECT_EQ(std::get<Plan>(result).steps[0].first_statement, 3U);
}

TEST(PlanUp, RefusesAChangedStatementBeforeThePointWhereItGoesOn) {
  const History half = half_applied(LedgerState::partly_up, 2);
  for (const StatementHashes& on_disk :
       {StatementHashes{"a", "x"}, StatementHashes{"a"}, StatementHashes{"b", "a"}}) {
    const Refusal refused = refusal(up(catalog({step("5", "mended")}), half, {}, on_disk));
    EXPECT_EQ(refused.code, ExitCode::drift);
    expect_words(refused.reason, {"migrations/5_step.up.sql", "1 to 2"});
  }
  expect_words(refusal(up(catalog({step("5", "mended")}), half, {}, {"a", "x"})).reason,
               {"statement 2"});
}

TEST(PlanUp, RefusesWhileAStepIsHalfUndone) {
  const Refusal refused =
      refusal(up(catalog({with_down(step("5"))}), half_applied(LedgerState::partly_down, 1)));
  EXPECT_EQ(refused.code, ExitCode::refused);
  expect_words(refused.reason, {"5_step", "half undone", "1 statements"});
  expect_words(refused.way_out, {"migrate down"});
}

TEST(PlanUp, RefusesWhileAnIntentIsOpen) {
  History open = half_applied(LedgerState::partly_up, 1);
  open.journal.push_back(journal(versioned("5"), JournalState::intended, 2, {"b"}));
  const Refusal refused = refusal(up(catalog({step("5")}), open, {}, {"a"}));
  EXPECT_EQ(refused.code, ExitCode::in_doubt);
  expect_words(refused.reason, {"statement 2", "5_step"});
  expect_words(refused.way_out, {"migrate resolve"});
}

TEST(PlanUp, ATransactionOfTheFileWithoutItsEndRunsAgain) {
  History open = half_applied(LedgerState::partly_up, 1);
  open.journal.push_back(
      journal(versioned("5"), JournalState::intended, 2, {"b", "c"}, UnitKind::file_transaction));
  const auto result = up(catalog({step("5")}), open, {}, {"a"});
  ASSERT_EQ(keys(result), "5");
  EXPECT_EQ(std::get<Plan>(result).steps[0].first_statement, 2U);
}

// down

const Catalog three_steps =
    catalog({with_down(step("1")), with_down(step("2")), with_down(step("3"))});
const History three_applied =
    history({ledger(versioned("1")), ledger(versioned("3")), ledger(versioned("2"))});

TEST(PlanDown, UndoesTheOneThatWasAppliedLast) {
  const auto result = down(three_steps, three_applied);
  ASSERT_EQ(keys(result), "2");
  EXPECT_EQ(std::get<Plan>(result).steps[0].direction, Direction::down);
  EXPECT_EQ(std::get<Plan>(result).steps[0].reason, Reason::undo);
}

TEST(PlanDown, AsManyAsAskedOrAll) {
  EXPECT_EQ(keys(down(three_steps, three_applied, {.steps = 2})), "2 3");
  EXPECT_EQ(keys(down(three_steps, three_applied, {.steps = 9})), "2 3 1");
  EXPECT_EQ(keys(down(three_steps, three_applied, {.extent = Extent::all})), "2 3 1");
  EXPECT_EQ(keys(down(three_steps, {}, {.extent = Extent::all})), "");
}

TEST(PlanDown, ToAVersionUndoesWhatWasAppliedAfterIt) {
  EXPECT_EQ(keys(down(three_steps, three_applied, {.extent = Extent::to, .to = version("01")})),
            "2 3");
  EXPECT_EQ(keys(down(three_steps, three_applied, {.extent = Extent::to, .to = version("2")})), "");
}

TEST(PlanDown, RefusesToGoToAVersionThatIsNotApplied) {
  const Refusal refused =
      refusal(down(three_steps, three_applied, {.extent = Extent::to, .to = version("7")}));
  EXPECT_EQ(refused.code, ExitCode::usage);
  expect_words(refused.reason, {"version 7"});
}

TEST(PlanDown, LeavesDdlFilesAlone) {
  EXPECT_EQ(keys(down(catalog({ddl("a"), with_down(step("1"))}),
                      history({ledger(versioned("1")), ledger(repeatable("a"))}),
                      {.extent = Extent::all})),
            "1");
}

TEST(PlanDown, RefusesAStepWithoutADownFileHoweverFarBack) {
  const Refusal refused =
      refusal(down(catalog({step("1"), with_down(step("2")), with_down(step("3"))}), three_applied,
                   {.extent = Extent::all}));
  EXPECT_EQ(refused.code, ExitCode::refused);
  expect_words(refused.reason, {"1_step", "no down file"});
  expect_words(refused.way_out, {"1_step.down.sql"});
}

TEST(PlanDown, RefusesAStepThatIsMissingOnDisk) {
  const Refusal refused = refusal(down(catalog({with_down(step("1"))}), three_applied));
  EXPECT_EQ(refused.code, ExitCode::refused);
  expect_words(refused.reason, {"2_step", "missing"});
}

TEST(PlanDown, WarnsOfAChangedFile) {
  const auto result =
      down(catalog({with_down(step("1", "new"))}), history({ledger(versioned("1"))}));
  EXPECT_EQ(keys(result), "1");
  ASSERT_EQ(std::get<Plan>(result).warnings.size(), 1U);
  expect_words(std::get<Plan>(result).warnings[0], {"migrations/1_step.up.sql"});
}

TEST(PlanDown, RefusesWhileAStepIsHalfApplied) {
  const Refusal refused =
      refusal(down(catalog({with_down(step("5"))}), half_applied(LedgerState::partly_up, 2)));
  EXPECT_EQ(refused.code, ExitCode::refused);
  expect_words(refused.reason, {"5_step", "2 of 3"});
  expect_words(refused.way_out, {"migrate up"});
}

TEST(PlanDown, GoesOnWithAHalfUndoneStep) {
  const History half = half_applied(LedgerState::partly_down, 1);
  const auto result = down(catalog({with_down(step("5"))}), half, {}, {"a"});
  ASSERT_EQ(keys(result), "5");
  EXPECT_EQ(std::get<Plan>(result).steps[0].reason, Reason::continues);
  EXPECT_EQ(std::get<Plan>(result).steps[0].first_statement, 2U);
  const Refusal refused = refusal(down(catalog({with_down(step("5"))}), half, {}, {"x"}));
  EXPECT_EQ(refused.code, ExitCode::drift);
  expect_words(refused.reason, {"migrations/5_step.down.sql", "statement 1"});
}

TEST(PlanDown, RefusesWhileAnIntentIsOpen) {
  History open = half_applied(LedgerState::partly_down, 0);
  open.journal.push_back(journal(versioned("5"), JournalState::intended, 1, {"a"}));
  EXPECT_EQ(refusal(down(catalog({with_down(step("5"))}), open)).code, ExitCode::in_doubt);
}

}  // namespace
}  // namespace migrate::core
