#include "core/session_replay.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using Indexes = std::set<std::uint64_t>;

/// What runs again in front of a step that goes on behind `statements`, where these variables were
/// kept in front of statement `next`; 0: behind the last.
Indexes again(const std::vector<std::string>& statements, const std::vector<std::string>& kept,
              std::uint64_t next = 0) {
  SessionValues values{.next = next == 0 ? statements.size() + 1 : next};
  for (const std::string& name : kept) values.variables.push_back({.name = name});
  SessionReplay replay(values);
  std::uint64_t index = 0;
  for (const std::string& text : statements)
    replay.add({.index = ++index, .statement = {.text = text, .effect = effect_of(text)}});
  return replay.statements();
}

TEST(SessionReplay, WithoutKeptValuesEverySetRunsAgain) {
  EXPECT_EQ(again({"SET @a = 1", "INSERT INTO t VALUES (@a)", "USE x", "SET sql_mode = ''"}, {}),
            (Indexes{1, 3, 4}));
}

TEST(SessionReplay, ASetOfKeptVariablesAloneDoesNot) {
  EXPECT_EQ(again({"SET @a = (SELECT COUNT(*) FROM gone)", "SET @a = 2, @b = 3", "SET @c = @a"},
                  {"a", "b"}),
            (Indexes{3}));
  EXPECT_EQ(again({"SET @a = 1", "SET @a = 1, @c = 2"}, {"a"}), (Indexes{1, 2}))
      << "what runs again assigns it";
}

TEST(SessionReplay, BehindTheKeptValuesAllRunAgain) {
  EXPECT_EQ(again({"SET @a = 1", "SET @a = 2", "SET @a = 3"}, {"a"}, 2), (Indexes{2, 3}));
}

TEST(SessionReplay, OnlyWhatIsStillPreparedIsPreparedAgain) {
  EXPECT_EQ(again({"SET @s = 'DO 1'", "PREPARE p FROM @s", "DEALLOCATE PREPARE p",
                   "SET @s = 'DO 2'", "PREPARE p FROM @s", "PREPARE q FROM 'DO 3'",
                   "DROP PREPARE q", "PREPARE r FROM 'DO 4'", "PREPARE R FROM 'DO 5'"},
                  {"s"}),
            (Indexes{5, 9}));
}

TEST(SessionReplay, AValueFromBeforeTheLastAssignmentIsMadeAgain) {
  EXPECT_EQ(again({"SET @s = 'DO 1'", "PREPARE p FROM @s", "SET @s = 'DO 2'"}, {"s"}),
            (Indexes{1, 2, 3}));
  EXPECT_EQ(again({"SET @s = 'DO 1'", "PREPARE p FROM @s", "SELECT 1 INTO @s"}, {"s"}),
            (Indexes{1, 2}));
  EXPECT_EQ(again({"SET @m = ''", "SET sql_mode = @m", "SET @m = 'ANSI'"}, {"m"}),
            (Indexes{1, 2, 3}));
  EXPECT_EQ(again({"SET @a = 1", "SET @m = @a", "SET sql_mode = @m", "SET @m = 5", "SET @a = 2"},
                  {"a", "m"}),
            (Indexes{1, 2, 3, 4, 5}))
      << "and what it is made of";
}

TEST(SessionReplay, ASetOfMoreThanVariablesRunsAgain) {
  EXPECT_EQ(again({"SET @old = @@sql_mode, sql_mode = ''", "SET @n = 1", "SET sql_mode = @old"},
                  {"n", "old"}),
            (Indexes{1, 3}));
}

}  // namespace
}  // namespace migrate::core
