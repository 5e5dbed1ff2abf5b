#include "core/named_objects.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using Names = std::vector<ObjectName>;
using enum ObjectKind;

TEST(NamedObjects, OfCreate) {
  EXPECT_EQ(named_objects("CREATE TABLE IF NOT EXISTS `a``b`.c (d INT, INDEX e (d))"),
            (Names{{table, "a`b", "c"}}));
  EXPECT_EQ(named_objects("CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`x`@`%` SQL SECURITY DEFINER "
                          "VIEW \"v\" AS SELECT 1"),
            (Names{{view, "", "v"}}));
  EXPECT_EQ(named_objects("CREATE UNIQUE INDEX i ON s.t (a)"),
            (Names{{index, "", "i"}, {table, "s", "t"}}));
  EXPECT_EQ(
      named_objects("/*!50003 CREATE*/ /*!50017 DEFINER=a@b*/ /*!50003 TRIGGER tr BEFORE INSERT "
                    "ON t FOR EACH ROW SET @a=1 */"),
      (Names{{trigger, "", "tr"}, {table, "", "t"}}));
  EXPECT_EQ(named_objects("CREATE DEFINER=CURRENT_USER() PROCEDURE p() SELECT 1"),
            (Names{{procedure, "", "p"}}));
  EXPECT_EQ(named_objects("CREATE PACKAGE BODY p AS END"), (Names{{package, "", "p"}}));
  EXPECT_EQ(named_objects("CREATE USER a@localhost IDENTIFIED BY 'x', 'b'"),
            (Names{{account, "", "a@localhost"}, {account, "", "b"}}));
}

TEST(NamedObjects, OfAlter) {
  EXPECT_EQ(named_objects("ALTER TABLE a ADD b INT, RENAME COLUMN c TO d, RENAME TO s.e"),
            (Names{{table, "", "a"}, {table, "s", "e"}}));
  EXPECT_EQ(named_objects("ALTER TABLE a EXCHANGE PARTITION p WITH TABLE b"),
            (Names{{table, "", "a"}, {table, "", "b"}}));
  EXPECT_EQ(named_objects("ALTER EVENT e RENAME TO f"),
            (Names{{event, "", "e"}, {event, "", "f"}}));
  EXPECT_EQ(named_objects("ALTER DATABASE d COLLATE utf8mb4_bin"), (Names{{schema, "", "d"}}));
}

TEST(NamedObjects, OfDropRenameAndTruncate) {
  EXPECT_EQ(named_objects("DROP TABLE IF EXISTS a, b.c CASCADE"),
            (Names{{table, "", "a"}, {table, "b", "c"}}));
  EXPECT_EQ(named_objects("DROP INDEX i ON t"), (Names{{index, "", "i"}, {table, "", "t"}}));
  EXPECT_EQ(named_objects("RENAME TABLE a TO b, c.d TO c.e"),
            (Names{{table, "", "a"}, {table, "", "b"}, {table, "c", "d"}, {table, "c", "e"}}));
  EXPECT_EQ(named_objects("TRUNCATE t"), (Names{{table, "", "t"}}));
  EXPECT_EQ(named_objects("SET STATEMENT lock_wait_timeout=1 FOR DROP VIEW v"),
            (Names{{view, "", "v"}}));
}

TEST(NamedObjects, NoneWithoutSchemaEffect) {
  for (const char* text : {"SELECT 1", "EXECUTE s", "CREATE TEMPORARY TABLE t (a INT)",
                           "DROP TEMPORARY TABLE t", "SET @a = 1", "", "ALTER", "DROP TABLE"}) {
    EXPECT_TRUE(named_objects(text).empty()) << text;
  }
}

}  // namespace
}  // namespace migrate::core
