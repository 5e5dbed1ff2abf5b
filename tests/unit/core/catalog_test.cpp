#include "core/catalog.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "unit/core/history_support.h"

namespace migrate::core {
namespace {

using testing::ddl;
using testing::step;

std::vector<std::string> paths(const std::vector<Step>& steps) {
  std::vector<std::string> paths;
  for (const Step& step : steps) paths.push_back(step.up.path);
  return paths;
}

TEST(Catalog, OrdersVersionsAsNumbersAndDdlFilesByName) {
  const auto result = make_catalog({step("10"), ddl("b"), step("9"), step("0100"), ddl("a")});
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(paths(result.catalog.versioned),
            (std::vector<std::string>{"migrations/9_step.up.sql", "migrations/10_step.up.sql",
                                      "migrations/0100_step.up.sql"}));
  EXPECT_EQ(paths(result.catalog.repeatable), (std::vector<std::string>{"ddl/a.sql", "ddl/b.sql"}));
}

TEST(Catalog, TwoFilesOfOneVersionAreAProblemThatNamesBoth) {
  const auto result = make_catalog({step("0002"), step("1"), step("2")});
  ASSERT_EQ(result.problems.size(), 1U);
  const std::string problem = to_string(result.problems.front());
  EXPECT_NE(problem.find("migrations/0002_step.up.sql"), std::string::npos) << problem;
  EXPECT_NE(problem.find("migrations/2_step.up.sql"), std::string::npos) << problem;
  EXPECT_NE(problem.find("same version"), std::string::npos) << problem;
}

TEST(Catalog, EveryFileTooManyIsAProblem) {
  EXPECT_EQ(make_catalog({step("2"), step("02"), step("002"), ddl("a"), ddl("a")}).problems.size(),
            3U);
}

// … and the one that is kept is the one that came first.
TEST(Catalog, KeepsTheFirstFileOfAVersionAmongMany) {
  std::vector<Step> steps;
  for (int zeros = 40; zeros > 0; --zeros) {
    steps.push_back(step(std::string(static_cast<std::size_t>(zeros), '0') + "2"));
    steps.push_back(step(std::to_string(100 - zeros)));
  }
  const std::string first = steps.front().up.path;
  const CatalogResult result = make_catalog(std::move(steps));
  EXPECT_EQ(result.problems.size(), 39U);
  EXPECT_EQ(result.catalog.find(testing::versioned("2"))->up.path, first);
}

TEST(Catalog, ADdlFileMayBeNamedLikeAVersion) {
  EXPECT_TRUE(make_catalog({step("2"), ddl("2")}).problems.empty());
}

TEST(Catalog, FindsByKindAndCanonicalVersion) {
  const Catalog catalog = make_catalog({step("0002"), ddl("a")}).catalog;
  EXPECT_EQ(catalog.find(testing::versioned("2"))->up.path, "migrations/0002_step.up.sql");
  EXPECT_EQ(catalog.find(testing::repeatable("a"))->up.path, "ddl/a.sql");
  EXPECT_EQ(catalog.find(testing::versioned("a")), nullptr);
  EXPECT_EQ(catalog.find(testing::versioned("3")), nullptr);
}

TEST(Problem, IsShownWithItsPlace) {
  EXPECT_EQ(to_string(Problem{.path = "a.sql", .position = std::nullopt, .message = "is bad"}),
            "a.sql: is bad");
  EXPECT_EQ(to_string(Problem{.path = "a.sql",
                              .position = Position{.offset = 9, .line = 2, .column = 3},
                              .message = "is bad"}),
            "a.sql:2:3: is bad");
}

}  // namespace
}  // namespace migrate::core
