// Kills the program before and after every port call of `up`, and the server after every item of
// every packet. The next run must end as if nothing had happened, or say that it can't know what
// became of a schema statement.
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/inspection.h"
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

/// Everything that a later command could see.
std::string state_of(const World& world) {
  std::string state;
  const auto tables = world.server.tables();
  for (const auto& [name, table] : tables) {
    state += name + "(";
    for (const std::string& column : table.columns) state += column + " ";
    state += "): " + world.rows(name) + "\n";
  }
  const core::History history = world.server.history();
  for (const core::LedgerRow& row : history.ledger) {
    state += row.id.key + " " + std::to_string(static_cast<int>(row.state)) + " " +
             std::to_string(row.statements_done) + " #" + std::to_string(row.order) + " " +
             row.checksum.hex + "\n";
  }
  state += std::to_string(history.journal.size()) + " journal rows\n";
  std::string applied;
  for (const core::LogRow& row : world.server.log()) {
    if (row.event == "applied") applied += row.step->key + " ";
  }
  return state + "applied: " + applied;
}

/// Decides an open intent by what the server knows, as a person would by looking at the schema.
void decide(World& world) {
  const core::History history = world.server.history();
  for (const core::JournalRow& row : history.journal) {
    if (!core::in_doubt(row)) continue;
    ASSERT_EQ(row.unit, core::UnitKind::statement) << "only a schema statement may be in doubt";
    const auto& step = row.id.key == "1" ? first_step : mixed_step;
    const bool ran = world.times(step.at(row.first - 1)) == 1;
    ASSERT_EQ(world.resolve(ran ? app::Decision::applied : app::Decision::not_applied),
              ExitCode::done);
  }
}

enum class Died { no, yes };

Died up_until_death(World& world) {
  try {
    EXPECT_EQ(world.up(), ExitCode::done);
    return Died::no;
  } catch (const Killed&) {
    return Died::yes;
  }
}

void recover(World& world) {
  world.end_faults();
  ExitCode code = world.up();
  if (code == ExitCode::in_doubt) {
    decide(world);
    code = world.up();
  }
  EXPECT_EQ(code, ExitCode::done);
}

const std::string& undisturbed() {
  static const std::string state = [] {
    World world;
    add_steps(world);
    EXPECT_EQ(world.up(), ExitCode::done);
    return state_of(world);
  }();
  return state;
}

/// `plan_death(world, n)` for n = 1, 2, 3, … until the run survives.
void sweep(const std::function<void(World&, std::uint64_t)>& plan_death) {
  std::uint64_t deaths = 0;
  for (std::uint64_t n = 1;; ++n) {
    SCOPED_TRACE("death number " + std::to_string(n));
    World world;
    add_steps(world);
    plan_death(world, n);
    if (up_until_death(world) == Died::no) break;
    ++deaths;
    recover(world);
    ASSERT_EQ(state_of(world), undisturbed());
  }
  EXPECT_GT(deaths, 20U);
}

TEST(CrashSweep, UndisturbedItIsWhatTheFilesSay) {
  EXPECT_EQ(undisturbed().substr(0, undisturbed().find("1 0")),
            "t(id n ): 3,5\nu(id ): 111 112 105\nv(id n ): 1005,NULL\n");
}

TEST(CrashSweep, BeforeEveryPortCall) {
  sweep([](World& world, std::uint64_t n) { world.faults->die_before(n); });
}

TEST(CrashSweep, AfterEveryPortCall) {
  sweep([](World& world, std::uint64_t n) { world.faults->die_after(n); });
}

TEST(CrashSweep, AfterEveryItemOfAPacket) {
  sweep([](World& world, std::uint64_t n) { world.faults->die_after_item(n); });
}

TEST(CrashSweep, DuringEveryItemOfAPacket) {
  sweep([](World& world, std::uint64_t n) { world.faults->die_during_item(n); });
}

TEST(CrashSweep, TheRecoveryMayBeKilledToo) {
  for (std::uint64_t n = 1;; ++n) {
    World first;
    add_steps(first);
    first.faults->die_after_item(n);
    if (up_until_death(first) == Died::no) break;
    for (std::uint64_t m = 1;; ++m) {
      SCOPED_TRACE("deaths number " + std::to_string(n) + " and " + std::to_string(m));
      World world;
      add_steps(world);
      world.faults->die_after_item(n);
      ASSERT_EQ(up_until_death(world), Died::yes);
      world.end_faults();
      decide(world);
      world.faults->die_after_item(m);
      if (up_until_death(world) == Died::no) break;
      recover(world);
      ASSERT_EQ(state_of(world), undisturbed());
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
    const core::Status status = app::inspect(*world.server.connect(), world.steps);
    if (status.exit_code() == ExitCode::done) {
      EXPECT_EQ(world.server.tables(), all);
    }
    EXPECT_EQ(world.reset(), ExitCode::done);
    ASSERT_EQ(state_of(world), undisturbed());
  }
}

}  // namespace
}  // namespace migrate::testing
