#include "core/audit/alignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/core/audit/facts_support.h"

namespace migrate::core::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string canon =
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;\n";
const std::string latin = ") ENGINE=InnoDB DEFAULT CHARSET=latin1;\n";

Alignment aligned(const Told& told) {
  return align(told.facts, told.policy, audit(told.facts, told.policy));
}

std::vector<std::string> ups(const Alignment& alignment) {
  std::vector<std::string> texts;
  for (const Move& move : alignment.moves) texts.push_back(move.up);
  return texts;
}

std::vector<std::string> left_of(const Alignment& alignment) {
  std::vector<std::string> texts;
  for (const Left& left : alignment.left)
    texts.push_back(left.finding.rule + " " + left.finding.remark.object + ": " + left.why);
  return texts;
}

const std::string two_tables =
    "CREATE TABLE `teas` (\n`name` varchar(40) NOT NULL,\n`note` text,\n"
    "PRIMARY KEY (`name`)\n" +
    latin +
    "CREATE TABLE `cups` (\n`id` int NOT NULL,\n`tea` varchar(40),\n"
    "PRIMARY KEY (`id`),\nKEY `tea` (`tea`),\nCONSTRAINT `of_tea` "
    "FOREIGN KEY (`tea`) REFERENCES `teas` (`name`) ON DELETE CASCADE\n" +
    latin;

TEST(Alignment, ForeignKeysGoFirstAndComeBackLast) {
  const Alignment alignment = aligned(told(two_tables));
  EXPECT_THAT(
      ups(alignment),
      ElementsAre("ALTER TABLE `cups`\n  DROP FOREIGN KEY `of_tea`",
                  StartsWith("ALTER TABLE `teas`\n  MODIFY COLUMN `name` varchar(40) CHARACTER SET "
                             "utf8mb4 COLLATE utf8mb4_unicode_520_ci NOT NULL"),
                  StartsWith("ALTER TABLE `cups`\n  MODIFY COLUMN `tea`"),
                  "ALTER TABLE `cups`\n  ADD CONSTRAINT `of_tea` FOREIGN KEY (`tea`) REFERENCES "
                  "`teas` (`name`) ON DELETE CASCADE"));
  EXPECT_EQ(alignment.moves.front().down, alignment.moves.back().up);
  EXPECT_EQ(alignment.moves.back().down, alignment.moves.front().up);
  EXPECT_THAT(left_of(alignment), IsEmpty());
}

TEST(Alignment, ATextKeepsItsType) {
  EXPECT_THAT(ups(aligned(told(two_tables))).at(1), HasSubstr("`note` text CHARACTER SET utf8mb4"));
}

TEST(Alignment, BothEndsStayWhereOneIsAllowed) {
  Told told = audit::told(two_tables);
  told.policy.allow.push_back({"column-collation", "teas.name", "as it was", "x"});
  const Alignment alignment = aligned(told);
  for (const std::string& up : ups(alignment)) {
    EXPECT_THAT(up, ::testing::Not(HasSubstr("`name` varchar")));
    EXPECT_THAT(up, ::testing::Not(HasSubstr("FOREIGN KEY")));
  }
  EXPECT_THAT(left_of(alignment), ElementsAre(StartsWith("column-collation cups.tea")));
}

TEST(Alignment, WhatRefersToAnotherSchemaStays) {
  const Alignment alignment = aligned(
      told("CREATE TABLE `cups` (\n`id` int NOT NULL,\n`tea` varchar(40) CHARACTER SET latin1,\n"
           "PRIMARY KEY (`id`),\nKEY `tea` (`tea`),\nCONSTRAINT `of_tea` FOREIGN KEY (`tea`) "
           "REFERENCES `stock`.`teas` (`name`)\n" +
           canon));
  EXPECT_THAT(ups(alignment), IsEmpty());
  EXPECT_THAT(left_of(alignment),
              ElementsAre("column-collation cups.tea: foreign key of_tea of cups refers to "
                          "stock.teas, which is not changed here"));
}

TEST(Alignment, WhatADdlFileDeclaresIsLeftToIt) {
  const Alignment alignment = aligned(
      told("-- declared teas latin1_swedish_ci\n-- row-format teas Compact\n" + two_tables));
  for (const std::string& up : ups(alignment)) {
    EXPECT_THAT(up, ::testing::Not(HasSubstr("ALTER TABLE `teas`")));
    EXPECT_THAT(up, ::testing::Not(HasSubstr("`tea` varchar")));
  }
  EXPECT_THAT(left_of(alignment),
              ElementsAre(StartsWith("column-collation cups.tea"),
                          "row-format teas: ddl/teas.sql declares the table: change it there"));
}

TEST(Alignment, IdsOfADeclaredTableStay) {
  const Alignment alignment = aligned(told(
      "-- declared cups \nCREATE TABLE `teas` (\n`id` bigint unsigned NOT NULL,\nPRIMARY KEY "
      "(`id`)\n" +
      canon + "CREATE TABLE `cups` (\n`tea_id` int NOT NULL,\nPRIMARY KEY (`tea_id`)\n" + canon));
  EXPECT_THAT(ups(alignment), IsEmpty());
  EXPECT_THAT(left_of(alignment), ElementsAre("reference-type cups.tea_id: ddl/cups.sql declares "
                                              "the table: change it there"));
}

TEST(Alignment, IdsBecomeTheLargerOfThem) {
  const Alignment alignment = aligned(told(
      "CREATE TABLE `teas` (\n`id` bigint(20) unsigned NOT NULL,\nPRIMARY KEY (`id`)\n" + canon +
      "CREATE TABLE `cups` (\n`id` bigint unsigned NOT NULL,\n`tea_id` int(11) DEFAULT NULL "
      "COMMENT "
      "'x',\nPRIMARY KEY (`id`),\nKEY `tea_id` (`tea_id`)\n" +
      canon));
  EXPECT_THAT(ups(alignment),
              ElementsAre("ALTER TABLE `cups`\n  MODIFY COLUMN `tea_id` bigint unsigned DEFAULT "
                          "NULL COMMENT 'x'"));
  EXPECT_EQ(alignment.moves.front().down,
            "ALTER TABLE `cups`\n  MODIFY COLUMN `tea_id` int(11) DEFAULT NULL COMMENT 'x'");
  ASSERT_EQ(alignment.probes.size(), 1U);
  EXPECT_EQ(alignment.probes[0].sql, "SELECT COUNT(*) FROM `cups` WHERE `tea_id` < 0");
}

TEST(Alignment, AKeyThatWouldBeTooLongStays) {
  const Alignment alignment = aligned(told(
      "CREATE TABLE `teas` (\n`id` bigint unsigned NOT NULL,\n`path` varchar(800) CHARACTER SET "
      "latin1,\n`name` varchar(40) CHARACTER SET latin1,\nPRIMARY KEY (`id`),\nKEY `path` "
      "(`path`)\n" +
      canon));
  ASSERT_EQ(alignment.moves.size(), 1U);
  EXPECT_THAT(alignment.moves[0].up, HasSubstr("`name`"));
  EXPECT_THAT(alignment.moves[0].up, ::testing::Not(HasSubstr("`path`")));
  EXPECT_THAT(left_of(alignment),
              ElementsAre("column-collation teas.path: teas: index path would take 3200 bytes, and "
                          "3072 is the most"));
}

TEST(Alignment, UniqueKeysAreProbedInTheNewCollation) {
  const Alignment alignment = aligned(told(
      "CREATE TABLE `teas` (\n`name` varchar(40) CHARACTER SET latin1 NOT NULL,\n`born` date NOT "
      "NULL,\nPRIMARY KEY (`name`(10),`born`)\n" +
      canon));
  ASSERT_EQ(alignment.probes.size(), 1U);
  EXPECT_THAT(alignment.probes[0].sql,
              HasSubstr("GROUP BY LEFT(CONVERT(`name` USING utf8mb4) COLLATE "
                        "utf8mb4_unicode_520_ci, 10), `born` HAVING COUNT(*) > 1"));
}

TEST(Alignment, AProgramIsMadeAnewInItsSession) {
  const Alignment alignment =
      aligned(told("-- created latin1_swedish_ci utf8mb4_unicode_520_ci\nCREATE DEFINER=`app`@`%` "
                   "PROCEDURE `brew`()\nSELECT 1;\n"));
  EXPECT_THAT(ups(alignment),
              ElementsAre("DROP PROCEDURE `brew`", HasSubstr("STRICT_TRANS_TABLES"),
                          HasSubstr("collation_connection = utf8mb4_unicode_520_ci"),
                          StartsWith("CREATE DEFINER=`app`@`%` PROCEDURE")));
  EXPECT_THAT(alignment.moves[1].down, HasSubstr("collation_connection = latin1_swedish_ci"));
}

TEST(StepTexts, ALossStandsInFrontOfItsStatement) {
  const Told told = audit::told(two_tables);
  const Report report = audit(told.facts, told.policy);
  const Alignment alignment = align(told.facts, told.policy, report);
  const StepTexts texts =
      step_texts(alignment, report, {{{"teas", "note", "values are\ntoo long", "SELECT 1"}, 3}});
  EXPECT_THAT(texts.up, HasSubstr("-- WARNING: teas.note: 3 values are too long; they are found "
                                  "by:\n--   SELECT 1\nALTER TABLE `teas`"));
  EXPECT_THAT(texts.down, HasSubstr("ADD CONSTRAINT `of_tea`"));
  // What lint would refuse is allowed, and nothing else.
  EXPECT_THAT(texts.up, HasSubstr("-- migrate: allow=alter-without-algorithm"));
  EXPECT_THAT(texts.up, ::testing::Not(HasSubstr("allow=drop-table")));
}

}  // namespace
}  // namespace migrate::core::audit
