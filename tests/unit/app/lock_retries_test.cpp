// What others hold, and what a run does about it.
#include <string>

#include <gtest/gtest.h>

#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::event::Retrying;

const core::ServerError timeout{
    .code = 1205, .sqlstate = "HY000", .message = "Lock wait timeout exceeded"};

core::Blocker blocker_of(const std::string& user) {
  return {.connection_id = 4711,
          .user = user,
          .host = "web1",
          .idle = true,
          .age_s = 60,
          .statement = "SELECT * FROM a",
          .certainty = core::Blocker::Certainty::certain};
}

class LockOfOthers : public ::testing::Test {
 protected:
  LockOfOthers() { world.server.set_blockers({blocker_of("report")}); }

  /// The statement cannot have its lock, so many times.
  void hold(const std::string& statement, std::size_t times) {
    world.faults->refuse(statement, timeout);
    world.events.then = [this, times](const core::Event& event) {
      const auto* retrying = std::get_if<Retrying>(&event);
      if (retrying != nullptr && retrying->attempt == times) world.faults->refuse_no_more();
    };
  }
  std::vector<std::uint64_t> pauses() const {
    std::vector<std::uint64_t> pauses;
    for (const Retrying& retrying : world.events.all<Retrying>())
      pauses.push_back(retrying.pause_ms);
    return pauses;
  }

  World world;
};

TEST_F(LockOfOthers, ASchemaStatementIsSentAgainAfterGrowingPauses) {
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;\n"
                 "CREATE TABLE c (id INT);");
  hold("ALTER TABLE a ADD COLUMN b INT", 3);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(pauses(), (std::vector<std::uint64_t>{1000, 2000, 4000}));
  for (const char* once :
       {"CREATE TABLE a (id INT)", "ALTER TABLE a ADD COLUMN b INT", "CREATE TABLE c (id INT)"}) {
    EXPECT_EQ(world.times(once), 1U) << once;
  }
  const auto blocked = world.events.first<core::event::Blocked>();
  ASSERT_TRUE(blocked);
  EXPECT_EQ(blocked->index, 2U);
  ASSERT_EQ(blocked->blockers.size(), 1U);
  EXPECT_EQ(blocked->blockers[0].user, "report");
  EXPECT_EQ(world.logged(), "applied");
}

TEST_F(LockOfOthers, OfStatementsThatTravelTogetherItGoesOnAtTheOneThatFailed) {
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);\nCREATE TABLE c (id INT);");
  hold("CREATE TABLE c (id INT)", 1);
  EXPECT_EQ(world.up(), ExitCode::done);
  for (const char* table : {"a", "b", "c"})
    EXPECT_EQ(world.times(std::string("CREATE TABLE ") + table + " (id INT)"), 1U) << table;
  EXPECT_EQ(world.events.all<core::event::StatementDone>().size(), 3U);
}

TEST_F(LockOfOthers, StepsThatTravelTogetherGoOnTogether) {
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "CREATE TABLE b (id INT);");
  world.steps.up("3", "CREATE TABLE c (id INT);");
  hold("CREATE TABLE b (id INT)", 2);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(pauses(), (std::vector<std::uint64_t>{1000, 2000}));
  EXPECT_EQ(world.logged(), "applied, applied, applied");
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
}

TEST_F(LockOfOthers, ATransactionIsRolledBackAndSentWhole) {
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "INSERT INTO a VALUES (1);\nUPDATE a SET id = id + 1;");
  hold("UPDATE a SET id = id + 1", 1);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "2");
  EXPECT_EQ(world.times("INSERT INTO a VALUES (1)"), 2U);
  EXPECT_EQ(world.ledger("2")->state, core::LedgerState::applied);
}

TEST_F(LockOfOthers, WhatDependsOnItsSessionIsNotSentAgain) {
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2",
                 "INSERT INTO a VALUES (1);\nSELECT COUNT(*) INTO @n FROM a;\n"
                 "UPDATE a SET id = id + 1;");
  hold("UPDATE a SET id = id + 1", 1);
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_TRUE(pauses().empty());
}

TEST_F(LockOfOthers, FailsWhenTheRetriesAreUsedUp) {
  world.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;");
  world.statement_locks.retries = 2;
  world.faults->refuse("ALTER TABLE a ADD COLUMN b INT", timeout);
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(pauses().size(), 2U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->error.code, 1205U);
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
}

TEST_F(LockOfOthers, OtherErrorsAreNotRetried) {
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.faults->refuse("CREATE TABLE a (id INT)", {.code = 1050, .message = "exists"});
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_TRUE(pauses().empty());
}

TEST_F(LockOfOthers, ASignalEndsAPause) {
  world.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;");
  world.faults->refuse("ALTER TABLE a ADD COLUMN b INT", timeout);
  world.events.then = [this](const core::Event& event) {
    if (std::holds_alternative<Retrying>(event)) world.cancellation.signal = ExitCode::interrupted;
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(pauses().size(), 1U);
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
}

TEST_F(LockOfOthers, AKillInAPauseIsSettledByTheNextRun) {
  world.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;");
  world.faults->refuse("ALTER TABLE a ADD COLUMN b INT", timeout);
  world.events.then = [](const core::Event& event) {
    if (std::holds_alternative<Retrying>(event)) throw Killed{};
  };
  EXPECT_THROW(world.up(), Killed);
  world.events.then = {};
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
  EXPECT_EQ(world.times("ALTER TABLE a ADD COLUMN b INT"), 1U);
}

class Ending : public LockOfOthers {
 protected:
  Ending() {
    world.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;");
    world.statement_locks.kill_after = std::chrono::seconds(2);
    world.statement_locks.killable = {"report@%"};
    world.faults->refuse("ALTER TABLE a ADD COLUMN b INT", timeout);
    world.events.then = [this](const core::Event& event) {
      if (std::holds_alternative<core::event::BlockerEnded>(event)) world.faults->refuse_no_more();
    };
  }
};

TEST_F(Ending, WhoIsInTheListIsEndedInTimeAndItIsLogged) {
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.server.blockers().empty());
  EXPECT_EQ(world.logged(), "blocker ended, applied");
  const core::event::Retrying last = world.events.all<Retrying>().back();
  EXPECT_EQ(last.attempt, 2U);  // after 1 s, and 1 s of the second pause
  bool told = false;
  for (const core::LogRow& row : world.server.log())
    told = told || row.message.find("report@web1") != std::string::npos;
  EXPECT_TRUE(told);
}

TEST_F(Ending, NobodyElse) {
  core::Blocker other = blocker_of("report");
  other.kind = core::Blocker::Kind::migrate;
  world.server.set_blockers({blocker_of("app"), other});
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.server.blockers().size(), 2U);
  EXPECT_EQ(world.logged().find("blocker ended"), std::string::npos);
}

}  // namespace
}  // namespace migrate::testing
