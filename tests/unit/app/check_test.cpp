#include "app/check.h"

#include <gtest/gtest.h>

#include "support/fake_check_queries.h"
#include "unit/app/world.h"

namespace migrate::app {
namespace {

using core::check::Check;
using core::check::Severity;
using core::check::Verdict;
using testing::FakeCheckQueries;

Check check(const std::string& name) {
  return {.name = name,
          .query = "SELECT " + name,
          .expect = {.comparison = core::check::Expectation::Comparison::at_most, .bound = 3},
          .reason = "more than three are too many"};
}

class Looking : public ::testing::Test {
 protected:
  CheckPorts ports() { return {queries_, cancellation_, clock_}; }

  FakeCheckQueries queries_;
  testing::FakeCancellation cancellation_;
  testing::StoppedClock clock_;
};

TEST_F(Looking, AsksEachCheckThatHasItsTables) {
  queries_.values = {{"SELECT a", "1"}, {"SELECT b", "4"}};
  queries_.tables = {"there"};
  Check needs_there = check("a");
  needs_there.needs = {"there"};
  Check needs_gone = check("c");
  needs_gone.needs = {"there", "gone"};
  const auto look = look_at(ports(), {needs_there, check("b"), needs_gone, check("d")});
  ASSERT_EQ(look.results.size(), 4U);
  EXPECT_EQ(look.results[0].verdict, Verdict::holds);
  EXPECT_EQ(look.results[1].verdict, Verdict::fails);
  EXPECT_EQ(look.results[2].verdict, Verdict::left_out);
  EXPECT_EQ(look.results[2].seen, "there is no table gone");
  EXPECT_EQ(look.results[3].verdict, Verdict::unknown);
  EXPECT_EQ(queries_.asked, (std::vector<std::string>{"SELECT a", "SELECT b", "SELECT d"}));
  EXPECT_TRUE(cancellation_.was_watched) << "a signal ends the query on the server";
  EXPECT_EQ(cancellation_.watched, 0U);
}

TEST_F(Looking, WithoutChecksAsksNothing) {
  look_at(ports(), {});
  EXPECT_EQ(queries_.looks, 0);
}

TEST_F(Looking, ASignalBreaksItOff) {
  queries_.values = {{"SELECT a", "1"}, {"SELECT b", "1"}};
  queries_.then = [this](const std::string& query) {
    if (query == "SELECT b") cancellation_.signal = core::ExitCode::interrupted;
  };
  const auto look = look_at(ports(), {check("a"), check("b"), check("c")});
  EXPECT_EQ(look.results.size(), 1U);
}

TEST_F(Looking, WatchesUntilASignalAndKnowsTheLookBefore) {
  queries_.values = {{"SELECT a", "1"}};
  std::vector<std::string> shown;
  const auto code = watch(ports(), {check("a")}, std::chrono::seconds(60),
                          [&](const core::check::Look& now, const core::check::Look* before) {
                            shown.push_back((before == nullptr ? "-" : before->results[0].seen) +
                                            ">" + now.results[0].seen);
                            if (shown.size() == 1) queries_.values = {{"SELECT a", "5"}};
                            if (shown.size() == 3)
                              cancellation_.signal = core::ExitCode::terminated;
                          });
  EXPECT_EQ(code, core::ExitCode::terminated);
  EXPECT_EQ(shown, (std::vector<std::string>{"->1", "1>5", "5>5"}));
  EXPECT_EQ(clock_.now().time_since_epoch(), std::chrono::seconds(120));
}

TEST_F(Looking, WatchingGoesOnThroughARestartOfTheServer) {
  queries_.values = {{"SELECT a", "1"}};
  std::vector<Verdict> shown;
  watch(ports(), {check("a")}, std::chrono::seconds(60),
        [&](const core::check::Look& now, const core::check::Look*) {
          shown.push_back(now.results.at(0).verdict);
          queries_.gone = shown.size() == 1;
          if (shown.size() == 3) cancellation_.signal = core::ExitCode::terminated;
        });
  EXPECT_EQ(shown, (std::vector<Verdict>{Verdict::holds, Verdict::unknown, Verdict::holds}));
}

class AroundUp : public ::testing::Test {
 protected:
  AroundUp() {
    world_.steps.up("1", "CREATE TABLE t (id INT);\nCREATE TABLE u (id INT);\n");
    checks_.queries = &queries_;
  }

  std::string messages(const std::string& event) const {
    std::string text;
    for (const core::LogRow& row : world_.server.log()) {
      if (row.event == event) text += row.message + "\n";
    }
    return text;
  }

  FakeCheckQueries queries_;
  RunChecks checks_;
  testing::World world_;
};

TEST_F(AroundUp, AnErrorBeforeStopsItInFrontOfTheFirstStatement) {
  queries_.values = {{"SELECT a", "4"}, {"SELECT b", "1"}};
  checks_.before = {check("a"), check("b")};
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::refused);
  EXPECT_FALSE(world_.has_table("t"));
  EXPECT_TRUE(world_.server.history().empty());
  const auto refused = world_.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->refusal.reason, "a: 4, expected <= 3; nothing ran");
  EXPECT_NE(refused->refusal.detail.find("more than three are too many"), std::string::npos);
  EXPECT_NE(refused->refusal.way_out.find("--skip-check a --reason"), std::string::npos);
}

TEST_F(AroundUp, WithoutAnAnswerItDoesNotRunEither) {
  checks_.before = {check("a")};
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::refused);
  EXPECT_FALSE(world_.has_table("t"));
}

TEST_F(AroundUp, AWarningBeforeIsToldAndKept) {
  queries_.values = {{"SELECT a", "4"}};
  checks_.before = {check("a")};
  checks_.before[0].severity = Severity::warning;
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::done);
  EXPECT_TRUE(world_.has_table("t"));
  EXPECT_TRUE(world_.events.first<core::event::Checked>());
  EXPECT_EQ(messages("check failed"), "before: a: 4, expected <= 3\n");
}

TEST_F(AroundUp, AnErrorBehindItChangesTheExitCodeAndNothingElse) {
  queries_.values = {{"SELECT a", "4"}};
  queries_.then = [this](const std::string&) { EXPECT_TRUE(world_.has_table("u")); };
  checks_.after = {check("a")};
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::check_failed);
  EXPECT_EQ(world_.ledger("1")->state, core::LedgerState::applied);
  EXPECT_EQ(messages("check failed"), "after: a: 4, expected <= 3\n");
  EXPECT_EQ(messages("run finished"), "exit code 8\n");
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::done) << "nothing is left to do";
}

TEST_F(AroundUp, AServerThatIsGoneBehindItIsAFindingAndTheRunIsRecorded) {
  queries_.gone = true;
  checks_.after = {check("a")};
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::check_failed);
  EXPECT_EQ(messages("run finished"), "exit code 8\n");
}

TEST_F(AroundUp, WhatIsSkippedIsKeptWithItsReason) {
  checks_.skipped = {{"a", "the dead letters are known"}};
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::done);
  EXPECT_EQ(messages("check skipped"), "a: the dead letters are known\n");
  EXPECT_EQ(queries_.looks, 0);
}

TEST_F(AroundUp, WithNothingToDoNothingIsAsked) {
  EXPECT_EQ(world_.up(), core::ExitCode::done);
  checks_.before = {check("a")};
  checks_.after = {check("a")};
  EXPECT_EQ(world_.up({}, checks_), core::ExitCode::done);
  EXPECT_EQ(queries_.looks, 0);
}

TEST_F(AroundUp, AFailedStepIsNotCheckedAndItsUndoingIsNot) {
  world_.up();
  world_.steps.up("2",
                  "-- migrate: stepwise\nCREATE TABLE v (id INT);\nINSERT INTO none VALUES (1);\n");
  world_.steps.down("2", "-- migrate: stepwise\nDELETE FROM none;\nDROP TABLE v;\n");
  queries_.values = {{"SELECT a", "1"}};
  checks_.before = {check("a")};
  checks_.after = {check("a")};
  EXPECT_EQ(world_.up({.on_failure = core::OnFailure::rollback}, checks_),
            core::ExitCode::statement_failed);
  EXPECT_EQ(queries_.looks, 1) << "in front of the first statement alone";
}

}  // namespace
}  // namespace migrate::app
