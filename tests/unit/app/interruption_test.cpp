// Other runs, signals and lost connections.
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "app/inspection.h"
#include "app/locked_sessions.h"
#include "core/fault.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::LedgerState;

/// Another run that holds the locks until it is reset.
std::optional<app::LockedSessions> other_run(World& world) {
  auto opened = app::LockedSessions::open(world.server.connect(), world.server, world.events,
                                          world.cancellation, {.lock = std::chrono::seconds(0)});
  return std::get<app::LockedSessions>(std::move(opened));
}

TEST(Locked, WaitsForTheOtherRunAndThenNamesIt) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  auto other = other_run(world);
  int waits = 0;
  world.server.on_lock_wait([&] { ++waits; });
  EXPECT_EQ(world.up(), ExitCode::locked);
  EXPECT_EQ(waits, 3);
  const auto waiting = world.events.first<core::event::LockWaiting>();
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->holder.connection_id, other->control().info().connection_id);
  EXPECT_EQ(waiting->timeout_s, 3U);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("connection 1, root@localhost"), std::string::npos)
      << refused->refusal.reason;
  EXPECT_FALSE(world.has_table("a"));
}

TEST(Locked, RunsAsSoonAsTheOtherRunEnds) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  auto other = other_run(world);
  world.server.on_lock_wait([&] { other.reset(); });
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.has_table("a"));
}

TEST(Locked, EndsAConnectionOfADeadRunThatRunsNothing) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  const auto orphan = world.server.connect();
  ASSERT_TRUE(orphan->lock("migrate.work.app", std::chrono::seconds(0)));
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.has_table("a"));
  EXPECT_FALSE(world.events.first<core::event::OrphanWaiting>());
}

TEST(Locked, ASignalEndsTheWaiting) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  auto other = other_run(world);
  world.server.on_lock_wait([&] { world.cancellation.signal = ExitCode::interrupted; });
  EXPECT_EQ(world.up(), ExitCode::interrupted);
}

TEST(Cancelled, BetweenTwoStatementsOfADdlStepTheHistoryIsTrue) {
  World world;
  world.steps.up(
      "1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;\nCREATE TABLE c (id INT);");
  world.events.then = [&](const core::Event& event) {
    if (std::holds_alternative<core::event::StatementDone>(event)) {
      world.cancellation.signal = ExitCode::interrupted;
    }
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_TRUE(world.has_table("a"));
  EXPECT_FALSE(world.has_table("c"));
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  const auto failed = world.events.first<core::event::StepFailed>();
  ASSERT_TRUE(failed);
  EXPECT_TRUE(failed->cancelled);
  EXPECT_EQ(failed->index, 2U);
  EXPECT_EQ(world.logged(), "stopped");

  world.events.then = nullptr;
  world.cancellation.signal.reset();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
  EXPECT_TRUE(world.has_table("c"));
}

TEST(Cancelled, BeforeADataStepNothingOfItIsThere) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "INSERT INTO a VALUES (1);");
  world.events.then = [&](const core::Event& event) {
    if (std::holds_alternative<core::event::StepDone>(event)) {
      world.cancellation.signal = ExitCode::terminated;
    }
  };
  EXPECT_EQ(world.up(), ExitCode::terminated);
  EXPECT_EQ(world.rows("a"), "");
  EXPECT_FALSE(world.ledger("2"));
}

TEST(Cancelled, AStatementThatTheServerStoppedEndsTheRunByTheSignal) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);");
  world.faults->refuse("CREATE TABLE b (id INT)", {.code = 1317, .sqlstate = "70100"});
  world.events.then = [&](const core::Event& event) {
    const auto* started = std::get_if<core::event::StatementStarted>(&event);
    if (started != nullptr && started->index == 2) {
      world.cancellation.signal = ExitCode::terminated;
    }
  };
  EXPECT_EQ(world.up(), ExitCode::terminated);
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  EXPECT_TRUE(world.events.first<core::event::StepFailed>()->cancelled);
  EXPECT_TRUE(world.cancellation.was_watched);
}

TEST(Cancelled, AKillThatComesTooLateHitsNothingThatMatters) {
  World world;
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);\nCREATE TABLE b (id INT);");
  world.events.then = [&](const core::Event& event) {
    const auto* done = std::get_if<core::event::StatementDone>(&event);
    if (done == nullptr || done->index != 2) return;
    world.cancellation.signal = ExitCode::interrupted;
    world.faults->interrupt_next_packet();
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(world.ledger("1")->statements_done, 2U);
  EXPECT_EQ(world.rows("a"), "1");

  world.events.then = nullptr;
  world.cancellation.signal.reset();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1");
  EXPECT_TRUE(world.has_table("b"));
}

TEST(Cancelled, ASignalDuringTheLastStatementIsInTheExitCodeThoughAllIsDone) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.events.then = [&](const core::Event& event) {
    if (std::holds_alternative<core::event::StatementDone>(event)) {
      world.cancellation.signal = ExitCode::interrupted;
    }
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(world.ledger("1")->state, LedgerState::applied);
  const auto warned = world.events.first<core::event::Warned>();
  ASSERT_TRUE(warned);
  EXPECT_NE(warned->message.find("everything is done"), std::string::npos) << warned->message;
}

TEST(Cancelled, OnlyStatementsOfAFileAreCancelled) {
  World world;
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nSET @a = 1;\nALTER TABLE missing ADD COLUMN b INT;");
  world.events.then = [&](const core::Event& event) {
    const bool between = std::holds_alternative<core::event::StepStarted>(event) ||
                         std::holds_alternative<core::event::StepFailed>(event) ||
                         std::holds_alternative<core::event::RunFinished>(event);
    if (between) {
      EXPECT_EQ(world.cancellation.watched, 0U);
    }
    if (std::holds_alternative<core::event::StatementDone>(event)) {
      EXPECT_NE(world.cancellation.watched, 0U);
    }
  };
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
}

TEST(Killed, InATransactionOfTheFileThatACallCommittedIsInDoubt) {
  World world;
  world.server.define_procedure("commits", {"INSERT INTO a VALUES (8)", "COMMIT"});
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nBEGIN;\nINSERT INTO a VALUES (7);\nCALL commits();\n"
                 "INSERT INTO a VALUES (9);\nCOMMIT;");
  world.faults->lose_before("INSERT INTO a VALUES (9)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  EXPECT_EQ(world.rows("a"), "7 8");
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::in_doubt) << "the rows of what CALL committed would come twice";
  EXPECT_EQ(world.rows("a"), "7 8");
}

TEST(Killed, InATransactionOfTheFileWhoseCallCommittedNothingRunsAgain) {
  World world;
  world.server.define_procedure("inserts", {"INSERT INTO a VALUES (8)"});
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nBEGIN;\nINSERT INTO a VALUES (7);\nCALL inserts();\n"
                 "INSERT INTO a VALUES (9);\nCOMMIT;");
  world.faults->lose_before("INSERT INTO a VALUES (9)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "7 8 9");
}

TEST(Lost, InADataStepItIsNeverInDoubt) {
  for (const bool ran : {false, true}) {
    World world;
    world.steps.up("1", "CREATE TABLE a (id INT);");
    world.steps.up("2", "INSERT INTO a VALUES (1);\nUPDATE a SET id = id + 1;");
    if (ran) {
      world.faults->lose_after("UPDATE a SET id = id + 1");
    } else {
      world.faults->lose_before("UPDATE a SET id = id + 1");
    }
    EXPECT_EQ(world.up(), ExitCode::unavailable);
    EXPECT_EQ(world.rows("a"), "");
    world.end_faults();
    EXPECT_EQ(world.up(), ExitCode::done);
    EXPECT_EQ(world.rows("a"), "2");
  }
}

TEST(Lost, BeforeASchemaStatementIsSentItIsNotInDoubt) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.faults->lose_before("CREATE TABLE a (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.has_table("a"));
}

/// Nothing tells how far a procedure came that commits in its middle.
class InDoubt : public ::testing::Test {
 protected:
  InDoubt() {
    world.server.define_procedure("commits", {"COMMIT", "INSERT INTO a VALUES (5)", "COMMIT"});
    world.steps.up("1", "CREATE TABLE a (id INT);\nCALL commits();");
    world.steps.up("2", "INSERT INTO a VALUES (6);");
  }
  void lose(bool ran) {
    if (ran) {
      world.faults->lose_after("CALL commits()");
    } else {
      world.faults->lose_during("CALL commits()");
    }
    EXPECT_EQ(world.up(), ExitCode::unavailable);
    world.end_faults();
  }
  World world;
};

TEST_F(InDoubt, EveryRunStopsUntilSomebodyDecides) {
  lose(true);
  EXPECT_EQ(world.up(), ExitCode::in_doubt);
  EXPECT_EQ(world.down(), ExitCode::in_doubt);
  EXPECT_EQ(world.rows("a"), "5");
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("statement 2 of 2 of 1_step"), std::string::npos)
      << refused->refusal.reason;
  EXPECT_NE(refused->refusal.way_out.find("migrate resolve"), std::string::npos);
}

TEST_F(InDoubt, TheSameRunStopsToo) {
  world.reconnect_timeout = std::chrono::seconds(60);
  world.faults->lose_after("CALL commits()");
  EXPECT_EQ(world.up(), ExitCode::in_doubt);
  EXPECT_EQ(world.rows("a"), "5");
}

TEST_F(InDoubt, ResolvedAsAppliedItGoesOnBehindTheStatement) {
  lose(true);
  EXPECT_EQ(world.resolve(app::Decision::applied, "the row is there"), ExitCode::done);
  EXPECT_EQ(world.server.log().back().message, "the row is there");
  EXPECT_EQ(world.server.log().back().statement, 2U);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "5 6");
  EXPECT_EQ(world.ledger("1")->state, LedgerState::applied);
}

TEST_F(InDoubt, ResolvedAsNotAppliedItRunsTheStatement) {
  lose(false);
  EXPECT_EQ(world.up(), ExitCode::in_doubt);
  EXPECT_EQ(world.resolve(app::Decision::not_applied), ExitCode::done);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "5 6");
}

TEST(InDoubtBehindOthers, WhatRanInFrontOfItStaysDoneWhateverIsDecided) {
  World world;
  world.steps.up("1", "CREATE TABLE c (id INT);");
  world.steps.up("2", "CREATE TABLE a (id INT);\nDROP TABLE c;");
  world.faults->lose_during("DROP TABLE c");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  // Somebody else changes the table that was to be dropped.
  world.server.connect()->run({core::Statement{.text = "ALTER TABLE c ADD COLUMN n INT"}},
                              [](const core::ItemResult&) {});
  EXPECT_EQ(world.up(), ExitCode::in_doubt);
  EXPECT_EQ(world.resolve(app::Decision::not_applied), ExitCode::done);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
  EXPECT_FALSE(world.has_table("c"));
}

/// The connection breaks before the ALTER of the one step has run.
class SomebodyElse : public ::testing::Test {
 protected:
  SomebodyElse() {
    world.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;");
    world.faults->lose_during("ALTER TABLE a ADD COLUMN b INT");
    EXPECT_EQ(world.up(), ExitCode::unavailable);
    world.end_faults();
  }
  void does(const std::string& statement) {
    world.server.connect()->run({core::Statement{.text = statement}},
                                [](const core::ItemResult&) {});
  }
  World world;
};

TEST_F(SomebodyElse, ChangedTheTableInAnotherWay) {
  does("ALTER TABLE a ADD COLUMN c INT");
  EXPECT_EQ(world.up(), ExitCode::in_doubt);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("table `a` has changed, but not as the statement"),
            std::string::npos)
      << refused->refusal.reason;
  EXPECT_EQ(world.resolve(app::Decision::not_applied), ExitCode::done);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.times("ALTER TABLE a ADD COLUMN b INT"), 1U);
}

TEST_F(SomebodyElse, RanTheSameStatementByHand) {
  does("ALTER TABLE a ADD COLUMN b INT");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.times("ALTER TABLE a ADD COLUMN b INT"), 1U);
}

TEST(Remnants, OfACreateInWhichTheServerDiedAreDropped) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);");
  world.faults->lose_before("CREATE TABLE b (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  world.server.leave_remnant_of("b");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.has_table("b"));
  EXPECT_NE(world.events.first<core::event::Settled>()->message.find(
                "what the server may have left of it when it died is dropped, and it goes on "
                "at statement 2"),
            std::string::npos);
}

class HalfDoneByItsEngine : public ::testing::Test {
 protected:
  ExitCode up_after_a_crash_in_create(core::ServerFamily family, const std::string& engine) {
    world.server.set_engine(family, engine);
    world.steps.up("1", "CREATE TABLE a (id INT);");
    world.faults->lose_after("CREATE TABLE a (id INT)");
    EXPECT_EQ(world.up(), ExitCode::unavailable);
    world.end_faults();
    if (server_died) world.server.restart();
    return world.up();
  }
  World world;
  bool server_died = true;
};

TEST_F(HalfDoneByItsEngine, IsInDoubtWhenTheServerDied) {
  EXPECT_EQ(up_after_a_crash_in_create(core::ServerFamily::mysql, "MyISAM"), ExitCode::in_doubt);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("the engine MyISAM may leave"), std::string::npos)
      << refused->refusal.reason;
}

TEST_F(HalfDoneByItsEngine, IsNotWhenOnlyTheClientDied) {
  server_died = false;
  EXPECT_EQ(up_after_a_crash_in_create(core::ServerFamily::mysql, "MyISAM"), ExitCode::done);
}

TEST_F(HalfDoneByItsEngine, IsNotWithAtomicDdl) {
  EXPECT_EQ(up_after_a_crash_in_create(core::ServerFamily::mysql, "InnoDB"), ExitCode::done);
}

TEST_F(HalfDoneByItsEngine, IsNotOnMariaDb) {
  EXPECT_EQ(up_after_a_crash_in_create(core::ServerFamily::mariadb, "Aria"), ExitCode::done);
}

class Settled : public ::testing::TestWithParam<bool> {
 protected:
  Settled() {
    world.steps.up("1",
                   "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN b INT;\n"
                   "INSERT INTO a VALUES (1, 2);");
  }
  /// The connection breaks in the ALTER, which has run or not.
  void lose() {
    const std::string statement = "ALTER TABLE a ADD COLUMN b INT";
    if (GetParam()) {
      world.faults->lose_after(statement);
    } else {
      world.faults->lose_during(statement);
    }
  }
  void expect_all_done_once() {
    EXPECT_EQ(world.rows("a"), "1,2");
    EXPECT_EQ(world.times("ALTER TABLE a ADD COLUMN b INT"), 1U);
    EXPECT_EQ(world.ledger("1")->state, LedgerState::applied);
  }
  std::string told() const {
    const auto settled = world.events.first<core::event::Settled>();
    return settled ? settled->message : "";
  }
  std::string expected() const {
    return std::string(
               "statement 2 of 3 of 1_step was in flight when a run ended; table `a` has ") +
           (GetParam() ? "changed, so it counts as applied" : "not changed, so it will run again");
  }
  World world;
};

TEST_P(Settled, ByTheNextRun) {
  lose();
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(told(), expected());
  expect_all_done_once();
}

TEST_P(Settled, ByTheSameRunWhenItHasConnectedAgain) {
  world.reconnect_timeout = std::chrono::seconds(60);
  lose();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(told(), expected());
  EXPECT_TRUE(world.events.first<core::event::Reconnected>());
  expect_all_done_once();
}

TEST_P(Settled, StatusOnlyTellsIt) {
  lose();
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  const auto before = world.server.history();
  const core::Status status =
      app::inspect([&] { return world.server.connect(); }, world.steps, world.background);
  EXPECT_EQ(status.exit_code(), ExitCode::pending);
  EXPECT_EQ(status.rows.at(0).note, expected());
  EXPECT_EQ(world.server.history().journal.at(0).state, before.journal.at(0).state);
}

INSTANTIATE_TEST_SUITE_P(WhetherItRanOrNot, Settled, ::testing::Bool());

TEST(Reconnected, WhereAnotherRunTookTheLocksMeanwhileItLeaves) {
  World world;
  world.reconnect_timeout = std::chrono::seconds(60);
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.faults->lose_before("CREATE TABLE a (id INT)");
  std::optional<app::LockedSessions> other;
  int connections = 0;
  world.faults->on_connect([&] {
    constexpr int first_after_the_loss = 3;
    if (++connections == first_after_the_loss) other = other_run(world);
  });
  EXPECT_EQ(world.up(), ExitCode::locked);
  EXPECT_FALSE(world.has_table("a"));
}

TEST(Reconnected, ASignalEndsTheTrying) {
  World world;
  world.reconnect_timeout = std::chrono::seconds(60);
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.faults->lose_before("CREATE TABLE a (id INT)");
  world.events.then = [&](const core::Event& event) {
    if (std::holds_alternative<core::event::ConnectionLost>(event)) {
      world.cancellation.signal = ExitCode::interrupted;
    }
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_FALSE(world.has_table("a"));
}

TEST(Reconnected, AStatementThatBreaksTheConnectionEachTimeIsGivenUp) {
  World world;
  world.reconnect_timeout = std::chrono::seconds(60);
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.faults->lose_before_each_time("CREATE TABLE a (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  EXPECT_TRUE(world.events.first<core::event::StepFailed>());
}

TEST_F(InDoubt, ResolveRefusesWhereNothingIsInDoubt) {
  EXPECT_EQ(world.resolve(app::Decision::applied), ExitCode::refused);
  EXPECT_TRUE(world.server.log().empty());
}

TEST(SettledAtOnce, TheFirstStatementOfAStepRunsAgain) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.faults->lose_during("CREATE TABLE a (id INT)");
  EXPECT_EQ(world.up(), ExitCode::unavailable);
  world.end_faults();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(world.has_table("a"));
}

}  // namespace
}  // namespace migrate::testing
