// Kills the program before and after every port call of `up` and `down`, and the server in and
// after every item of every packet, while recovering from such a death too. The next run must end
// as if nothing had happened, and ask nothing.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/inspection.h"
#include "core/fault.h"
#include "unit/app/deaths.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;

// No two statements are alike, so that a text says which ran.
const std::vector<std::string> first_step = {"CREATE TABLE t (id INT)", "CREATE TABLE u (id INT)",
                                             "ALTER TABLE t ADD COLUMN n INT"};
const std::vector<std::string> mixed_step = {"SET @x = 5",
                                             "INSERT INTO u VALUES (@x)",
                                             "CREATE TABLE v (id INT)",
                                             "UPDATE u SET id = id + 100",
                                             "INSERT INTO v VALUES (@x)",
                                             "BEGIN",
                                             "UPDATE v SET id = id + 1000",
                                             "COMMIT",
                                             "ALTER TABLE v ADD COLUMN n INT"};
// One table is dropped under its lock, so that the others have to be locked again without it.
const std::vector<std::string> locked_step = {"CREATE TABLE u (id INT)",
                                              "CREATE TABLE v (id INT, n INT)",
                                              "CREATE TABLE w (id INT)",
                                              "INSERT INTO u VALUES (1)",
                                              "LOCK TABLES u WRITE",
                                              "UPDATE u SET id = id + 20000",
                                              "UNLOCK TABLES",
                                              "SET @y = 7",
                                              "LOCK TABLES v WRITE, w WRITE, u READ",
                                              "INSERT INTO v VALUES (@y, 1)",
                                              "ALTER TABLE v ADD COLUMN m INT",
                                              "UPDATE v SET id = id + 30000",
                                              "SET autocommit = 0",
                                              "UPDATE v SET id = id + 50000",
                                              "COMMIT",
                                              "UPDATE v SET id = id + 70000",
                                              "ROLLBACK",
                                              "TRUNCATE TABLE w",
                                              "DROP TABLE w",
                                              "SET autocommit = 1",
                                              "SET @z = (SELECT COUNT(*) FROM v)",
                                              "INSERT INTO v VALUES (@z, 2, 2)",
                                              "INSERT INTO v VALUES (@z, 3, 3)",
                                              "UNLOCK TABLES",
                                              "UPDATE v SET id = id + 90000"};

// What its variables hold cannot be had again from what is there.
const std::vector<std::string> counting_step = {"CREATE TABLE w (a INT)",
                                                "SET @n = (SELECT COUNT(*) FROM w)",
                                                "SET @text = 'INSERT INTO w VALUES (@n)'",
                                                "PREPARE p FROM @text",
                                                "INSERT INTO w VALUES (@n)",
                                                "SELECT COUNT(*) INTO @n FROM w",
                                                "INSERT INTO w VALUES (7)",
                                                "CREATE TABLE x (a INT)",
                                                "EXECUTE p",
                                                "SET @m = (SELECT COUNT(*) FROM x)",
                                                "DROP TABLE x",
                                                "CREATE TABLE y (a INT, b INT)",
                                                "INSERT INTO y VALUES (@n, @m)",
                                                "BEGIN",
                                                "SELECT COUNT(*) INTO @m FROM y",
                                                "ROLLBACK",
                                                "CREATE TABLE z (a INT)",
                                                "INSERT INTO z VALUES (@m)"};

std::string file_of(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) text += statement + ";\n";
  return text;
}

void add_steps(World& world) {
  world.steps.up("1", file_of(first_step));
  world.steps.up("2", "INSERT INTO u VALUES (1), (2);\nINSERT INTO t VALUES (3, 4);");
  world.steps.up("3", "UPDATE u SET id = id + 10;\nUPDATE t SET n = n + 1;");
  world.steps.up("4", file_of(mixed_step));
}

void add_locked_step(World& world) {
  world.steps.up("1", file_of(locked_step));
}

/// Seven steps in three packets: the sixth touches a table of the first, the seventh is data.
void add_small_steps(World& world) {
  world.steps.up("1", "CREATE TABLE u (id INT);");
  world.steps.up("2", "CREATE TABLE t (id INT);\nCREATE TABLE w (id INT);");
  world.steps.up("3", "CREATE TABLE x (id INT);");
  world.steps.up("9", "CREATE TABLE y (id INT);\nCREATE TABLE z (id INT);");
  world.steps.up("10", "CREATE TABLE v (id INT);");
  world.steps.up("11", "TRUNCATE TABLE u;\nCREATE TABLE s (id INT);");
  world.steps.up("12", "INSERT INTO u VALUES (1);\nINSERT INTO z VALUES (2);");
  world.steps.up("13", "CREATE TABLE r (id INT);");
}

/// Small steps in packets of four statements, each recorded while the one before runs, but for the
/// last one, which touches a table of that; a table changes again, and one goes.
void add_small_steps_in_packets(World& world) {
  world.server.set_packet_limit(8 * 1024);
  world.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);");
  world.steps.up("2", "CREATE TABLE c (id INT);");
  world.steps.up("3", "CREATE TABLE d (id INT);");
  world.steps.up("4", "CREATE TABLE e (id INT);");
  world.steps.up("5", "CREATE TABLE f (id INT);\nCREATE TABLE g (id INT);");
  world.steps.up("6", "CREATE TABLE h (id INT);");
  world.steps.up("7", "CREATE OR REPLACE TABLE a (id INT, n INT);\nDROP TABLE b;");
  world.steps.up("8", "CREATE TABLE i (id INT);");
  world.steps.up("9", "CREATE TABLE j (id INT);");
  world.steps.up("10", "CREATE TABLE k (id INT);");
  world.steps.up("11", "CREATE OR REPLACE TABLE j (id INT, n INT);");
  world.steps.up("12", "INSERT INTO a VALUES (1, 2);");
}

/// The first one's session is made anew behind it.
void add_steps_with_variables(World& world) {
  world.steps.up("1", file_of(counting_step));
  world.steps.up("2", "CREATE TABLE u (id INT);\nINSERT INTO u VALUES (1);");
  world.steps.up("3", "INSERT INTO u VALUES (2);");
}

ExitCode up(World& world) {
  return world.up();
}

using Steps = void (*)(World&);

std::string undisturbed(Steps add = add_steps) {
  World world;
  add(world);
  EXPECT_EQ(world.up(), ExitCode::done);
  return world.state() + world.kept();
}

/// Dies at n = 1, 2, 3, … until the run survives.
void sweep(Steps add, Death death) {
  const std::string expected = undisturbed(add);
  std::uint64_t deaths = 0;
  for (std::uint64_t n = 1;; ++n) {
    SCOPED_TRACE("death number " + std::to_string(n));
    World world;
    add(world);
    plan_death(world, death, n);
    if (until_death(world, up) == Died::no) break;
    ++deaths;
    EXPECT_EQ(world.up(), ExitCode::done);
    ASSERT_EQ(world.state() + world.kept(), expected);
  }
  EXPECT_GT(deaths, 10U);
}

void sweep(Death death) {
  sweep(add_steps, death);
  sweep(add_locked_step, death);
  sweep(add_small_steps, death);
  sweep(add_small_steps_in_packets, death);
}

TEST(CrashSweep, UndisturbedItIsWhatTheFilesSay) {
  const auto tables = [](const std::string& state) { return state.substr(0, state.find("1 0")); };
  EXPECT_EQ(tables(undisturbed()), "t(id n ): 3,5\nu(id ): 111 112 105\nv(id n ): 1005,NULL\n");
  EXPECT_EQ(tables(undisturbed(add_locked_step)),
            "u(id ): 20001\nv(id n m ): 170007,1,NULL 90001,2,2 90001,3,3\n");
}

TEST(CrashSweep, BeforeEveryPortCall) {
  sweep(&FaultyServer::die_before);
}

TEST(CrashSweep, AfterEveryPortCall) {
  sweep(&FaultyServer::die_after);
}

TEST(CrashSweep, AfterEveryItemOfAPacket) {
  sweep(&FaultyServer::die_after_item);
}

TEST(CrashSweep, DuringEveryItemOfAPacket) {
  sweep(&FaultyServer::die_during_item);
}

/// Every pair of a first death and one in the recovery from it.
void sweep_recoveries(Steps add, Death first_death, Death second_death) {
  const std::string expected = undisturbed(add);
  for (std::uint64_t n = 1;; ++n) {
    for (std::uint64_t m = 1;; ++m) {
      SCOPED_TRACE("deaths number " + std::to_string(n) + " and " + std::to_string(m));
      World world;
      add(world);
      plan_death(world, first_death, n);
      if (until_death(world, up) == Died::no) return;
      plan_death(world, second_death, m);
      if (until_death(world, up) == Died::no) break;
      EXPECT_EQ(world.up(), ExitCode::done);
      ASSERT_EQ(world.state() + world.kept(), expected);
    }
  }
}

// Minutes of a sanitizer's build in one test, so each pair is one of its own.
TEST(CrashSweepInPairs, TheRecoveryOfMixedStepsMayBeKilledAfterAnItem) {
  sweep_recoveries(add_steps, &FaultyServer::die_after_item, &FaultyServer::die_after_item);
}

TEST(CrashSweepInPairs, TheRecoveryOfMixedStepsMayBeKilledBeforeAPortCall) {
  sweep_recoveries(add_steps, &FaultyServer::die_during_item, &FaultyServer::die_before);
}

TEST(CrashSweepInPairs, TheRecoveryOfALockedStepMayBeKilledToo) {
  sweep_recoveries(add_locked_step, &FaultyServer::die_during_item, &FaultyServer::die_after);
}

TEST(CrashSweepInPairs, TheRecoveryOfSmallStepsMayBeKilledAfterAnItem) {
  sweep_recoveries(add_small_steps, &FaultyServer::die_during_item, &FaultyServer::die_after_item);
}

TEST(CrashSweepInPairs, TheRecoveryOfSmallStepsMayBeKilledBeforeAPortCall) {
  sweep_recoveries(add_small_steps, &FaultyServer::die_after_item, &FaultyServer::die_before);
}

TEST(CrashSweepInPairs, TheRecoveryOfSmallStepsInPacketsMayBeKilledAfterAnItem) {
  sweep_recoveries(add_small_steps_in_packets, &FaultyServer::die_during_item,
                   &FaultyServer::die_after_item);
}

TEST(CrashSweepInPairs, TheRecoveryOfSmallStepsInPacketsMayBeKilledBeforeAPortCall) {
  sweep_recoveries(add_small_steps_in_packets, &FaultyServer::die_after, &FaultyServer::die_before);
}

TEST(CrashSweepInPairs, VariablesHoldWhatTheyHeld) {
  World whole;
  whole.steps.up("1", file_of(counting_step));
  ASSERT_EQ(whole.up(), ExitCode::done);
  ASSERT_EQ(whole.rows("w"), "0 7 1");
  ASSERT_EQ(whole.rows("y"), "1,0");
  ASSERT_EQ(whole.rows("z"), "1");
  for (const Death first_death : every_death) {
    for (const Death second_death : every_death) {
      for (std::uint64_t n = 1;; ++n) {
        SCOPED_TRACE("death number " + std::to_string(n) + ", and again");
        World world;
        world.steps.up("1", file_of(counting_step));
        plan_death(world, first_death, n);
        if (until_death(world, up) == Died::no) break;
        plan_death(world, second_death, n);
        until_death(world, up);
        world.end_faults();
        EXPECT_EQ(world.up(), ExitCode::done);
        ASSERT_EQ(world.state(), whole.state());
      }
    }
  }
}

TEST(CrashSweep, TheTextOfADdlFileIsTheOneThatTheLedgerSaysWasApplied) {
  const std::string before = "CREATE TABLE IF NOT EXISTS a (id INT);";
  const std::string after =
      before + "\nCREATE TABLE IF NOT EXISTS b (id INT);\nINSERT INTO b VALUES (1);";
  for (const Death death : every_death) {
    for (std::uint64_t n = 1;; ++n) {
      SCOPED_TRACE("death number " + std::to_string(n));
      World world;
      world.steps.ddl("a", before);
      ASSERT_EQ(world.up(), ExitCode::done);
      const core::Checksum old = world.server.history().ledger.front().checksum;
      world.steps.ddl("a", after);
      world.end_faults();
      plan_death(world, death, n);
      const Died died = until_death(world, up);
      const auto kept = [&world] { return world.server.connect()->history().applied_texts(); };
      for (const core::LedgerRow& row : world.server.history().ledger) {
        if (row.state != core::LedgerState::applied) continue;
        ASSERT_EQ(kept().size(), 1U);
        EXPECT_EQ(kept().front().text, row.checksum == old ? before : after);
      }
      world.end_faults();
      EXPECT_EQ(world.up(), ExitCode::done);
      ASSERT_EQ(kept().size(), 1U);
      EXPECT_EQ(kept().front().text, after);
      if (died == Died::no) {
        EXPECT_GT(n, 10U);
        break;
      }
    }
  }
}

/// Steps that are applied; all but the first are undone.
void add_undoable_steps(World& world) {
  world.steps.up("1", "CREATE TABLE u (id INT);\nINSERT INTO u VALUES (1);");
  world.steps.up("2", "CREATE TABLE t (id INT);\nCREATE TABLE w (id INT);");
  world.steps.down("2", "DROP TABLE t;\nDROP TABLE w;\nUPDATE u SET id = id + 100;");
  world.steps.up("3", "CREATE TABLE v (id INT);\nINSERT INTO u VALUES (2);");
  world.steps.down("3",
                   "UPDATE u SET id = id + 10;\nDROP TABLE v;\nALTER TABLE u ADD COLUMN n INT;");
  ASSERT_EQ(world.up(), ExitCode::done);
  world.end_faults();
}

ExitCode down_to_the_first(World& world) {
  return world.down({.extent = core::DownRequest::Extent::to, .to = core::Version::parse("1")});
}

TEST(CrashSweep, DownUndoesOnceWhereverItDies) {
  World whole;
  add_undoable_steps(whole);
  ASSERT_EQ(down_to_the_first(whole), ExitCode::done);
  ASSERT_EQ(whole.rows("u"), "111,NULL 112,NULL");
  for (std::size_t kind = 0; kind < every_death.size(); ++kind) {
    for (std::uint64_t n = 1;; ++n) {
      SCOPED_TRACE("kind " + std::to_string(kind) + ", death number " + std::to_string(n));
      World world;
      add_undoable_steps(world);
      plan_death(world, every_death[kind], n);
      if (until_death(world, down_to_the_first) == Died::no) {
        EXPECT_GT(n, 10U);
        break;
      }
      EXPECT_EQ(down_to_the_first(world), ExitCode::done);
      ASSERT_EQ(world.state(), whole.state());
      for (const char* statement : {"DROP TABLE v", "DROP TABLE t", "DROP TABLE w"})
        EXPECT_EQ(world.times(statement), 1U) << statement;
    }
  }
}

TEST(CrashSweep, ALostConnectionAtEveryStatementIsGotOver) {
  std::vector<std::string> statements = first_step;
  statements.insert(statements.end(), mixed_step.begin(), mixed_step.end());
  using Lose = void (FaultyServer::*)(const std::string&);
  for (const Lose lose :
       {&FaultyServer::lose_before, &FaultyServer::lose_during, &FaultyServer::lose_after}) {
    for (const std::string& statement : statements) {
      // It commits what is open without ending: no data statement does.
      if (lose == &FaultyServer::lose_during && !statement.starts_with("CREATE") &&
          !statement.starts_with("ALTER"))
        continue;
      SCOPED_TRACE(statement);
      World world;
      world.reconnect_timeout = std::chrono::seconds(60);
      add_steps(world);
      ((*world.faults).*lose)(statement);
      ASSERT_EQ(world.up(), ExitCode::done);
      ASSERT_EQ(world.state() + world.kept(), undisturbed());
    }
  }
}

void lose_the_connection_at_every_statement(Steps add) {
  using Lose = void (FaultyServer::*)(const std::string&);
  World whole;
  add(whole);
  ASSERT_EQ(whole.up(), ExitCode::done);
  std::vector<std::string> each_once;
  for (const core::LedgerRow& row : whole.server.history().ledger) {
    each_once.push_back("start " + row.id.key);
    each_once.push_back("done " + row.id.key);
  }
  for (const Lose lose :
       {&FaultyServer::lose_before, &FaultyServer::lose_during, &FaultyServer::lose_after}) {
    for (const std::string& statement : whole.server.statements()) {
      if (lose == &FaultyServer::lose_during && statement.starts_with("INSERT")) continue;
      SCOPED_TRACE(statement);
      World world;
      world.reconnect_timeout = std::chrono::seconds(60);
      add(world);
      std::vector<std::string> told;
      world.events.then = [&told](const core::Event& event) {
        if (const auto* started = std::get_if<core::event::StepStarted>(&event))
          told.push_back("start " + started->planned.step.id.key);
        if (const auto* done = std::get_if<core::event::StepDone>(&event))
          told.push_back("done " + done->id.key);
      };
      ((*world.faults).*lose)(statement);
      ASSERT_EQ(world.up(), ExitCode::done);
      ASSERT_EQ(world.state() + world.kept(), whole.state() + whole.kept());
      EXPECT_EQ(told, each_once);
    }
  }
}

TEST(CrashSweep, ALostConnectionAmongSmallStepsIsGotOver) {
  lose_the_connection_at_every_statement(add_small_steps);
  lose_the_connection_at_every_statement(add_small_steps_in_packets);
}

/// Nothing: the connection broke before the run had its locks, or behind its last statement.
std::optional<ExitCode> up_over_a_broken_connection(World& world) {
  try {
    return world.up();
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), ExitCode::unavailable) << fault.what();
    return std::nullopt;
  }
}

TEST(CrashSweep, AConnectionThatBreaksAtAnyPortCallIsGotOver) {
  for (const Steps add : {add_steps, add_locked_step, add_small_steps, add_small_steps_in_packets,
                          add_steps_with_variables}) {
    const std::string expected = undisturbed(add);
    for (const Death broken : {&FaultyServer::break_before, &FaultyServer::break_after}) {
      std::uint64_t got_over = 0;
      for (std::uint64_t n = 1;; ++n) {
        SCOPED_TRACE("call number " + std::to_string(n));
        World world;
        world.reconnect_timeout = std::chrono::seconds(60);
        add(world);
        plan_death(world, broken, n);
        std::vector<std::string> done;
        world.events.then = [&done](const core::Event& event) {
          if (const auto* step = std::get_if<core::event::StepDone>(&event))
            done.push_back(step->id.key);
        };
        const auto ended = up_over_a_broken_connection(world);
        if (world.faults->calls() < n) break;
        if (ended) {
          ASSERT_EQ(ended, ExitCode::done);
          EXPECT_EQ(done.size(), world.server.history().ledger.size());
          ++got_over;
        } else {
          ASSERT_EQ(world.up(), ExitCode::done);
        }
        ASSERT_EQ(world.state() + world.kept(), expected);
      }
      EXPECT_GT(got_over, 5U);
    }
  }
}

TEST(CrashSweep, AKilledResetLeavesNoHistoryOfTablesThatAreGone) {
  for (std::uint64_t n = 1;; ++n) {
    SCOPED_TRACE("death number " + std::to_string(n));
    World world;
    add_steps(world);
    ASSERT_EQ(world.up(), ExitCode::done);
    const auto all = world.server.tables();
    world.end_faults();
    world.faults->die_before(n);
    try {
      world.reset();
      break;
    } catch (const Killed&) {
      world.end_faults();
    }
    const core::Status status =
        app::inspect([&] { return world.server.connect(); }, world.steps, world.background);
    if (status.exit_code() == ExitCode::done) {
      EXPECT_EQ(world.server.tables(), all);
    }
    EXPECT_EQ(world.reset(), ExitCode::done);
    ASSERT_EQ(world.state() + world.kept(), undisturbed());
  }
}

}  // namespace
}  // namespace migrate::testing
