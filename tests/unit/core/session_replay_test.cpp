#include "core/session_replay.h"

#include <gtest/gtest.h>

#include "split_support.h"

namespace migrate::core {
namespace {

using Indexes = std::set<std::uint64_t>;

void add(SessionReplay& replay, std::uint64_t index, const std::string& text) {
  const testing::SplitPiece is = testing::only_statement(text);
  replay.add(
      {.index = index, .statement = {.text = text, .effect = is.effect, .bracket = is.bracket}});
}

/// What runs again in front of a step that goes on behind `statements`, where these variables were
/// kept in front of statement `next`; 0: behind the last.
Indexes again(const std::vector<std::string>& statements, const std::vector<std::string>& kept,
              std::uint64_t next = 0) {
  SessionValues values{.next = next == 0 ? statements.size() + 1 : next};
  for (const std::string& name : kept) values.variables.push_back({.name = name});
  SessionReplay replay(values);
  std::uint64_t index = 0;
  for (const std::string& text : statements) add(replay, ++index, text);
  return replay.statements();
}

/// The text of what runs again behind these, where no variables were kept.
std::string said_again(const std::vector<std::string>& statements) {
  SessionReplay replay(SessionValues{.next = statements.size() + 1});
  std::uint64_t index = 0;
  for (const std::string& text : statements) add(replay, ++index, text);
  std::string texts;
  for (const std::uint64_t again : replay.statements()) {
    const std::string& text = statements[again - 1];
    const bool locks = testing::only_statement(text).bracket == Bracket::locks_tables;
    texts += (texts.empty() ? "" : "; ") + (locks ? replay.held_locks() : text);
  }
  return texts;
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

TEST(SessionReplay, BringsBackWhatTheSessionHeld) {
  EXPECT_EQ(said_again({"SET @a = 1", "INSERT INTO t VALUES (1)", "USE s", "PREPARE p FROM 'DO 1'",
                        "PREPARE q FROM 'DO 2'", "CREATE TABLE u (a INT)", "DEALLOCATE PREPARE p",
                        "BEGIN", "COMMIT"}),
            "SET @a = 1; USE s; PREPARE q FROM 'DO 2'");
  EXPECT_EQ(said_again({"SET autocommit = 0", "COMMIT"}), "SET autocommit = 0");
}

TEST(SessionReplay, BringsBackTableLocksThatStillHoldAndNoOthers) {
  EXPECT_EQ(said_again({"SET @a = 1", "LOCK TABLES t WRITE", "SET @b = 1", "USE s"}),
            "SET @a = 1; LOCK TABLES t WRITE; SET @b = 1; USE s");
  EXPECT_EQ(said_again({"LOCK TABLES t WRITE", "SET @b = 1", "UNLOCK TABLES", "SET @c = 1"}),
            "SET @b = 1; SET @c = 1");
  EXPECT_EQ(said_again({"LOCK TABLES t WRITE", "SET @b = 1", "LOCK TABLES u WRITE", "SET @c = 1"}),
            "SET @b = 1; LOCK TABLES u WRITE; SET @c = 1");
  EXPECT_EQ(said_again({"LOCK TABLES t WRITE", "START TRANSACTION"}), "") << "it releases them";
  EXPECT_EQ(said_again({"LOCK TABLES t WRITE", "SET autocommit = 0", "COMMIT"}),
            "LOCK TABLES t WRITE; SET autocommit = 0");
}

TEST(SessionReplay, KeptVariablesDoNotTouchTableLocks) {
  EXPECT_EQ(again({"SET @a = 1", "LOCK TABLES t WRITE", "SET @a = 2"}, {"a"}), (Indexes{2}));
  EXPECT_EQ(again({"SET @a = 1", "LOCK TABLES t WRITE", "SET @a = 2"}, {"a"}, 2), (Indexes{2, 3}));
}

TEST(SessionReplay, LocksWhatIsLeftOfTheTables) {
  EXPECT_EQ(said_again({"LOCK TABLES t WRITE, u READ", "DROP TABLE u", "SET @a = 1"}),
            "LOCK TABLES t WRITE; SET @a = 1");
  EXPECT_EQ(said_again({"LOCK TABLES t WRITE", "DROP TABLE t", "SET @a = 1"}), "SET @a = 1");
}

}  // namespace
}  // namespace migrate::core
