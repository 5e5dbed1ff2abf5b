#include "core/guard/approval.h"

#include <gtest/gtest.h>

namespace migrate::core::guard {
namespace {

using Outcome = Verdict::Outcome;

const std::string plan(64, 'a');

Outcome asked(const std::vector<std::string>& accounts, const std::vector<std::string>& approvers,
              const std::string& runs_as = "ana@%") {
  std::vector<Approval> approvals;
  for (const std::string& account : accounts)
    approvals.push_back({.plan = plan, .account = account, .at = "2026-01-05 09:00:00"});
  return approval_verdict("up", plan, approvals, runs_as, approvers).outcome;
}

TEST(Approval, IsSomebodyElsesWord) {
  EXPECT_EQ(asked({}, {}), Outcome::refused);
  EXPECT_EQ(asked({"ana@%"}, {}), Outcome::refused);
  EXPECT_EQ(asked({"ana@localhost"}, {}), Outcome::refused) << "another account of the same user";
  EXPECT_EQ(asked({"ana@%", "ben@localhost"}, {}), Outcome::passed);
}

TEST(Approval, IsThatOfAnApprover) {
  EXPECT_EQ(asked({"ben@%"}, {"ben"}), Outcome::passed);
  EXPECT_EQ(asked({"ben@%"}, {"'ben'@'%'"}), Outcome::passed);
  EXPECT_EQ(asked({"ben@%"}, {"ben@localhost"}), Outcome::refused);
  EXPECT_EQ(asked({"ben@%"}, {"carla", "dora"}), Outcome::refused);
}

TEST(Approval, IsOfOnePlan) {
  const Approval other{.plan = std::string(64, 'b'), .account = "ben@%"};
  const Verdict verdict = approval_verdict("up", plan, {other}, "ana@%", {});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw, "plan aaaaaaaaaaaa is a draft: nobody has approved it");
}

TEST(Approval, IsAskedOfAPlanThatNobodySaw) {
  const Verdict verdict = approval_verdict("up", std::nullopt, {}, "ana@%", {});
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_NE(verdict.way_out.find("migrate plan --out plan.json"), std::string::npos);
}

TEST(Approval, SaysWhoseDoesNotCount) {
  const Verdict verdict = approval_verdict("up", plan, {{.plan = plan, .account = "ana@%"}},
                                           "ana@localhost", {"ben", "eva"});
  EXPECT_EQ(verdict.saw,
            "plan aaaaaaaaaaaa was approved only by ana@%, which does not count for a run as "
            "ana@localhost");
  EXPECT_NE(verdict.way_out.find("who may: ben, eva"), std::string::npos);
}

TEST(Judgement, TellsAllThatIsInTheWayAtOnce) {
  const Judgement judgement =
      judge({{.guard = "window", .outcome = Outcome::refused, .saw = "shut"},
             {.guard = "backup", .outcome = Outcome::refused, .saw = "old"},
             {.guard = "lag", .outcome = Outcome::warned, .saw = "2 s"}},
            {});
  EXPECT_FALSE(judgement.allowed());
  EXPECT_EQ(judgement.refusal().code, ExitCode::refused);
  EXPECT_EQ(judgement.refusal().reason, "window: shut; backup: old");
  EXPECT_EQ(judgement.warnings, std::vector<std::string>{"lag: 2 s"});
}

TEST(Judgement, AnOverrideCountsOnlyWhereItsGuardRefuses) {
  const std::vector<Override> overrides{{"window", "agreed by phone"}};
  const Judgement judgement =
      judge({{.guard = "window", .outcome = Outcome::refused, .saw = "shut"},
             {.guard = "backup", .outcome = Outcome::refused, .saw = "old"}},
            overrides);
  EXPECT_EQ(judgement.refusals, std::vector<std::string>{"backup: old"});
  ASSERT_EQ(judgement.record().size(), 1U);
  EXPECT_EQ(std::get<journal::Logged>(judgement.record().front()).message,
            "window: agreed by phone (shut)");
  EXPECT_TRUE(judge({{.guard = "window", .saw = "open"}}, overrides).record().empty());
}

}  // namespace
}  // namespace migrate::core::guard
