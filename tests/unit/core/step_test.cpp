#include "core/step.h"

#include <functional>
#include <utility>

#include <gtest/gtest.h>

#include "unit/core/history_support.h"

namespace migrate::core {
namespace {

TEST(Step, IsShownAsItsFileIsNamed) {
  EXPECT_EQ(display_name(testing::versioned("20260105090000"), "add_outbox"),
            "20260105090000_add_outbox");
  EXPECT_EQ(display_name(testing::repeatable("outbox"), "outbox"), "ddl/outbox");
}

TEST(Step, HasAScriptForEachDirection) {
  const Step step = testing::with_down(testing::step("1"));
  EXPECT_EQ(step.file(Direction::up).path, "migrations/1_step.up.sql");
  EXPECT_EQ(step.file(Direction::down).path, "migrations/1_step.down.sql");
  EXPECT_THROW(testing::step("1").file(Direction::down), std::bad_optional_access);
}

TEST(Step, OnlyDataAndSessionStatementsRunInOneTransaction) {
  Script script;
  script.shape = {.data_statements = 2, .session_statements = 1};
  EXPECT_TRUE(runs_in_one_transaction(script));
  using Change = std::function<void(Script&)>;
  const std::vector<std::pair<const char*, Change>> changes = {
      {"schema", [](Script& s) { s.shape.schema_statements = 1; }},
      {"neutral", [](Script& s) { s.shape.neutral_statements = 1; }},
      {"its own transactions", [](Script& s) { s.shape.manages_transactions = true; }},
      {"table locks", [](Script& s) { s.shape.locks_tables = true; }},
      {"transaction=none", [](Script& s) { s.directives.transaction = TransactionMode::none; }},
      {"transaction=batch(5)",
       [](Script& s) { s.directives.transaction = TransactionMode::batch; }},
  };
  for (const auto& [what, change] : changes) {
    Script changed = script;
    change(changed);
    EXPECT_FALSE(runs_in_one_transaction(changed)) << what;
  }
}

}  // namespace
}  // namespace migrate::core
