#include "core/table_locks.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

std::string with(std::string_view statement) {
  return with_locks(statement, "x WRITE");
}

TEST(TableLocks, MoreTablesComeBehindTheLast) {
  EXPECT_EQ(with("LOCK TABLES a WRITE"), "LOCK TABLES a WRITE, x WRITE");
  EXPECT_EQ(with("lock table a AS b READ LOCAL , s.`c d` e low_priority write"),
            "lock table a AS b READ LOCAL , s.`c d` e low_priority write, x WRITE");
}

TEST(TableLocks, WhatIsBehindTheListStaysThere) {
  EXPECT_EQ(with("LOCK TABLES a WRITE NOWAIT"), "LOCK TABLES a WRITE, x WRITE NOWAIT");
  EXPECT_EQ(with("LOCK TABLES a WRITE WAIT 3"), "LOCK TABLES a WRITE, x WRITE WAIT 3");
  EXPECT_EQ(with("LOCK TABLES a WRITE -- all of it"), "LOCK TABLES a WRITE, x WRITE -- all of it");
  EXPECT_EQ(with("LOCK TABLES a READ /* b WRITE */"), "LOCK TABLES a READ, x WRITE /* b WRITE */");
}

TEST(TableLocks, WhatAServerMayLeaveOutIsLeftOutWhole) {
  EXPECT_EQ(with("/*!40000 LOCK TABLES `a` WRITE */"),
            "/*!40000 LOCK TABLES `a` WRITE, x WRITE */");
  EXPECT_EQ(with("LOCK TABLES a WRITE /*M! WAIT 3 */"),
            "LOCK TABLES a WRITE, x WRITE /*M! WAIT 3 */");
}

TEST(TableLocks, AnythingElseStaysAsItIs) {
  for (const char* statement :
       {"LOCK INSTANCE FOR BACKUP", "LOCK TABLES a", "LOCK TABLES", "UNLOCK TABLES", ""}) {
    EXPECT_EQ(with(statement), statement);
  }
  EXPECT_EQ(with("SET STATEMENT lock_wait_timeout=1 FOR LOCK TABLES a WRITE"),
            "SET STATEMENT lock_wait_timeout=1 FOR LOCK TABLES a WRITE, x WRITE");
}

std::string after(std::string_view locks, std::string_view change) {
  return locks_after(locks, schema_change(change));
}

TEST(TableLocks, ATableThatIsGoneIsNotLockedAgain) {
  EXPECT_EQ(after("LOCK TABLES a WRITE, b READ, c WRITE", "DROP TABLE A, app.c"),
            "LOCK TABLES b READ");
  EXPECT_EQ(after("LOCK TABLES a WRITE WAIT 1", "DROP TABLE a"), "");
  EXPECT_EQ(after("LOCK TABLES s.a WRITE, b READ", "DROP TABLE t.a"),
            "LOCK TABLES s.a WRITE, b READ");
  EXPECT_EQ(after("LOCK TABLES a WRITE, b READ", "DROP TRIGGER a"), "LOCK TABLES a WRITE, b READ");
}

TEST(TableLocks, ARenamedTableIsLockedByItsNewName) {
  EXPECT_EQ(after("/*!40000 LOCK TABLES a AS c WRITE, b READ NOWAIT */",
                  "ALTER TABLE a RENAME TO `x``y`"),
            "/*!40000 LOCK TABLES `x``y` AS c WRITE, b READ NOWAIT */");
  EXPECT_EQ(after("LOCK TABLES a WRITE, b READ", "RENAME TABLE a TO c, b TO a, c TO s.b"),
            "LOCK TABLES `s`.`b` WRITE, `a` READ");
  EXPECT_EQ(after("LOCK TABLES a WRITE", "ALTER TABLE a ADD COLUMN b INT"), "LOCK TABLES a WRITE");
}

}  // namespace
}  // namespace migrate::core
