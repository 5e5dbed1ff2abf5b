#include "core/schema/definition_text.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migrate::core::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Table table_of(const std::string& text) {
  auto table = read_create_table(text, "own");
  if (!table) throw std::runtime_error("not taken apart: " + text);
  return *table;
}

Column column_of(const std::string& definition) {
  return table_of("CREATE TABLE `t` (\n  `c` " + definition + "\n) ENGINE=InnoDB").columns.at(0);
}

TEST(CreateTable, ACommaOrParenthesisInTextOrNameEndsNothing) {
  const Table table = table_of(
      "CREATE TABLE `a``),(` (\n  `x,(` enum('a,b',')''(') NOT NULL COMMENT ',KEY `k` (`x`)',\n"
      "  `y` int DEFAULT (f('),'))\n) ENGINE=InnoDB COMMENT='), `z` int'");
  EXPECT_EQ(table.name, "a`),(");
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].type, "enum('a,b',')''(')");
  EXPECT_EQ(table.columns[0].comment, ",KEY `k` (`x`)");
  EXPECT_EQ(table.columns[1].default_value, "(f('),'))");
  EXPECT_EQ(table.comment, "), `z` int");
  EXPECT_THAT(table.indexes, IsEmpty());
}

TEST(CreateTable, DefaultsOfEveryForm) {
  EXPECT_EQ(column_of("int(11) DEFAULT -5 COMMENT 'x'").default_value, "-5");
  EXPECT_EQ(column_of("bit(3) DEFAULT b'101'").default_value, "b'101'");
  EXPECT_EQ(column_of("varchar(3) DEFAULT _utf8mb4'x' INVISIBLE").default_value, "_utf8mb4'x'");
  EXPECT_EQ(column_of("double DEFAULT 1.5 NOT NULL").default_value, "1.5");
  EXPECT_EQ(column_of("int DEFAULT nextval(`own`.`s`) CHECK (`c` > 1)").default_value,
            "nextval(`s`)");
  EXPECT_EQ(column_of("int DEFAULT NULL").default_value, "NULL");
  EXPECT_EQ(column_of("int NOT NULL").default_value, std::nullopt);
  const Column time = column_of(
      "timestamp(3) NULL DEFAULT current_timestamp(3) ON UPDATE "
      "current_timestamp(3) COMMENT 'ON UPDATE'");
  EXPECT_EQ(time.default_value, "current_timestamp(3)");
  EXPECT_EQ(time.on_update, "current_timestamp(3)");
  EXPECT_TRUE(time.nullable);
}

TEST(CreateTable, DefaultsOfBytesAreText) {
  const Column column = column_of("varbinary(9) NOT NULL DEFAULT '\xde\\0\xad''' COMMENT 'é'");
  EXPECT_EQ(column.default_value, "X'DE00AD27'");
  EXPECT_EQ(column.definition, "varbinary(9) NOT NULL DEFAULT X'DE00AD27' COMMENT 'é'");
  EXPECT_EQ(column_of(column.definition).definition, column.definition);
  EXPECT_EQ(column_of("binary(1) DEFAULT 'a'").default_value, "'a'");
  EXPECT_EQ(column_of("varchar(1) DEFAULT 'é'").default_value, "'é'");
}

TEST(CreateTable, WhatItMakesCanBeReadAgain) {
  const Table table = table_of(
      "CREATE TABLE `t` (\n  `a` int\n) /*!50100 TABLESPACE `innodb_system` */ ENGINE=InnoDB");
  EXPECT_EQ(table_of(table.definition).definition, table.definition);
  EXPECT_EQ(table.options.front(), (TableOption{"TABLESPACE", "`innodb_system`"}));
}

TEST(CreateTable, HistoryPartitionsHaveNoStart) {
  const std::string front =
      "CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB WITH SYSTEM VERSIONING\n";
  const std::string partitions =
      "\n(PARTITION `p0` HISTORY ENGINE = InnoDB,\n PARTITION `pn` CURRENT ENGINE = InnoDB)";
  const Table table = table_of(
      front + " PARTITION BY SYSTEM_TIME INTERVAL 1 DAY STARTS TIMESTAMP'2026-01-05 00:00:00'" +
      partitions);
  EXPECT_EQ(table.partitioning, "PARTITION BY SYSTEM_TIME INTERVAL 1 DAY" + partitions);
  EXPECT_EQ(table_of(table.definition).definition, table.definition);
  const std::string by_number = "PARTITION BY SYSTEM_TIME LIMIT 9" + partitions;
  EXPECT_EQ(table_of(front + by_number).partitioning, by_number);
}

TEST(CreateTable, OptionsOfTheEngineAreInOneOrder) {
  const Table table = table_of(
      "CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB COMMENT='x' `page_compressed`='1' "
      "`encryption_key_id`='1' WITH SYSTEM VERSIONING");
  EXPECT_THAT(table.definition, HasSubstr("COMMENT='x' `encryption_key_id`='1' "
                                          "`page_compressed`='1' WITH SYSTEM VERSIONING"));
}

TEST(CreateTable, WhatIsInAConditionalCommentCounts) {
  const Column column = column_of("int DEFAULT '3' /*!80023 INVISIBLE */");
  EXPECT_TRUE(column.invisible);
  EXPECT_EQ(column.definition, "int DEFAULT '3' /*!80023 INVISIBLE */");
  const Table table = table_of(
      "CREATE TABLE `t` (\n  `a` int,\n  KEY `k` (`a`) /*!80000 INVISIBLE */\n) ENGINE=InnoDB\n"
      "/*!50100 PARTITION BY HASH (`a`)\nPARTITIONS 3 */");
  EXPECT_FALSE(table.indexes.at(0).visible);
  EXPECT_EQ(table.partitioning, "PARTITION BY HASH (`a`)\nPARTITIONS 3");
  EXPECT_THAT(table.definition, Not(HasSubstr("50100")));
}

TEST(CreateTable, TheCounterIsApart) {
  const Table table = table_of(
      "CREATE TABLE `t` (\n  `a` int AUTO_INCREMENT\n) ENGINE=InnoDB AUTO_INCREMENT=7 "
      "COMMENT='AUTO_INCREMENT=8'");
  EXPECT_EQ(table.auto_increment, 7U);
  EXPECT_EQ(table.definition,
            "CREATE TABLE `t` (\n  `a` int AUTO_INCREMENT\n) ENGINE=InnoDB "
            "COMMENT='AUTO_INCREMENT=8'");
}

TEST(CreateTable, TheOrderOfIndexesDoesNotMatterThatOfColumnsDoes) {
  const auto text = [](const std::string& elements) {
    return table_of("CREATE TABLE `t` (\n" + elements + "\n) ENGINE=InnoDB").definition;
  };
  EXPECT_EQ(text("`a` int,\nKEY `x` (`a`),\nKEY `b` (`a`),\nPRIMARY KEY (`a`)"),
            text("`a` int,\nPRIMARY KEY (`a`),\nKEY `b` (`a`),\nKEY `x` (`a`)"));
  EXPECT_NE(text("`a` int,\n`b` int"), text("`b` int,\n`a` int"));
}

TEST(CreateTable, AForeignKeyToAnotherSchemaKeepsItsName) {
  const Table table = table_of(
      "CREATE TABLE `t` (\n  `a` int,\n"
      "  CONSTRAINT `x` FOREIGN KEY (`a`) REFERENCES `other`.`p` (`id`) ON DELETE SET NULL,\n"
      "  CONSTRAINT `y` FOREIGN KEY (`a`) REFERENCES `own`.`p` (`id`) ON UPDATE NO ACTION\n)");
  EXPECT_EQ(table.foreign_keys.at(0).referenced_schema, "other");
  EXPECT_EQ(table.foreign_keys.at(0).on_delete, "SET NULL");
  EXPECT_EQ(table.foreign_keys.at(1).referenced_schema, "");
  EXPECT_EQ(table.foreign_keys.at(1).on_update, "NO ACTION");
}

TEST(CreateTable, CharacterSetsAreNamedWhereTheyAreNotTheTables) {
  const auto settled = [](const std::string& definition) {
    Table table = table_of("CREATE TABLE `t` (\n  `c` " + definition +
                           "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='x'");
    settle_charsets(table, {{"utf8mb4", "utf8mb4_0900_ai_ci"}, {"latin1", "latin1_swedish_ci"}});
    EXPECT_THAT(table.definition, HasSubstr("CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT"));
    return table.columns[0];
  };
  EXPECT_EQ(settled("varchar(9) NOT NULL").definition, "varchar(9) NOT NULL");
  EXPECT_EQ(settled("varchar(9) NOT NULL").collation, "utf8mb4_0900_ai_ci");
  EXPECT_EQ(
      settled("varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci DEFAULT 'COLLATE x'")
          .definition,
      "varchar(9) DEFAULT 'COLLATE x'");
  EXPECT_EQ(settled("enum('a') COLLATE utf8mb4_bin DEFAULT NULL").definition,
            "enum('a') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL");
  EXPECT_EQ(settled("text CHARACTER SET latin1").definition,
            "text CHARACTER SET latin1 COLLATE latin1_swedish_ci");
  EXPECT_EQ(settled("int DEFAULT NULL").charset, "");
}

TEST(CreateTable, AFormThatIsNotKnownIsNothing) {
  EXPECT_EQ(read_create_table("CREATE VIEW `v` AS SELECT 1", "own"), std::nullopt);
  EXPECT_EQ(read_create_table("CREATE TABLE `t` (\n  WHATEVER (`a`)\n)", "own"), std::nullopt);
  EXPECT_EQ(read_create_table("", "own"), std::nullopt);
}

TEST(CreateView, LosesTheNameOfItsSchemaAndNothingElse) {
  const auto body = [](const std::string& select) {
    const auto view = read_create_view(
        "CREATE ALGORITHM=UNDEFINED DEFINER=`me``x`@`%` SQL SECURITY INVOKER VIEW `own`.`v` AS " +
            select,
        "own");
    EXPECT_EQ(view->definer, "`me``x`@`%`");
    EXPECT_EQ(view->security, "INVOKER");
    EXPECT_EQ(view->name, "v");
    return view->body;
  };
  EXPECT_EQ(body("select `own`.`t`.`id` AS `id`,`own`.`f`(`o`.`x`) AS `x` from ((`own`.`t` join "
                 "`other`.`u`) join `own`.`w` `o`)"),
            "select `t`.`id` AS `id`,`f`(`o`.`x`) AS `x` from ((`t` join `other`.`u`) join `w` "
            "`o`)");
  // Something in it is called like the schema.
  EXPECT_EQ(body("select `own`.`id` AS `id`,'`own`.`t`' AS `s` from `own`.`t` `own`"),
            "select `own`.`id` AS `id`,'`own`.`t`' AS `s` from `t` `own`");
}

TEST(CreateView, LosesTheNameOfItsSchemaInFrontOfSequences) {
  const auto view = read_create_view(
      "CREATE VIEW `own`.`v` AS select nextval(`own`.`s`) AS `a`,lastval(`own`.`s`) AS `b`,"
      "setval(`own`.`s`,1) AS `c`,`own`.`d` AS `d` from `own`.`t` `own`",
      "own");
  EXPECT_EQ(view->body,
            "select nextval(`s`) AS `a`,lastval(`s`) AS `b`,setval(`s`,1) AS `c`,`own`.`d` AS `d` "
            "from `t` `own`");
}

TEST(CreateRoutine, BodyAndDefinerAreApart) {
  const auto routine = read_create_routine(
      "CREATE DEFINER=`root`@`localhost` FUNCTION `f`(a VARCHAR(3)) RETURNS varchar(10) CHARSET "
      "latin1\n    DETERMINISTIC\n    SQL SECURITY INVOKER\n    COMMENT 'RETURN 1'\nRETURN "
      "CONCAT(a)",
      {});
  ASSERT_TRUE(routine);
  EXPECT_EQ(routine->name, "f");
  EXPECT_EQ(routine->kind, RoutineKind::function);
  EXPECT_EQ(routine->security, "INVOKER");
  EXPECT_EQ(routine->body, "RETURN CONCAT(a)");
  EXPECT_THAT(routine->definition, ::testing::StartsWith("CREATE FUNCTION `f`(a"));
}

TEST(CreateRoutine, IsReadAsItsModeSays) {
  const auto routine = read_create_routine(
      R"(CREATE DEFINER="root"@"localhost" PROCEDURE "a;b"() BEGIN SELECT '\', "x" FROM t; END)",
      {.sql_mode = "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"});
  ASSERT_TRUE(routine);
  EXPECT_EQ(routine->name, "a;b");
  EXPECT_EQ(routine->definer, "`root`@`localhost`");
  EXPECT_EQ(routine->body, R"(BEGIN SELECT '\', "x" FROM t; END)");
}

TEST(CreateRoutine, ItsCommentIsWrittenAsItsModeWantsIt) {
  // Servers show it with backslashes in every mode.
  const std::string front = "CREATE PROCEDURE `p`(comment VARCHAR(9))\n    COMMENT ";
  const std::string behind = "\nALTER TABLE t COMMENT '\\'";
  for (const std::string quote : {"''", R"(\')"}) {
    const auto routine = read_create_routine(front + R"('a\\b\nc)" + quote + "d'" + behind,
                                             {.sql_mode = "NO_BACKSLASH_ESCAPES"});
    ASSERT_TRUE(routine);
    EXPECT_EQ(routine->definition, front + "'a\\b\nc''d'" + behind);
    EXPECT_EQ(routine->body, behind.substr(1));
    const auto again =
        read_create_routine(routine->definition, routine->creation, Comments::as_defined);
    EXPECT_EQ(again->definition, routine->definition);
  }
  EXPECT_THAT(read_create_routine(front + R"('a\\b')" + "\nSELECT 1", {})->definition,
              HasSubstr(R"('a\\b')"));
}

TEST(CreateEvent, ItsCommentIsWrittenAsItsModeWantsIt) {
  const auto event = read_create_event(
      R"(CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' COMMENT 'a\\b' DO SELECT 1)",
      {.sql_mode = "NO_BACKSLASH_ESCAPES"}, Starts::when_created);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->definition,
            R"(CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY COMMENT 'a\b' DO SELECT 1)");
  EXPECT_EQ(event->body, "SELECT 1");
}

TEST(CreateTrigger, IsBroughtIntoOneForm) {
  const auto trigger = read_create_trigger(
      "CREATE DEFINER=`a`@`b` trigger if not exists own.t2 before insert on own.`a` for each row "
      "follows `t1` set @x=2 ",
      {});
  ASSERT_TRUE(trigger);
  EXPECT_EQ(trigger->definition, "CREATE TRIGGER `t2` BEFORE INSERT ON `a` FOR EACH ROW set @x=2");
  EXPECT_EQ(trigger->table, "a");
}

TEST(CreateEvent, ItsStartGoesIfNobodyDeclaredIt) {
  const std::string text =
      "CREATE DEFINER=`a`@`b` EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ENDS "
      "'2031-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO SELECT 'STARTS'";
  EXPECT_THAT(read_create_event(text, {}, Starts::as_declared)->definition, HasSubstr("2030"));
  const auto event = read_create_event(text, {}, Starts::when_created);
  EXPECT_EQ(event->definition,
            "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY ENDS '2031-01-01 00:00:00' ON COMPLETION NOT "
            "PRESERVE ENABLE DO SELECT 'STARTS'");
  EXPECT_EQ(event->body, "SELECT 'STARTS'");
}

}  // namespace
}  // namespace migrate::core::schema
