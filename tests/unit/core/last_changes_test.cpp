#include "core/last_changes.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/memory_steps.h"

namespace migrate::core {
namespace {

/// The tables that are settled behind steps [first, end) of these files.
std::vector<std::string> settled(const std::vector<std::string>& files, std::size_t first,
                                 std::size_t end) {
  testing::MemorySteps source;
  std::uint64_t version = 100;
  for (const std::string& file : files) source.up(std::to_string(version++), file);
  CatalogResult loaded = source.load();
  Plan plan;
  for (const Step& step : loaded.catalog.versioned)
    plan.steps.push_back({.step = step, .script = source.examine(step.up, loaded.problems)});
  std::vector<std::string> names;
  for (const ObjectName& table : LastChanges(plan).settled(first, end)) names.push_back(table.name);
  return names;
}

using Names = std::vector<std::string>;

TEST(LastChanges, ATableIsSettledBehindTheLastStepThatNamesIt) {
  const Names files{"CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);",
                    "ALTER TABLE a ADD COLUMN n INT;", "CREATE TABLE c (id INT);"};
  EXPECT_EQ(settled(files, 0, 1), Names({"b"}));
  EXPECT_EQ(settled(files, 1, 2), Names({"a"}));
  EXPECT_EQ(settled(files, 0, 3), Names({"b", "a", "c"}));
  EXPECT_EQ(settled(files, 0, 0), Names());
}

TEST(LastChanges, NamesThatMayBeOneAreTakenForOne) {
  EXPECT_EQ(settled({"CREATE TABLE a (id INT);", "DROP TABLE other.A;"}, 0, 1), Names());
  EXPECT_EQ(settled({"CREATE TABLE a (id INT);", "DROP VIEW A;"}, 0, 1), Names());
  EXPECT_EQ(settled({"CREATE TABLE a (id INT);", "CREATE INDEX i ON a (id);"}, 0, 1), Names());
  EXPECT_EQ(settled({"CREATE TABLE \xC3\x84 (id INT);", "DROP TABLE \xC3\xA4;"}, 0, 1), Names());
}

TEST(LastChanges, NothingIsSettledWhereAStepMayChangeWhatItDoesNotName) {
  EXPECT_EQ(settled({"CREATE TABLE a (id INT);", "CALL p();"}, 0, 1), Names());
  EXPECT_EQ(settled({"CREATE TABLE a (id INT);", "RENAME TABLE b TO c;"}, 0, 1), Names());
}

}  // namespace
}  // namespace migrate::core
