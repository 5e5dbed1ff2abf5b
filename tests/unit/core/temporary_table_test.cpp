#include "core/temporary_table.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using Names = std::vector<std::string>;

TEST(TemporaryTables, MadeByCreateTemporary) {
  EXPECT_EQ(temporary_tables_made("CREATE TEMPORARY TABLE a (b INT)"), Names{"a"});
  EXPECT_EQ(
      temporary_tables_made("create or replace temporary table if not exists s.`A``b` select 1"),
      Names{"A`b"});
  EXPECT_EQ(temporary_tables_made("CREATE TEMPORARY SEQUENCE a"), Names{"a"});
  for (const char* statement :
       {"CREATE TABLE a (b INT)", "DROP TEMPORARY TABLE a", "CREATE TEMPORARY", "SELECT 1", ""}) {
    EXPECT_EQ(temporary_tables_made(statement), Names{}) << statement;
  }
}

TEST(TemporaryTables, DroppedByAnyDropTable) {
  EXPECT_EQ(temporary_tables_dropped("DROP TEMPORARY TABLE IF EXISTS a, s.b"), (Names{"a", "b"}));
  EXPECT_EQ(temporary_tables_dropped("DROP TABLES a, b CASCADE"), (Names{"a", "b"}));
  for (const char* statement :
       {"DROP VIEW a", "CREATE TEMPORARY TABLE a (b INT)", "DROP PREPARE a", "DROP", ""}) {
    EXPECT_EQ(temporary_tables_dropped(statement), Names{}) << statement;
  }
}

TEST(Mentions, AWordOrAQuotedName) {
  for (const char* statement :
       {"SELECT * FROM tmp", "SELECT TMP.a FROM x",
        "INSERT INTO s.`Tmp` "
        "VALUES (1)",
        "SELECT 1 FROM \"tmp\"", "SELECT 'it''s' FROM tmp", "/*!50003 SELECT 1 FROM tmp */"}) {
    EXPECT_TRUE(mentions(statement, "tmp")) << statement;
  }
  EXPECT_TRUE(mentions("SELECT 1 FROM tmp", "TMP"));
  EXPECT_TRUE(mentions("SELECT 1 FROM `a``b`", "a`b"));
}

TEST(Mentions, NothingElse) {
  for (const char* statement :
       {"SELECT 'tmp'", "SELECT 1 -- tmp\n", "SELECT 1 /* tmp */", "SELECT 1 # tmp\n",
        "SELECT * FROM tmp2", "SELECT * FROM `tmp `", "SELECT 'a tmp b', \"a tmp b\"", ""}) {
    EXPECT_FALSE(mentions(statement, "tmp")) << statement;
  }
}

}  // namespace
}  // namespace migrate::core
