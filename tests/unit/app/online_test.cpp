// ALTER TABLEs that go through the environment's tool.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/online_tool.h"
#include "support/fake_programs.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* alter = "ALTER TABLE t ADD COLUMN n INT";

/// Whoever has killed the program.
struct Killed {};

class Online : public ::testing::Test {
 protected:
  Online() {
    world_.by_hand("CREATE TABLE t (id INT)");
    world_.steps.up("1",
                    std::string("-- migrate: online\n") + alter + ";\nCREATE TABLE u (id INT);\n");
    app::OnlineTool& tool = world_.online.emplace();
    tool.command = {"/opt/tool", "--alter", "{alter}", "t={table},F={defaults_file}"};
    tool.option_file = [](core::ServerFamily) { return "[client]\npassword=tiger\n"; };
    tool.programs = &programs_;
    programs_.then = [this](const std::string&) { world_.by_hand(alter); };
  }

  void fails() {
    programs_.endings["/opt/tool"] = {.how = core::ProgramEnding::How::failed,
                                      .exit_code = 3,
                                      .words = "exit status 3",
                                      .last_lines = {"no more room"}};
  }
  bool is_altered() const { return world_.server.tables().at("t").columns.size() == 2; }
  std::string refusal() const {
    const auto refused = world_.events.first<core::event::Refused>();
    return refused ? refused->refusal.reason : "";
  }

  World world_;
  FakePrograms programs_;
};

TEST_F(Online, GoesThroughTheToolAndIsRecorded) {
  EXPECT_EQ(world_.up(), ExitCode::done);
  ASSERT_EQ(programs_.ran.size(), 1U);
  EXPECT_THAT(programs_.ran[0].argv,
              ElementsAre("/opt/tool", "--alter", "ADD COLUMN n INT", "t=t,F=/dev/fd/3"));
  EXPECT_THAT(programs_.ran[0].file, HasSubstr("tiger"));
  EXPECT_TRUE(programs_.ran[0].variables.empty());
  EXPECT_TRUE(is_altered());
  EXPECT_TRUE(world_.has_table("u"));
  EXPECT_EQ(world_.times(alter), 1U) << "by the tool alone";
  EXPECT_EQ(world_.ledger("1")->state, core::LedgerState::applied);
  EXPECT_EQ(world_.events.all<core::event::StatementDone>().size(), 2U);
  EXPECT_TRUE(world_.server.history().journal.empty());
}

TEST_F(Online, HasItsIntentBeforeTheToolRuns) {
  programs_.then = [this](const std::string&) {
    const auto journal = world_.server.history().journal;
    ASSERT_EQ(journal.size(), 1U);
    EXPECT_EQ(journal[0].state, core::JournalRow::State::intended);
    EXPECT_EQ(journal[0].witnesses.at(0).objects.at(0).changed.object.name, "t");
    world_.by_hand(alter);
  };
  EXPECT_EQ(world_.up(), ExitCode::done);
}

TEST_F(Online, FailsWithTheTool) {
  programs_.then = nullptr;
  fails();
  EXPECT_EQ(world_.up(), ExitCode::statement_failed);
  const auto failed = world_.events.first<core::event::StepFailed>();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->error.message, "tool: exit status 3; it said at the end: no more room");
  EXPECT_EQ(failed->index, 1U);
  EXPECT_TRUE(world_.server.history().journal.empty());
  programs_.endings.clear();
  programs_.then = [this](const std::string&) { world_.by_hand(alter); };
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_EQ(world_.times(alter), 1U);
}

TEST_F(Online, ThatFailedBehindItsWorkCountsAsDone) {
  fails();
  EXPECT_EQ(world_.up(), ExitCode::statement_failed);
  EXPECT_EQ(world_.ledger("1")->statements_done, 1U);
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_EQ(programs_.ran.size(), 1U);
  EXPECT_TRUE(world_.has_table("u"));
}

TEST_F(Online, ThatDidNothingFails) {
  programs_.then = nullptr;
  EXPECT_EQ(world_.up(), ExitCode::statement_failed);
  const auto failed = world_.events.first<core::event::StepFailed>();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->error.message, HasSubstr("ended well, and the table is not altered"));
}

TEST_F(Online, IsSettledByItsWitnessAfterAKill) {
  programs_.then = [](const std::string&) { throw Killed(); };
  EXPECT_THROW(world_.up(), Killed);
  programs_.then = [this](const std::string&) { world_.by_hand(alter); };
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_EQ(programs_.ran.size(), 2U);
  EXPECT_THAT(world_.events.first<core::event::Settled>()->message, HasSubstr("run again"));
}

TEST_F(Online, IsNotDoneAgainWhereTheKillCameBehindIt) {
  programs_.then = [this](const std::string&) {
    world_.by_hand(alter);
    throw Killed();
  };
  EXPECT_THROW(world_.up(), Killed);
  world_.by_hand("CREATE TABLE _t_old (id INT)");
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_EQ(programs_.ran.size(), 1U);
  EXPECT_EQ(world_.ledger("1")->state, core::LedgerState::applied);
  const auto warned = world_.events.first<core::event::Warned>();
  ASSERT_TRUE(warned);
  EXPECT_THAT(warned->message, HasSubstr("DROP TABLE `app`.`_t_old`"));
}

TEST_F(Online, DoesNotBeginBesideWhatWasLeft) {
  world_.by_hand("CREATE TABLE _t_new (id INT)");
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_TRUE(programs_.ran.empty());
  const auto refused = world_.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_THAT(refused->refusal.way_out, HasSubstr("DROP TABLE"));
  EXPECT_THAT(refused->refusal.way_out, HasSubstr("_t_new"));
}

TEST_F(Online, StopsWithASignal) {
  programs_.then = [this](const std::string&) {
    world_.cancellation.signal = ExitCode::terminated;
  };
  EXPECT_EQ(world_.up(), ExitCode::terminated);
  world_.cancellation.signal.reset();
  programs_.then = [this](const std::string&) { world_.by_hand(alter); };
  EXPECT_EQ(world_.up(), ExitCode::done);
}

TEST_F(Online, IsRefusedWhereThereIsNoTool) {
  world_.online->command.clear();
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_THAT(refusal(), HasSubstr("migrations/1_step.up.sql: the file says `-- migrate: online`"));
  EXPECT_FALSE(is_altered());
}

TEST_F(Online, GoesToTheServerWhereThatIsMeant) {
  world_.online.reset();
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_TRUE(is_altered());
  EXPECT_TRUE(programs_.ran.empty());
}

TEST_F(Online, IsWhatIsAtALargeTable) {
  world_.steps.up("1", std::string(alter) + ";\n");
  world_.online->above = {.rows = 1000, .bytes = 1U << 30U};
  world_.server.set_size("t", 999, 7);
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_TRUE(programs_.ran.empty());
  const std::string second = "ALTER TABLE t ADD COLUMN m INT";
  world_.steps.up("2", second + ";\n");
  world_.server.set_size("t", 1000, 7);
  programs_.then = [this, second](const std::string&) { world_.by_hand(second); };
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_EQ(programs_.ran.size(), 1U);
}

}  // namespace
}  // namespace migrate::testing
