#include "core/session_replay.h"

#include <gtest/gtest.h>

#include "split_support.h"

namespace migrate::core {
namespace {

void add(std::string& texts, const std::vector<NumberedStatement>& statements) {
  for (const NumberedStatement& one : statements)
    texts += (texts.empty() ? "" : "; ") + one.statement.text;
}

/// What is run again when a step goes on behind these.
std::string replayed(const std::vector<std::string>& done) {
  SessionReplay replay;
  std::string texts;
  for (const std::string& text : done) {
    const testing::SplitPiece is = testing::only_statement(text);
    add(texts,
        replay.pass({.statement = {.text = text, .effect = is.effect, .bracket = is.bracket}}));
  }
  add(texts, replay.go_on());
  return texts;
}

TEST(SessionReplay, BringsBackWhatTheSessionHeld) {
  EXPECT_EQ(replayed({"SET @a = 1", "INSERT INTO t VALUES (1)", "USE s", "PREPARE p FROM 'DO 1'",
                      "CREATE TABLE u (a INT)", "DEALLOCATE PREPARE p", "BEGIN", "COMMIT"}),
            "SET @a = 1; USE s; PREPARE p FROM 'DO 1'; DEALLOCATE PREPARE p");
  EXPECT_EQ(replayed({"SET autocommit = 0", "COMMIT"}), "SET autocommit = 0");
}

TEST(SessionReplay, BringsBackTableLocksThatStillHoldAndNoOthers) {
  EXPECT_EQ(replayed({"SET @a = 1", "LOCK TABLES t WRITE", "SET @b = 1", "USE s"}),
            "SET @a = 1; LOCK TABLES t WRITE; SET @b = 1; USE s");
  EXPECT_EQ(replayed({"LOCK TABLES t WRITE", "SET @b = 1", "UNLOCK TABLES", "SET @c = 1"}),
            "SET @b = 1; SET @c = 1");
  EXPECT_EQ(replayed({"LOCK TABLES t WRITE", "SET @b = 1", "LOCK TABLES u WRITE", "SET @c = 1"}),
            "SET @b = 1; LOCK TABLES u WRITE; SET @c = 1");
  EXPECT_EQ(replayed({"LOCK TABLES t WRITE", "START TRANSACTION"}), "") << "it releases them";
  EXPECT_EQ(replayed({"LOCK TABLES t WRITE", "SET autocommit = 0", "COMMIT"}),
            "LOCK TABLES t WRITE; SET autocommit = 0");
}

TEST(SessionReplay, LocksWhatIsLeftOfTheTables) {
  EXPECT_EQ(replayed({"LOCK TABLES t WRITE, u READ", "DROP TABLE u", "SET @a = 1"}),
            "LOCK TABLES t WRITE; SET @a = 1");
  EXPECT_EQ(replayed({"LOCK TABLES t WRITE", "DROP TABLE t", "SET @a = 1"}), "SET @a = 1");
}

}  // namespace
}  // namespace migrate::core
