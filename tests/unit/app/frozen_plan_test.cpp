// A plan that was frozen runs exactly as it was, or not at all.
#include <string>

#include <gtest/gtest.h>

#include "app/approve.h"
#include "app/guard/approval.h"
#include "unit/app/deaths.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;

class Frozen : public ::testing::Test {
 protected:
  Frozen() {
    world.steps.up("1", "CREATE TABLE a (id INT);");
    EXPECT_EQ(world.up(), ExitCode::done);
    world.steps.up("2", "ALTER TABLE a ADD COLUMN b INT;");
    world.steps.up("3", "INSERT INTO a VALUES (1, 2);\nINSERT INTO a VALUES (3, 4);");
  }

  /// What the refusal of the run names; empty: it was done.
  std::string refused(const app::FrozenRequest& frozen) {
    const ExitCode code = world.up_as_frozen(frozen);
    if (code == ExitCode::done) return {};
    EXPECT_EQ(code, ExitCode::refused);
    const auto refusal = world.events.first<core::event::Refused>();
    return refusal ? refusal->refusal.detail : "no refusal";
  }

  World world;
};

TEST_F(Frozen, RunsWhatItSays) {
  const app::FrozenRequest frozen = world.freeze();
  EXPECT_EQ(refused(frozen), "");
  EXPECT_EQ(world.rows("a"), "1,2 3,4");
  EXPECT_EQ(refused(frozen), "") << "nothing is left to do";
}

TEST_F(Frozen, OnlyTheStepsThatWereAskedFor) {
  const app::FrozenRequest frozen = world.freeze({.steps = 1});
  EXPECT_EQ(refused(frozen), "");
  EXPECT_EQ(world.rows("a"), "");
}

TEST_F(Frozen, NamesAFileThatChanged) {
  const app::FrozenRequest frozen = world.freeze();
  world.steps.up("3", "INSERT INTO a VALUES (5, 6);");
  EXPECT_EQ(refused(frozen), "the file migrations/3_step.up.sql changed\n");
  EXPECT_FALSE(world.has_table("c"));
  EXPECT_EQ(world.rows("a"), "");
}

TEST_F(Frozen, NamesAStepThatCameLater) {
  const app::FrozenRequest frozen = world.freeze();
  world.steps.up("4", "CREATE TABLE c (id INT);");
  EXPECT_EQ(refused(frozen), "4_step is to do as well\n");
}

TEST_F(Frozen, NamesATableThatChanged) {
  const app::FrozenRequest frozen = world.freeze();
  world.by_hand("ALTER TABLE a ADD COLUMN c INT");
  const auto found = world.freeze({.accept_drift = "for the test"});
  EXPECT_EQ(core::what_changed(frozen.plan, found.plan),
            std::vector<std::string>{"table a was changed"});
}

TEST_F(Frozen, NamesAHistoryThatChanged) {
  const app::FrozenRequest frozen = world.freeze();
  world.steps.down("1", "DROP TABLE a;");
  world.steps.remove("2");
  world.steps.remove("3");
  ASSERT_EQ(world.down(), ExitCode::done);
  ASSERT_EQ(world.up(), ExitCode::done);
  world.steps.up("2", "ALTER TABLE a ADD COLUMN b INT;");
  world.steps.up("3", "INSERT INTO a VALUES (1, 2);\nINSERT INTO a VALUES (3, 4);");
  EXPECT_EQ(refused(frozen).find("the history: it was"), 0U) << refused(frozen);
}

TEST_F(Frozen, NamesAnotherServer) {
  const app::FrozenRequest frozen = world.freeze();
  world.server.set_engine(core::ServerFamily::mysql, "InnoDB");
  EXPECT_NE(refused(frozen).find("the server: it was MariaDB"), std::string::npos);
}

// It is still the plan that somebody approved, so nobody has to be asked at three in the morning.
TEST_F(Frozen, GoesOnAfterADeath) {
  const std::string expected = [this] {
    World whole;
    whole.steps = world.steps;
    EXPECT_EQ(whole.up(), ExitCode::done);
    return whole.rows("a");
  }();
  for (const Death death : every_death) {
    for (std::uint64_t n = 1;; ++n) {
      SCOPED_TRACE("death number " + std::to_string(n));
      World killed;
      killed.steps.up("1", "CREATE TABLE a (id INT);");
      ASSERT_EQ(killed.up(), ExitCode::done);
      killed.steps = world.steps;
      const app::FrozenRequest frozen = killed.freeze();
      killed.end_faults();
      plan_death(killed, death, n);
      const auto run = [&frozen](World& one) { return one.up_as_frozen(frozen); };
      if (until_death(killed, run) == Died::no) break;
      ASSERT_EQ(killed.up_as_frozen(frozen), ExitCode::done);
      ASSERT_EQ(killed.rows("a"), expected);
    }
  }
}

class Approved : public Frozen {
 protected:
  Approved() {
    std::vector<std::unique_ptr<app::Guard>> guards;
    guards.push_back(std::make_unique<app::ApprovalGuard>(std::vector<std::string>{}));
    world.guards = app::Guards(std::move(guards), {});
  }
};

TEST_F(Approved, WithoutAPlanNothingRuns) {
  EXPECT_EQ(world.up(), ExitCode::refused);
  EXPECT_EQ(world.reset(), ExitCode::refused);
  EXPECT_TRUE(world.has_table("a")) << "a refused reset drops nothing";
  EXPECT_EQ(world.exec("x.sql", "DROP TABLE a;"), ExitCode::refused);
  EXPECT_TRUE(world.has_table("a"));
}

TEST_F(Approved, ADraftDoesNotRun) {
  EXPECT_EQ(world.up_as_frozen(world.freeze()), ExitCode::refused);
  EXPECT_EQ(world.rows("a"), "");
}

TEST_F(Approved, WithNothingToDoNobodyIsAsked) {
  world.steps.remove("2");
  world.steps.remove("3");
  EXPECT_EQ(world.up(), ExitCode::done);
}

TEST_F(Approved, AnOverrideIsLogged) {
  std::vector<std::unique_ptr<app::Guard>> guards;
  guards.push_back(std::make_unique<app::ApprovalGuard>(std::vector<std::string>{}));
  world.guards = app::Guards(std::move(guards), {{"approval", "the site is down"}});
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_NE(world.logged().find("guard overridden"), std::string::npos) << world.logged();
}

}  // namespace
}  // namespace migrate::testing
