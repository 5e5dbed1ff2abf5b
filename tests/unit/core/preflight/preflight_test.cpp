#include "core/preflight/preflight.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace migrate::core::preflight {
namespace {

using Said = guard::Verdict::Outcome;

guard::Verdict verdict(Said outcome) {
  return {.guard = "rehearsal", .outcome = outcome, .saw = "not rehearsed", .way_out = "rehearse"};
}

check::Result result(check::Severity severity, check::Verdict verdict) {
  check::Check check{.name = "quiet"};
  check.severity = severity;
  check.reason = "nobody is at work";
  return {.check = check, .verdict = verdict, .seen = "5"};
}

TEST(Preflight, ARefusedPlanKeepsItsExitCode) {
  const PlanResult refused =
      Refusal{.code = ExitCode::drift, .reason = "changed", .way_out = "mend"};
  const Preflight preflight{
      .items = {item_of(SchemaStatus{}), item_of(refused), item_of(verdict(Said::refused), {})}};
  EXPECT_EQ(preflight.items.at(1).saw, "changed");
  EXPECT_EQ(preflight.items.at(1).way_out, "mend");
  EXPECT_EQ(preflight.exit_code(), ExitCode::drift);
}

TEST(Preflight, APlanTellsWhatIsWorthReading) {
  const Item empty = item_of(PlanResult(Plan{}));
  EXPECT_EQ(empty.outcome, Outcome::clear);
  EXPECT_EQ(empty.saw, "nothing is pending");
  Plan plan;
  plan.steps.resize(2);
  for (PlannedStep& planned : plan.steps) planned.script.shape.schema_statements = 3;
  plan.steps.back().first_statement = 2;
  EXPECT_EQ(item_of(PlanResult(plan)).saw, "2 steps, 5 statements");
  plan.warnings = {"the last step has no way back"};
  const Item warned = item_of(PlanResult(plan));
  EXPECT_EQ(warned.outcome, Outcome::warned);
  EXPECT_EQ(warned.saw, "2 steps, 5 statements; the last step has no way back");
}

TEST(Preflight, OnlyARefusalStopsIt) {
  EXPECT_EQ(item_of(SchemaStatus{.verdict = SchemaStatus::Verdict::as_left}).outcome,
            Outcome::clear);
  EXPECT_EQ(item_of(SchemaStatus{.verdict = SchemaStatus::Verdict::drifted}).outcome,
            Outcome::warned);
  EXPECT_EQ(item_of(verdict(Said::passed), {}).outcome, Outcome::clear);
  EXPECT_EQ(item_of(guard::Verdict{.guard = "grants"}, {}).saw, "in order");
  EXPECT_EQ(item_of(verdict(Said::warned), {}).outcome, Outcome::warned);
  EXPECT_EQ(item_of(verdict(Said::refused), {}).outcome, Outcome::refused);
  EXPECT_EQ(Preflight{.items = {item_of(verdict(Said::warned), {})}}.exit_code(), ExitCode::done);
  EXPECT_EQ(Preflight{.items = {item_of(verdict(Said::refused), {})}}.exit_code(),
            ExitCode::refused);
}

TEST(Preflight, AnOverrideHelpsWhereItWouldHelpTheRun) {
  const std::vector<guard::Override> overrides{{.guard = "rehearsal", .reason = "in a hurry"}};
  const Item taken = item_of(verdict(Said::refused), overrides);
  EXPECT_EQ(taken.outcome, Outcome::warned);
  EXPECT_EQ(taken.saw, "not rehearsed; overridden: in a hurry");
  EXPECT_EQ(item_of(verdict(Said::forbidden), overrides).outcome, Outcome::refused);
  EXPECT_EQ(item_of(verdict(Said::refused), {{.guard = "grants", .reason = "other"}}).outcome,
            Outcome::refused);
}

TEST(Preflight, ACheckRefusesByItsSeverity) {
  using check::Severity;
  EXPECT_EQ(item_of(result(Severity::error, check::Verdict::holds)).outcome, Outcome::clear);
  EXPECT_EQ(item_of(result(Severity::warning, check::Verdict::fails)).outcome, Outcome::warned);
  EXPECT_EQ(item_of(result(Severity::warning, check::Verdict::left_out)).outcome,
            Outcome::not_asked);
  const Item refused = item_of(result(Severity::error, check::Verdict::unknown));
  EXPECT_EQ(refused.outcome, Outcome::refused);
  EXPECT_NE(refused.way_out.find("--skip-check quiet"), std::string::npos);
}

TEST(Preflight, GuardsThatNobodyAskedAreNamed) {
  std::string names;
  for (const Item& item : guards_not_asked({verdict(Said::passed)}, "not required")) {
    EXPECT_EQ(item.outcome, Outcome::not_asked);
    names += item.name + " ";
  }
  EXPECT_NE(names.find("approval "), std::string::npos);
  EXPECT_EQ(names.find("rehearsal "), std::string::npos);
}

}  // namespace
}  // namespace migrate::core::preflight
