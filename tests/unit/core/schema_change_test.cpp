#include "core/schema_change.h"

#include <gtest/gtest.h>

#include "core/object_name.h"

namespace migrate::core {
namespace {

using enum ObjectKind;
using enum Change;

using Objects = std::vector<ChangedObject>;

Objects objects(std::string_view statement) {
  return schema_change(statement).objects;
}

ChangedObject object(ObjectKind kind, const std::string& name, Change change,
                     const std::string& schema = "") {
  return {{kind, schema, name}, change};
}

TEST(SchemaChange, Creates) {
  EXPECT_EQ(objects("CREATE TABLE IF NOT EXISTS `a``b`.c (d INT, INDEX e (d))"),
            (Objects{object(table, "c", created, "a`b")}));
  EXPECT_EQ(objects("CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`x`@`%` SQL SECURITY DEFINER "
                    "VIEW \"v\" AS SELECT 1"),
            (Objects{object(view, "v", created)}));
  EXPECT_EQ(objects("CREATE DEFINER=CURRENT_USER() PROCEDURE p() SELECT 1"),
            (Objects{object(procedure, "p", created)}));
  EXPECT_EQ(objects("CREATE AGGREGATE FUNCTION s.f() RETURNS INT RETURN 1"),
            (Objects{object(function, "f", created, "s")}));
  EXPECT_EQ(objects("CREATE DEFINER=a@b.example EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1"),
            (Objects{object(event, "e", created)}));
  EXPECT_EQ(objects("CREATE SEQUENCE s"), (Objects{object(sequence, "s", created)}));
  EXPECT_EQ(objects("CREATE DATABASE d"), (Objects{object(schema, "d", created)}));
}

TEST(SchemaChange, AnIndexCountsAsItsTable) {
  EXPECT_EQ(objects("CREATE UNIQUE INDEX IF NOT EXISTS i USING BTREE ON s.t (a)"),
            (Objects{object(table, "t", altered, "s")}));
  EXPECT_EQ(objects("DROP INDEX `PRIMARY` ON t"), (Objects{object(table, "t", altered)}));
}

TEST(SchemaChange, ATriggerDoesNotCountAsItsTable) {
  EXPECT_EQ(objects("/*!50003 CREATE*/ /*!50017 DEFINER=a@b*/ /*!50003 TRIGGER tr BEFORE INSERT "
                    "ON t FOR EACH ROW SET @a=1 */"),
            (Objects{object(trigger, "tr", created)}));
  EXPECT_EQ(objects("DROP TRIGGER IF EXISTS s.tr"), (Objects{object(trigger, "tr", dropped, "s")}));
}

TEST(SchemaChange, ThePackageIsThereBeforeItsBody) {
  EXPECT_EQ(objects("CREATE PACKAGE p AS END"), (Objects{object(package, "p", created)}));
  EXPECT_EQ(objects("CREATE PACKAGE BODY p AS END"), (Objects{object(package, "p", altered)}));
  EXPECT_EQ(objects("DROP PACKAGE BODY IF EXISTS p"), (Objects{object(package, "p", altered)}));
  EXPECT_EQ(objects("DROP PACKAGE p"), (Objects{object(package, "p", dropped)}));
}

TEST(SchemaChange, Alters) {
  EXPECT_EQ(objects("ALTER TABLE a ADD b INT, RENAME COLUMN c TO d, RENAME INDEX e TO f"),
            (Objects{object(table, "a", altered)}));
  EXPECT_EQ(objects("ALTER ONLINE TABLE IF EXISTS s.a ADD b INT"),
            (Objects{object(table, "a", altered, "s")}));
  EXPECT_EQ(objects("ALTER SQL SECURITY INVOKER VIEW v AS SELECT 1"),
            (Objects{object(view, "v", altered)}));
  EXPECT_EQ(objects("ALTER DATABASE d COLLATE utf8mb4_bin"),
            (Objects{object(schema, "d", altered)}));
  EXPECT_EQ(objects("TRUNCATE t"), (Objects{object(table, "t", altered)}));
  EXPECT_EQ(objects("TRUNCATE TABLE t"), (Objects{object(table, "t", altered)}));
}

TEST(SchemaChange, AnAlterDatabaseWithoutNameNamesNothing) {
  EXPECT_TRUE(objects("ALTER DATABASE CHARACTER SET utf8mb4").empty());
  EXPECT_EQ(objects("ALTER DATABASE `character` READ ONLY = 1"),
            (Objects{object(schema, "character", altered)}));
}

TEST(SchemaChange, Drops) {
  EXPECT_EQ(objects("DROP TABLE IF EXISTS a, b.c CASCADE"),
            (Objects{object(table, "a", dropped), object(table, "c", dropped, "b")}));
  EXPECT_EQ(objects("SET STATEMENT lock_wait_timeout=1 FOR DROP VIEW v"),
            (Objects{object(view, "v", dropped)}));
}

TEST(SchemaChange, RenamesInPairs) {
  EXPECT_EQ(
      objects("RENAME TABLE a TO b, c.d WAIT 3 TO c.e"),
      (Objects{object(table, "a", renamed_away), object(table, "b", renamed_here),
               object(table, "d", renamed_away, "c"), object(table, "e", renamed_here, "c")}));
  const Objects a_to_b{object(table, "a", renamed_away), object(table, "b", renamed_here, "s")};
  EXPECT_EQ(objects("ALTER TABLE a RENAME TO s.b"), a_to_b);
  EXPECT_EQ(objects("ALTER TABLE a NOWAIT RENAME s.b"), a_to_b);
  EXPECT_EQ(objects("ALTER TABLE a WAIT 5 RENAME AS s.b"), a_to_b);
  EXPECT_EQ(objects("ALTER TABLE a ADD c DECIMAL(5,2), RENAME = s.b, ENGINE=InnoDB"), a_to_b);
  EXPECT_EQ(objects("ALTER DEFINER=x EVENT e ON SCHEDULE EVERY 1 DAY RENAME TO f DO SELECT 1"),
            (Objects{object(event, "e", renamed_away), object(event, "f", renamed_here)}));
  EXPECT_EQ(objects("ALTER EVENT e DO RENAME TABLE a TO b"),
            (Objects{object(event, "e", altered)}));
  EXPECT_EQ(objects("RENAME USER a@b TO c, 'd' TO 'e'@'%'"),
            (Objects{object(account, "a@b", renamed_away), object(account, "c", renamed_here),
                     object(account, "d", renamed_away), object(account, "e@%", renamed_here)}));
}

TEST(SchemaChange, WordsOfAClauseCountOnlyWhereOneBegins) {
  EXPECT_EQ(objects("ALTER TABLE a ADD PRIMARY KEY (b, exchange), COMMENT 'RENAME TO c'"),
            (Objects{object(table, "a", altered)}));
  EXPECT_EQ(objects("ALTER TABLE a CONVERT TO CHARACTER SET utf8mb4"),
            (Objects{object(table, "a", altered)}));
}

TEST(SchemaChange, ExchangesPartitions) {
  const SchemaChange change = schema_change("ALTER TABLE a EXCHANGE PARTITION p WITH TABLE b");
  EXPECT_EQ(change.objects, (Objects{object(table, "a", altered), object(table, "b", altered)}));
  EXPECT_TRUE(change.hidden);
}

TEST(SchemaChange, ConvertsPartitions) {
  EXPECT_EQ(objects("ALTER TABLE a CONVERT PARTITION p TO TABLE b"),
            (Objects{object(table, "a", altered), object(table, "b", created)}));
  EXPECT_EQ(objects("ALTER TABLE a CONVERT TABLE b TO PARTITION p VALUES LESS THAN (3)"),
            (Objects{object(table, "a", altered), object(table, "b", dropped)}));
}

TEST(SchemaChange, HiddenIsWhatNoDefinitionShows) {
  EXPECT_TRUE(schema_change("ALTER TABLE a IMPORT TABLESPACE").hidden);
  EXPECT_TRUE(schema_change("CREATE FUNCTION f RETURNS STRING SONAME 'f.so'").hidden);
  EXPECT_FALSE(schema_change("CREATE FUNCTION f() RETURNS INT RETURN 1").hidden);
  EXPECT_FALSE(schema_change("ALTER TABLE a ADD b INT").hidden);
  EXPECT_FALSE(schema_change("RENAME TABLE a TO b").hidden);
}

TEST(SchemaChange, Accounts) {
  EXPECT_EQ(objects("CREATE USER IF NOT EXISTS a@localhost IDENTIFIED BY 'x', 'b' IDENTIFIED VIA "
                    "p USING PASSWORD('x,y'), c@10.0.0.1 DEFAULT ROLE r, s REQUIRE SSL"),
            (Objects{object(account, "a@localhost", created), object(account, "b", created),
                     object(account, "c@10.0.0.1", created)}));
  EXPECT_EQ(objects("ALTER USER a PASSWORD EXPIRE DEFAULT, 'b'@'%' ACCOUNT LOCK"),
            (Objects{object(account, "a", altered), object(account, "b@%", altered)}));
  EXPECT_EQ(objects("CREATE OR REPLACE ROLE r WITH ADMIN a"),
            (Objects{object(account, "r", created)}));
  EXPECT_EQ(objects("DROP ROLE r, s"),
            (Objects{object(account, "r", dropped), object(account, "s", dropped)}));
  EXPECT_TRUE(objects("ALTER USER USER() IDENTIFIED BY 'x'").empty());
}

TEST(SchemaChange, LenientSucceedsWhereThereIsNothingToDo) {
  for (const char* text : {"CREATE TABLE IF NOT EXISTS a (b INT)",
                           "CREATE OR REPLACE VIEW a AS SELECT 1", "DROP TABLE IF EXISTS a",
                           "DROP PACKAGE BODY IF EXISTS a", "ALTER TABLE IF EXISTS a ADD b INT",
                           "ALTER TABLE a ADD b INT, ADD COLUMN IF NOT EXISTS (c INT)",
                           "ALTER TABLE a DROP FOREIGN KEY IF EXISTS c",
                           "CREATE INDEX IF NOT EXISTS i ON a (b)", "DROP INDEX IF EXISTS i ON a",
                           "RENAME TABLE IF EXISTS a TO b", "CREATE USER IF NOT EXISTS a"}) {
    EXPECT_TRUE(schema_change(text).lenient) << text;
  }
  for (const char* text :
       {"CREATE TABLE a (b INT)", "DROP TABLE a", "ALTER TABLE a ADD b INT AS (IF(c, 1, 2))",
        "CREATE PROCEDURE p() DROP TABLE IF EXISTS a", "CREATE VIEW v AS SELECT REPLACE(a, b, c)",
        "RENAME TABLE a TO b"}) {
    EXPECT_FALSE(schema_change(text).lenient) << text;
  }
}

TEST(SchemaChange, ReachesFurther) {
  for (const char* text :
       {"RENAME TABLE a TO b", "ALTER TABLE a RENAME TO b", "ALTER TABLE a RENAME COLUMN b TO c",
        "ALTER TABLE a ADD x INT, CHANGE COLUMN b c INT", "ALTER TABLE a CHANGE b c INT",
        "CREATE DATABASE d", "DROP SCHEMA d", "ALTER DATABASE d COLLATE utf8mb4_bin",
        "ALTER DATABASE COLLATE utf8mb4_bin"}) {
    EXPECT_TRUE(schema_change(text).reaches_further) << text;
  }
  for (const char* text : {"DROP TABLE a", "ALTER TABLE a RENAME INDEX b TO c",
                           "CREATE VIEW v AS "
                           "SELECT 1",
                           "ALTER TABLE a ADD b INT", "RENAME USER a TO b",
                           "ALTER EVENT a RENAME TO b", "TRUNCATE a"}) {
    EXPECT_FALSE(schema_change(text).reaches_further) << text;
  }
}

TEST(SchemaChange, MayTakeLong) {
  for (const char* text :
       {"ALTER TABLE a ADD b INT", "CREATE INDEX i ON a (b)", "DROP INDEX i ON a",
        "CREATE TABLE a SELECT 1", "CREATE TABLE a (b INT) ENGINE=InnoDB AS SELECT 1",
        "CREATE TABLE a (SELECT 1)", "CREATE TABLE a AS WITH c AS (TABLE d) TABLE c",
        "CREATE TABLE a TABLE b", "CREATE TABLE a VALUES ROW(1)", "IMPORT TABLE FROM 'a.sdi'",
        "ALTER DATABASE d COLLATE utf8mb4_bin"}) {
    EXPECT_TRUE(schema_change(text).may_take_long) << text;
  }
  for (const char* text :
       {"CREATE TABLE a LIKE b", "CREATE TABLE a (LIKE b)",
        "CREATE TABLE a (b INT, c INT AS (b + 1)) WITH SYSTEM VERSIONING",
        "CREATE TABLE a (b INT) PARTITION BY RANGE (b) (PARTITION p VALUES LESS THAN (1))",
        "CREATE VIEW v AS SELECT 1", "CREATE PROCEDURE p() SELECT 1", "DROP TABLE a",
        "RENAME TABLE a TO b", "TRUNCATE a"}) {
    EXPECT_FALSE(schema_change(text).may_take_long) << text;
  }
}

TEST(SchemaChange, NothingWithoutSchemaEffectOrObjects) {
  for (const char* text :
       {"SELECT 1", "EXECUTE s", "CREATE OR REPLACE TEMPORARY TABLE t SELECT 1",
        "DROP TEMPORARY TABLE IF EXISTS t", "SET @a = 1", "", "ALTER", "DROP TABLE",
        "DROP TABLE 'a", "CREATE TABLE a.", "GRANT SELECT ON a TO b",
        "CREATE LIBRARY l LANGUAGE JAVASCRIPT AS $$ function f() {} $$",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u')"}) {
    const SchemaChange change = schema_change(text);
    EXPECT_TRUE(change.objects.empty()) << text;
    EXPECT_FALSE(change.lenient || change.reaches_further || change.may_take_long || change.hidden)
        << text;
  }
}

}  // namespace
}  // namespace migrate::core
