#include "core/step_group.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/memory_steps.h"

namespace migrate::core {
namespace {

/// How many of these files, in this order, travel together.
class StepGroupOf : public ::testing::Test {
 protected:
  std::size_t together(const std::vector<std::string>& files) {
    testing::MemorySteps source;
    std::uint64_t version = 100;
    for (const std::string& file : files) source.up(std::to_string(version++), file);
    CatalogResult loaded = source.load();
    std::vector<PlannedStep> planned;
    for (const Step& step : loaded.catalog.versioned)
      planned.push_back({.step = step, .script = source.examine(step.up, loaded.problems)});
    StepGroup group(limits);
    for (const PlannedStep& step : planned) {
      if (!may_be_grouped(step, limits)) break;
      std::vector<NumberedStatement> statements;
      const auto stream = source.open(step.step.up);
      while (auto statement = stream->next()) statements.push_back(std::move(*statement));
      if (!group.add(step, std::move(statements))) break;
    }
    return group.steps().size();
  }

  UnitLimits limits;
};

TEST_F(StepGroupOf, ShortStatementsWithDifferentObjects) {
  EXPECT_EQ(together({"CREATE TABLE a (id INT);", "CREATE TABLE b (id INT);\nDROP TABLE c;",
                      "CREATE VIEW v AS SELECT 1;"}),
            3U);
}

TEST_F(StepGroupOf, EndsInFrontOfTheSameObject) {
  EXPECT_EQ(together({"CREATE TABLE a (id INT);", "CREATE TABLE b (id INT);", "DROP TABLE A;"}),
            2U);
  EXPECT_EQ(together({"CREATE TABLE a (id INT);\nDROP TABLE a;", "CREATE TABLE b (id INT);"}), 0U);
}

TEST_F(StepGroupOf, EndsInFrontOfWhatGoesAlone) {
  for (const char* alone : {"ALTER TABLE b ADD COLUMN c INT;", "RENAME TABLE b TO c;",
                            "CREATE TABLE c SELECT * FROM b;", "INSERT INTO a VALUES (1);",
                            "SET @x = 1;\nCREATE TABLE c (id INT);", "ANALYZE TABLE b;",
                            "CREATE PROCEDURE p() SELECT 1;", "CALL p();", "",
                            "-- migrate: transaction=none\nCREATE TABLE c (id INT);"}) {
    EXPECT_EQ(together({"CREATE TABLE a (id INT);", alone, "CREATE TABLE d (id INT);"}), 1U)
        << alone;
  }
}

TEST_F(StepGroupOf, EndsWhereItIsFull) {
  limits.schema_statements = 3;
  EXPECT_EQ(together({"CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);",
                      "CREATE TABLE c (id INT);", "CREATE TABLE d (id INT);"}),
            2U);
  limits = {.bytes = 50};
  EXPECT_EQ(together({"CREATE TABLE a (id INT);", "CREATE TABLE b (id INT);",
                      "CREATE TABLE c (id INT);"}),
            2U);
}

TEST_F(StepGroupOf, OnlyStepsThatBegin) {
  testing::MemorySteps source;
  source.up("1", "CREATE TABLE a (id INT);");
  source.down("1", "DROP TABLE a;");
  CatalogResult loaded = source.load();
  const Step step = loaded.catalog.versioned.at(0);
  const Script up = source.examine(step.up, loaded.problems);
  const Script down = source.examine(*step.down, loaded.problems);
  EXPECT_TRUE(may_be_grouped({.step = step, .script = up}));
  EXPECT_FALSE(may_be_grouped(
      {.step = step, .script = down, .direction = Direction::down, .reason = Reason::undo}));
  EXPECT_FALSE(may_be_grouped({.step = step, .script = up, .reason = Reason::continues}));
}

}  // namespace
}  // namespace migrate::core
