#include "core/report.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

event::StepStarted started(const std::string& key, Direction direction = Direction::up) {
  event::StepStarted started;
  started.planned.step.id.key = key;
  started.planned.step.name = "name_" + key;
  started.planned.direction = direction;
  return started;
}

event::StepDone done(const std::string& key, Direction direction = Direction::up) {
  return {{StepKind::versioned, key}, "name_" + key, direction, 7};
}

TEST(RunReport, CountsStatementsForTheStepThatRuns) {
  RunReport report;
  report.add(started("1"));
  report.add(event::StatementDone{1, 10, 1, 5});
  report.add(event::StatementDone{2, 20, 0, 5});
  report.add(done("1"));
  report.add(started("2"));
  report.add(event::StatementDone{1, 3, 0, 5});

  ASSERT_EQ(report.steps.size(), 2U);
  EXPECT_TRUE(report.steps[0].done);
  EXPECT_EQ(report.steps[0].statements_run, 2U);
  EXPECT_EQ(report.steps[0].affected_rows, 30U);
  EXPECT_EQ(report.steps[0].warnings, 1U);
  EXPECT_EQ(report.steps[0].duration_us, 7U);
  EXPECT_FALSE(report.steps[1].done);
  EXPECT_EQ(report.steps[1].affected_rows, 3U);
}

TEST(RunReport, KeepsTheTwoHalvesOfARedoApart) {
  RunReport report;
  report.add(event::RunStarted{"r", "redo", {}, 1, 1});
  report.add(started("1", Direction::down));
  report.add(done("1", Direction::down));
  report.add(event::RunStarted{"r", "redo", {}, 1, 1});
  report.add(started("1", Direction::up));

  EXPECT_EQ(report.planned_steps, 2U);
  ASSERT_EQ(report.steps.size(), 2U);
  EXPECT_TRUE(report.steps[0].done);
  EXPECT_FALSE(report.steps[1].done);
}

TEST(RunReport, HasAStepThatWasOnlyRecorded) {
  RunReport report;
  report.add(done("9"));
  ASSERT_EQ(report.steps.size(), 1U);
  EXPECT_TRUE(report.steps[0].done);
  EXPECT_EQ(report.steps[0].name, "name_9");
}

TEST(RunReport, EndsWithWhatStoppedItAndItsCode) {
  RunReport report;
  event::StepFailed failed;
  failed.index = 3;
  report.add(started("1"));
  report.add(failed);
  report.add(event::Warned{"odd"});
  report.add(event::RunFinished{ExitCode::statement_failed, 99});

  ASSERT_TRUE(report.failure);
  EXPECT_EQ(report.failure->index, 3U);
  EXPECT_EQ(report.warnings, std::vector<std::string>{"odd"});
  EXPECT_EQ(report.code, ExitCode::statement_failed);
  EXPECT_EQ(report.duration_us, 99U);
}

}  // namespace
}  // namespace migrate::core
