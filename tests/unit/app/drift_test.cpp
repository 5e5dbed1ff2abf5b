// What the history keeps of the schema behind a run, and what is made of it.
#include "app/drift.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "app/inspection.h"
#include "core/schema/kept.h"
#include "unit/app/deaths.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;

class DriftOfHistory : public ::testing::Test {
 protected:
  DriftOfHistory() {
    world.steps.up("1", "CREATE TABLE a (id INT);");
    EXPECT_EQ(world.up(), ExitCode::done);
  }

  /// The objects that differ; "unknown" where the history does not know.
  std::string drift(const std::vector<std::string>& ignored = {}) {
    const auto result = app::drift_from_history(*world.server.connect(), ignored);
    const auto* drift = std::get_if<core::schema::Drift>(&result);
    return drift == nullptr ? "unknown" : core::schema::names_of(drift->differences);
  }

  World world;
};

TEST_F(DriftOfHistory, IsNoneBehindARun) {
  EXPECT_EQ(drift(), "");
}

TEST_F(DriftOfHistory, IsWhatSomebodyElseDid) {
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.by_hand("CREATE TABLE b (id INT)");
  EXPECT_EQ(drift(), "table a, table b");
  EXPECT_EQ(drift({"b*"}), "table a");
  world.by_hand("DROP TABLE a");
  EXPECT_EQ(drift(), "table a, table b");
}

TEST_F(DriftOfHistory, StaysWhereTheNextRunDoesNotTouchIt) {
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.steps.up("2", "CREATE TABLE c (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(drift(), "table a");
}

TEST_F(DriftOfHistory, FollowsDownAndRedo) {
  world.steps.up("2", "CREATE TABLE c (id INT);");
  world.steps.down("2", "DROP TABLE c;");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.redo(), ExitCode::done);
  EXPECT_EQ(drift(), "");
  EXPECT_EQ(world.down(), ExitCode::done);
  EXPECT_EQ(drift(), "");
}

TEST_F(DriftOfHistory, IsNoneWhereALaterStepChangesATableOfSmallSteps) {
  world.steps.up("2", "CREATE TABLE b (id INT);");
  world.steps.up("3", "CREATE TABLE c (id INT);");
  world.steps.up("4", "CREATE TABLE d (id INT);");
  world.steps.up("5", "CREATE OR REPLACE TABLE d (id INT, n INT);");
  world.steps.up("6", "CREATE OR REPLACE TABLE b (id INT, n INT);");
  world.steps.up("7", "DROP TABLE c;");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(drift(), "");
}

TEST_F(DriftOfHistory, FollowsARunThatFailed) {
  world.steps.up("2", "CREATE TABLE c (id INT);\nCREATE TABLE a (id INT);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(drift(), "");
}

TEST_F(DriftOfHistory, ARunOfDataAsksNothing) {
  world.steps.up("2", "INSERT INTO a VALUES (1);");
  world.by_hand("CREATE TABLE b (id INT)");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(drift(), "table b");
}

TEST_F(DriftOfHistory, ACallMayHaveDoneAnything) {
  world.server.define_procedure("p", {"CREATE TABLE by_p (id INT)"});
  world.steps.up("2", "CALL p();");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(drift(), "");
}

TEST_F(DriftOfHistory, StaysWhereARunThatMayChangeAnythingLeavesIt) {
  world.server.define_procedure("p", {"CREATE TABLE by_p (id INT)"});
  world.steps.up("2", "CREATE TABLE gone (id INT);\nCREATE TABLE c (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.by_hand("CREATE TABLE b (id INT)");
  world.by_hand("DROP TABLE gone");
  world.steps.up("3", "CALL p();");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(drift(), "table a, table gone, table b");
  world.by_hand("CREATE TABLE gone (id INT)");
  EXPECT_EQ(drift(), "table a, table b") << "it is what it was";
}

TEST_F(DriftOfHistory, EndsWhereSuchARunChangesTheObject) {
  world.server.define_procedure(
      "p", {"ALTER TABLE a ADD COLUMN more INT", "DROP TABLE b", "CREATE TABLE gone (id INT)"});
  world.steps.up("2", "CREATE TABLE gone (id INT);\nCREATE TABLE c (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.by_hand("ALTER TABLE c ADD COLUMN extra INT");
  world.by_hand("CREATE TABLE b (id INT)");
  world.by_hand("DROP TABLE gone");
  world.steps.up("3", "CALL p();");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(drift(), "table c");
}

TEST_F(DriftOfHistory, OfWhatSuchARunNamesIsAcceptedWhereThatIsSaid) {
  world.server.define_procedure("p", {"CREATE TABLE by_p (id INT)"});
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.by_hand("CREATE TABLE b (id INT)");
  world.steps.up("2", "CALL p();\nCREATE TABLE IF NOT EXISTS a (id INT);");
  core::UpRequest accepting;
  accepting.accept_drift = "added at night";
  EXPECT_EQ(world.up(accepting), ExitCode::done);
  EXPECT_EQ(drift(), "table b");
}

TEST_F(DriftOfHistory, StaysWhenTheRunIsKilled) {
  for (const char* sql :
       {"CALL p();", "CREATE TABLE c (id INT);\nALTER TABLE c ADD COLUMN n INT;"}) {
    std::size_t kills = 0;
    for (std::size_t item = 1; item < 60; ++item) {
      World killed;
      killed.server.define_procedure("p", {"CREATE TABLE by_p (id INT)"});
      killed.steps = world.steps;
      killed.up();
      killed.end_faults();  // counts anew
      killed.by_hand("CREATE TABLE b (id INT)");
      killed.steps.up("2", sql);
      killed.faults->die_after_item(item);
      if (until_death(killed, [](World& one) { return one.up(); }) == Died::no) break;
      ++kills;
      ExitCode code = killed.up();
      if (code == ExitCode::in_doubt) {
        killed.resolve(app::Decision::applied);
        code = killed.up();
      }
      EXPECT_EQ(code, ExitCode::done) << sql << item;
      const auto after = app::drift_from_history(*killed.server.connect(), {});
      const auto* known = std::get_if<core::schema::Drift>(&after);
      ASSERT_NE(known, nullptr) << sql << item;
      EXPECT_EQ(core::schema::names_of(known->differences), "table b") << sql << item;
    }
    EXPECT_GT(kills, 5U);
  }
}

TEST_F(DriftOfHistory, WhatIsToBeChangedMustBeAsItWasLeft) {
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.steps.up("2", "ALTER TABLE a ADD COLUMN b INT;");
  world.events.clear();
  EXPECT_EQ(world.up(), ExitCode::drift);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("table a"), std::string::npos);
  EXPECT_NE(refused->refusal.detail.find("column extra is not expected"), std::string::npos)
      << refused->refusal.detail;
  EXPECT_FALSE(world.ledger("2"));

  core::UpRequest accepting;
  accepting.accept_drift = "added at night";
  EXPECT_EQ(world.up(accepting), ExitCode::done);
  EXPECT_EQ(drift(), "") << "it is what this run left";
  bool logged = false;
  for (const core::LogRow& row : world.server.log())
    logged = logged || (row.event == "drift accepted" && row.message == "added at night: table a");
  EXPECT_TRUE(logged);
}

TEST_F(DriftOfHistory, WhatIsIgnoredIsNoReason) {
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.steps.up("2", "ALTER TABLE a ADD COLUMN b INT;");
  core::UpRequest request;
  request.ignored_objects = {"?"};
  EXPECT_EQ(world.up(request), ExitCode::done);
}

TEST_F(DriftOfHistory, IsUnknownBehindARunThatWasKilledAndKnownBehindTheNext) {
  world.steps.up("2", "CREATE TABLE c (id INT);");
  for (std::size_t item = 1; item < 40; ++item) {
    World killed;
    killed.steps = world.steps;
    killed.up({.to = core::Version::parse("1")});
    killed.end_faults();  // counts anew
    killed.faults->die_after_item(item);
    const Died died = until_death(killed, [](World& one) { return one.up(); });
    if (died == Died::no) {
      EXPECT_GT(item, 5U);
      return;
    }
    const auto before = app::drift_from_history(*killed.server.connect(), {});
    if (const auto* known = std::get_if<core::schema::Drift>(&before)) {
      // Then it is right: nothing had run, or all was kept.
      EXPECT_EQ(core::schema::names_of(known->differences), "") << "died behind item " << item;
    }
    EXPECT_EQ(killed.up(), ExitCode::done) << item;
    const auto after = app::drift_from_history(*killed.server.connect(), {});
    const auto* known = std::get_if<core::schema::Drift>(&after);
    ASSERT_NE(known, nullptr) << "died behind item " << item;
    EXPECT_EQ(core::schema::names_of(known->differences), "") << "died behind item " << item;
  }
}

class DriftInStatus : public DriftOfHistory {
 protected:
  core::SchemaStatus status() {
    return app::inspect([this] { return world.server.connect(); }, world.steps, world.background)
        .schema;
  }
  void look() {
    const auto session = world.server.connect();
    const auto found = app::drift_from_history(*session, {});
    EXPECT_FALSE(app::record_drift(std::get<core::schema::Drift>(found), *session));
  }
  using Verdict = core::SchemaStatus::Verdict;
};

TEST_F(DriftInStatus, IsWhatTheLastLookFound) {
  EXPECT_EQ(status().verdict, Verdict::as_left) << "the run looked";
  EXPECT_FALSE(status().at.empty());
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.by_hand("CREATE TABLE b (id INT)");
  EXPECT_EQ(status().verdict, Verdict::as_left) << "nobody looked since";
  look();
  const core::SchemaStatus drifted = status();
  EXPECT_EQ(drifted.verdict, Verdict::drifted);
  EXPECT_EQ(drifted.looked, core::SchemaStatus::Looked::before);
  EXPECT_NE(drifted.words.find("table a, table b"), std::string::npos) << drifted.words;
  EXPECT_EQ(app::inspect([this] { return world.server.connect(); }, world.steps, world.background)
                .exit_code(),
            ExitCode::done)
      << "it may be mended since";
  world.by_hand("DROP TABLE a");
  world.by_hand("CREATE TABLE a (id INT)");
  world.by_hand("DROP TABLE b");
  look();
  EXPECT_EQ(status().verdict, Verdict::as_left);
}

TEST_F(DriftInStatus, StaysUntilARunHasLookedAtThoseObjects) {
  world.by_hand("ALTER TABLE a ADD COLUMN extra INT");
  world.by_hand("CREATE TABLE b (id INT)");
  look();
  world.steps.up("2", "CREATE TABLE c (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_NE(status().words.find("table a, table b"), std::string::npos);
  world.steps.up("3", "ALTER TABLE a ADD COLUMN n INT;");
  core::UpRequest accepting;
  accepting.accept_drift = "wanted";
  EXPECT_EQ(world.up(accepting), ExitCode::done);
  EXPECT_EQ(status().verdict, Verdict::drifted);
  EXPECT_EQ(status().words.find("table a"), std::string::npos) << status().words;
}

TEST_F(DriftInStatus, IsUnknownWhereTheHistoryDoesNotKnow) {
  World fresh;
  const auto of_nothing =
      app::inspect([&fresh] { return fresh.server.connect(); }, fresh.steps, fresh.background)
          .schema;
  EXPECT_EQ(of_nothing.verdict, Verdict::unknown);
  EXPECT_NE(of_nothing.words.find("no run has looked"), std::string::npos);
}

TEST_F(DriftInStatus, IsNotRecordedWhileARunIsUnderWay) {
  const auto session = world.server.connect();
  const auto found = app::drift_from_history(*session, {});
  std::optional<core::Refusal> refusal;
  world.steps.up("2", "CREATE TABLE c (id INT);");
  world.events.then = [&](const core::Event& event) {
    if (std::holds_alternative<core::event::StepStarted>(event))
      refusal = app::record_drift(std::get<core::schema::Drift>(found), *session);
  };
  EXPECT_EQ(world.up(), ExitCode::done);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, ExitCode::locked);
}

TEST_F(DriftOfHistory, WithoutARunItIsUnknown) {
  World fresh;
  const auto result = app::drift_from_history(*fresh.server.connect(), {});
  const auto* refusal = std::get_if<core::Refusal>(&result);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->code, ExitCode::refused);
}

TEST(DriftOfAFirstRun, IsWhatSomebodyElseDidMeanwhile) {
  World world;
  world.by_hand("CREATE TABLE old (id INT)");
  world.by_hand("CREATE TABLE older (id INT)");
  world.steps.up("1", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);");
  world.events.then = [&](const core::Event& event) {
    if (std::holds_alternative<core::event::StepStarted>(event))
      world.by_hand("ALTER TABLE old ADD COLUMN extra INT");
  };
  EXPECT_EQ(world.up(), ExitCode::done);
  const auto result = app::drift_from_history(*world.server.connect(), {});
  const auto* drift = std::get_if<core::schema::Drift>(&result);
  ASSERT_NE(drift, nullptr);
  EXPECT_EQ(core::schema::names_of(drift->differences), "table old");
  EXPECT_EQ(drift->objects, 3U);
}

TEST_F(DriftOfHistory, ABaselineIsWhatIsThere) {
  World other;
  other.server.connect()->run({core::Statement{.text = "CREATE TABLE old (id INT)"}},
                              [](const core::ItemResult&) {});
  other.steps.up("1", "CREATE TABLE old (id INT);");
  EXPECT_EQ(other.baseline("1"), ExitCode::done);
  const auto result = app::drift_from_history(*other.server.connect(), {});
  const auto* drift = std::get_if<core::schema::Drift>(&result);
  ASSERT_NE(drift, nullptr);
  EXPECT_TRUE(drift->differences.empty());
  EXPECT_EQ(drift->objects, 1U);
}

}  // namespace
}  // namespace migrate::testing
