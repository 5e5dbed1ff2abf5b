// Commands of the user's around a run and its steps.
#include "app/hooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_programs.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::hook::Moment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Hooked : public ::testing::Test {
 protected:
  Hooked() {
    world_.steps.up("1", "CREATE TABLE t (id INT);\n");
    world_.steps.down("1", "DROP TABLE t;\n");
    world_.steps.up("2", "CREATE TABLE u (id INT);\n");
    world_.steps.down("2", "DROP TABLE u;\n");
    world_.hooks.programs = &programs_;
    world_.hooks.variables = {{"MIGRATE_ENV", "test"}};
    hook(Moment::before_run);
    hook(Moment::before_step);
    hook(Moment::after_step);
    hook(Moment::after_run);
    hook(Moment::on_failure);
    programs_.then = [this](const std::string& name) {
      programs_told_.push_back(name + (world_.has_table("t") ? " t" : "") +
                               (world_.has_table("u") ? " u" : ""));
    };
  }

  void hook(Moment moment) {
    const std::string name(name_of(moment));
    world_.hooks.hooks.commands[moment] = {
        .argv = {name}, .shown = "./" + name, .origin = "migrate.yaml:7"};
  }
  void fails(Moment moment) {
    programs_.endings[std::string(name_of(moment))] = FakePrograms::failure();
  }
  core::Refusal refusal() const {
    const auto refused = world_.events.first<core::event::Refused>();
    return refused ? refused->refusal : core::Refusal{};
  }
  std::vector<std::string> logged(const std::string& event) const {
    std::vector<std::string> messages;
    for (const core::LogRow& row : world_.server.log()) {
      if (row.event == event) messages.push_back(row.message);
    }
    return messages;
  }
  std::string warning() const {
    const auto warned = world_.events.first<core::event::Warned>();
    return warned ? warned->message : "";
  }

  World world_;
  FakePrograms programs_;
  std::vector<std::string> programs_told_;
};

TEST_F(Hooked, RunInOrderBetweenTheStepsThatTheyNameEachByItself) {
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_THAT(programs_told_, ElementsAre("before_run", "before_step", "after_step t",
                                          "before_step t", "after_step t u", "after_run t u"));
  EXPECT_EQ(programs_.variable(0, "MIGRATE_ENV"), "test");
  EXPECT_EQ(programs_.variable(0, "MIGRATE_HOOK"), "before_run");
  EXPECT_EQ(programs_.variable(0, "MIGRATE_COMMAND"), "up");
  EXPECT_EQ(programs_.variable(0, "MIGRATE_RUN"), "run-1");
  EXPECT_EQ(programs_.variable(0, "MIGRATE_STEPS"), "2");
  EXPECT_EQ(programs_.variable(0, "MIGRATE_STEP"), "");
  EXPECT_EQ(programs_.variable(0, "MIGRATE_RESULT"), "");
  EXPECT_THAT(programs_.variable(3, "MIGRATE_STEP"), HasSubstr("2"));
  EXPECT_EQ(programs_.variable(3, "MIGRATE_DIRECTION"), "up");
  EXPECT_EQ(programs_.variable(3, "MIGRATE_RESULT"), "");
  EXPECT_EQ(programs_.variable(5, "MIGRATE_RESULT"), "done");
  EXPECT_EQ(programs_.variable(5, "MIGRATE_EXIT_CODE"), "0");
  EXPECT_EQ(programs_.variable(5, "MIGRATE_STEP"), "");
}

TEST_F(Hooked, OfAStepFindItRecorded) {
  std::vector<core::LedgerState> states;
  programs_.then = [&](const std::string& name) {
    if (name == "after_step") states.push_back(world_.server.history().ledger.back().state);
  };
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_THAT(states, ElementsAre(core::LedgerState::applied, core::LedgerState::applied));
}

TEST_F(Hooked, AreInTheLogAndAmongTheEvents) {
  EXPECT_EQ(world_.up(), ExitCode::done);
  const auto messages = logged("hook");
  ASSERT_EQ(messages.size(), 6U);
  EXPECT_EQ(messages[0], "before_run (./before_run): exit status 0");
  EXPECT_THAT(messages[2], ::testing::MatchesRegex("after_step of .*1.* \\(./after_step\\): .*"));
  EXPECT_EQ(messages[5], "after_run (./after_run): exit status 0");
  EXPECT_EQ(world_.server.log().back().event, "run finished");
  EXPECT_EQ(world_.events.all<core::event::HookStarted>().size(), 6U);
  EXPECT_EQ(world_.events.all<core::event::HookEnded>().size(), 6U);
}

TEST_F(Hooked, ThatFailsInFrontOfTheRunStopsItBeforeAnythingIsWritten) {
  fails(Moment::before_run);
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_TRUE(world_.server.history().empty());
  EXPECT_TRUE(world_.server.log().empty());
  EXPECT_EQ(refusal().reason, "the hook before_run (./before_run): exit status 3; nothing ran");
  EXPECT_EQ(refusal().way_out,
            "mend what it complains of, or the hook (migrate.yaml:7); then: migrate up");
  EXPECT_EQ(refusal().detail, "first line\nthere are workers left");
  EXPECT_EQ(programs_.names(), "before_run on_failure");
  EXPECT_EQ(programs_.variable(1, "MIGRATE_RESULT"), "refused");
  EXPECT_EQ(programs_.variable(1, "MIGRATE_EXIT_CODE"), "4");
}

TEST_F(Hooked, ThatFailsInFrontOfAStepStopsTheRunThere) {
  programs_.then = [this](const std::string& name) {
    if (name == "before_step" && world_.has_table("t")) fails(Moment::before_step);
  };
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_TRUE(world_.has_table("t"));
  EXPECT_FALSE(world_.has_table("u"));
  EXPECT_FALSE(world_.ledger("2")) << "nothing of it is begun";
  EXPECT_THAT(refusal().reason, HasSubstr("the hook before_step of "));
  EXPECT_EQ(programs_.names(), "before_run before_step after_step before_step on_failure");
  EXPECT_THAT(programs_.variable(4, "MIGRATE_STEP"), HasSubstr("2"));
  EXPECT_EQ(logged("hook failed").size(), 1U);
  EXPECT_THAT(logged("run finished"), ElementsAre("exit code 4"));

  programs_.then = nullptr;
  programs_.endings.clear();
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_TRUE(world_.has_table("u"));
}

TEST_F(Hooked, ThatFailsBehindSomethingIsAWarning) {
  fails(Moment::after_step);
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_TRUE(world_.has_table("u"));
  EXPECT_THAT(warning(), HasSubstr("the hook after_step of "));
  EXPECT_THAT(warning(), HasSubstr("exit status 3; it said at the end: there are workers left"));
}

TEST_F(Hooked, OfAFailureComesOnceAndKnowsTheStep) {
  world_.steps.up("2", "CREATE TABLE t (id INT);\n");
  EXPECT_EQ(world_.up(), ExitCode::statement_failed);
  EXPECT_EQ(programs_.names(), "before_run before_step after_step before_step on_failure");
  EXPECT_THAT(programs_.variable(4, "MIGRATE_STEP"), HasSubstr("2"));
  EXPECT_EQ(programs_.variable(4, "MIGRATE_RESULT"), "failed");
  EXPECT_EQ(programs_.variable(4, "MIGRATE_EXIT_CODE"), "5");
  EXPECT_THAT(logged("hook").back(), HasSubstr("on_failure"));
}

TEST_F(Hooked, OfAFailureComesBehindTheUndoing) {
  world_.steps.up("1",
                  "-- migrate: stepwise\nCREATE TABLE t (id INT);\nCREATE TABLE t (id INT);\n");
  world_.steps.down("1", "DROP TABLE t;\nDROP TABLE t;\n");
  world_.steps.remove("2");
  EXPECT_EQ(world_.up({.on_failure = core::OnFailure::rollback}), ExitCode::statement_failed);
  EXPECT_THAT(programs_told_, ElementsAre("before_run", "before_step", "on_failure"))
      << "t is gone by then";
}

TEST_F(Hooked, KeepNoStepsApartWhereNoneIsAboutSteps) {
  world_.hooks.hooks.commands.erase(Moment::before_step);
  world_.hooks.hooks.commands.erase(Moment::after_step);
  const auto before = world_.server.traffic().packets;
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_THAT(programs_told_, ElementsAre("before_run", "after_run t u"));
  const auto together = world_.server.traffic().packets - before;
  World plain;
  plain.steps = world_.steps;
  EXPECT_EQ(plain.up(), ExitCode::done);
  EXPECT_EQ(together, plain.server.traffic().packets) << "as without hooks";
}

TEST_F(Hooked, DoNotRunWhereThereIsNothingToDo) {
  EXPECT_EQ(world_.up(), ExitCode::done);
  programs_.ran.clear();
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_TRUE(programs_.ran.empty());
}

TEST_F(Hooked, DoNotRunWhereThePlanIsRefused) {
  EXPECT_EQ(world_.up(), ExitCode::done);
  programs_.ran.clear();
  world_.steps.up("1", "CREATE TABLE t (other INT);\n");
  EXPECT_EQ(world_.up(), ExitCode::drift);
  EXPECT_TRUE(programs_.ran.empty());
}

TEST_F(Hooked, RunAroundDownAndRedoToo) {
  EXPECT_EQ(world_.up(), ExitCode::done);
  programs_.ran.clear();
  EXPECT_EQ(world_.down(), ExitCode::done);
  EXPECT_EQ(programs_.names(), "before_run before_step after_step after_run");
  EXPECT_EQ(programs_.variable(1, "MIGRATE_DIRECTION"), "down");
  EXPECT_EQ(programs_.variable(1, "MIGRATE_COMMAND"), "down");
  programs_.ran.clear();
  EXPECT_EQ(world_.redo(), ExitCode::done);
  EXPECT_EQ(programs_.names(),
            "before_run before_step after_step before_step after_step after_run");
  EXPECT_EQ(world_.reset(), ExitCode::done);
  EXPECT_EQ(programs_.ran.size(), 6U) << "not around a reset";
}

TEST_F(Hooked, HandOnASignalThatComesMeanwhileAndTheRunEnds) {
  programs_.then = [this](const std::string& name) {
    if (name == "before_step") world_.cancellation.signal = ExitCode::interrupted;
  };
  EXPECT_EQ(world_.up(), ExitCode::interrupted);
  EXPECT_FALSE(world_.has_table("t"));
  EXPECT_EQ(programs_.names(), "before_run before_step on_failure");
  const auto ended = world_.events.all<core::event::HookEnded>();
  EXPECT_EQ(ended[1].ending.how, core::ProgramEnding::How::stopped);
  EXPECT_EQ(ended[2].ending.how, core::ProgramEnding::How::succeeded)
      << "the signal that came before is not handed on to it";
  EXPECT_EQ(programs_.variable(2, "MIGRATE_RESULT"), "stopped");
}

TEST_F(Hooked, ASignalInFrontOfTheRunLeavesNothing) {
  programs_.then = [this](const std::string& name) {
    if (name == "before_run") world_.cancellation.signal = ExitCode::terminated;
  };
  EXPECT_EQ(world_.up(), ExitCode::terminated);
  EXPECT_TRUE(world_.server.log().empty());
}

TEST_F(Hooked, RunOnceForAStepThatGoesOnOverANewConnection) {
  world_.reconnect_timeout = std::chrono::seconds(5);
  world_.steps.up("2", "CREATE TABLE u (id INT);\nCREATE TABLE v (id INT);\n");
  world_.faults->lose_after("CREATE TABLE v (id INT)");
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_TRUE(world_.events.first<core::event::Reconnected>());
  EXPECT_TRUE(world_.has_table("v"));
  EXPECT_EQ(programs_.names(),
            "before_run before_step after_step before_step after_step after_run");
}

}  // namespace
}  // namespace migrate::testing
