// status and plan only look.
#include "app/inspection.h"

#include <string>

#include <gtest/gtest.h>

#include "app/planning.h"
#include "core/fault.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::StepStatus;

core::Status status(World& world) {
  return app::inspect([&] { return world.server.connect(); }, world.steps, world.background);
}

TEST(Inspect, ADatabaseThatMigrateNeverTouchedStaysUntouched) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  EXPECT_EQ(status(world).exit_code(), ExitCode::pending);
  EXPECT_EQ(world.server.traffic().packets, 0U);
  EXPECT_TRUE(world.server.connect()->schema().objects().empty());
}

TEST(Inspect, TellsWhatUpDidAndWhatIsLeft) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "CREATE TABLE b (id INT);\nCREATE TABLE a (id INT);");
  world.up();
  const core::Status half = status(world);
  EXPECT_EQ(half.rows.at(0).status, StepStatus::applied);
  EXPECT_EQ(half.rows.at(1).status, StepStatus::partial);
  EXPECT_EQ(half.rows.at(1).note, "1 of 2 statements ran");
  world.steps.up("2", "CREATE TABLE b (id INT);");
  world.up();
  EXPECT_EQ(status(world).exit_code(), ExitCode::done);
  world.steps.up("1", "CREATE TABLE changed (id INT);");
  EXPECT_EQ(status(world).exit_code(), ExitCode::drift);
}

TEST(Inspect, BadFilesAreAFaultThatNamesThemAll) {
  World world;
  for (const char* version : {"1", "01", "2", "02"}) world.steps.up(version, "SELECT 1;");
  try {
    status(world);
    FAIL() << "duplicates were accepted";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), ExitCode::configuration);
    for (const char* file : {"/1_step", "/01_step", "/2_step", "/02_step"}) {
      EXPECT_NE(std::string(fault.what()).find(file), std::string::npos) << fault.what();
    }
  }
}

TEST(Inspect, OfBadFilesAndAServerThatIsAwayTheFilesAreTold) {
  World world;
  const auto no_server = [&]() -> std::unique_ptr<port::Session> {
    throw core::Fault(core::ExitCode::unavailable, "no server");
  };
  const auto told = [&] {
    try {
      app::inspect(no_server, world.steps, world.background);
    } catch (const core::Fault& fault) {
      return fault.code();
    }
    return ExitCode::done;
  };
  world.steps.up("1", "SELECT 1;");
  EXPECT_EQ(told(), ExitCode::unavailable);
  world.steps.up("01", "SELECT 1;");
  EXPECT_EQ(told(), ExitCode::configuration);
}

std::vector<port::PlanView> planned(World& world) {
  const auto session = world.server.connect();
  const core::Catalog catalog = app::load_catalog(world.steps);
  const auto plan = app::plan_up_on(*session, world.steps, catalog, {});
  return app::view(std::get<core::Plan>(plan), world.steps);
}

TEST(View, ShowsTheStatementsOnOneLineEachAndCutsLongOnes) {
  World world;
  world.steps.up("1", "CREATE TABLE a\n\n  (id\tINT);\nINSERT INTO a VALUES (1)" +
                          std::string(300, ' ') + ";\nSELECT " + std::string(300, '1') + ";");
  const auto views = planned(world);
  ASSERT_EQ(views.size(), 1U);
  ASSERT_EQ(views[0].statements.size(), 3U);
  EXPECT_EQ(views[0].statements[0].text, "CREATE TABLE a (id INT)");
  EXPECT_EQ(views[0].statements[0].effect, core::Effect::schema);
  EXPECT_EQ(views[0].statements[1].position.line, 4U);
  EXPECT_EQ(views[0].statements[2].text.size(), 200U);
  EXPECT_FALSE(views[0].truncated);
  EXPECT_TRUE(world.server.statements().empty());
}

TEST(View, ShowsOnlyWhatIsLeftOfAHalfAppliedStep) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE a (id INT);");
  world.up();
  const auto views = planned(world);
  ASSERT_EQ(views.at(0).statements.size(), 1U);
  EXPECT_EQ(views.at(0).statements[0].index, 2U);
  EXPECT_EQ(views.at(0).planned.reason, core::Reason::continues);
}

TEST(View, ShowsAtMostAThousandStatements) {
  World world;
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "SELECT 1;\n";
  world.steps.up("1", text);
  const auto views = planned(world);
  EXPECT_EQ(views.at(0).statements.size(), 1000U);
  EXPECT_TRUE(views.at(0).truncated);
}

TEST(Plan, RefusesAStatementLongerThanTheServerTakesAndSaysWhere) {
  World world;
  world.server.set_packet_limit(100);
  world.steps.up("1", "SELECT 1;\nSELECT " + std::string(100, '1') + ";");
  EXPECT_EQ(world.up(), ExitCode::refused);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("migrations/1_step.up.sql:2:1"), std::string::npos)
      << refused->refusal.reason;
  EXPECT_TRUE(world.server.statements().empty());
}

}  // namespace
}  // namespace migrate::testing
