#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/lint/rule.h"
#include "support/repository.h"

namespace migrate::core::lint {
namespace {

std::vector<std::string> rows_of_the_runbook() {
  std::vector<std::string> rows;
  std::ifstream file(testing::repository() / "runbooks" / "lint-rules.md");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| `")) rows.push_back(line);
  }
  return rows;
}

TEST(LintRules, AreAllInTheRunbookAsTheyAre) {
  std::vector<std::string> expected;
  for (const Rule& rule : all_rules()) {
    expected.push_back("| `" + std::string(rule.name) + "` | " +
                       std::string(name_of(rule.severity)) + " | " + std::string(rule.reason) +
                       " |");
  }
  EXPECT_EQ(rows_of_the_runbook(), expected) << "migrate lint --rules shows them";
}

}  // namespace
}  // namespace migrate::core::lint
