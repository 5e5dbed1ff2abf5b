#include "core/schema/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/schema/definition_text.h"
#include "core/schema/order.h"

namespace migrate::core::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Table table(const std::string& name, const std::string& elements,
            const std::string& options = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4") {
  return read_create_table("CREATE TABLE `" + name + "` (\n" + elements + "\n) " + options, "own")
      .value();
}

Schema with(std::vector<Table> tables) {
  return {.name = "own", .tables = std::move(tables)};
}

std::vector<std::string> words(const Table& expected, const Table& found) {
  const auto all = differences(with({expected}), with({found}));
  return all.empty() ? std::vector<std::string>() : all.at(0).words;
}

std::vector<std::string> script(const Schema& expected, const Schema& found) {
  std::vector<std::string> sql;
  for (const Repair& repair : repair_script(differences(expected, found)))
    sql.push_back(repair.sql);
  return sql;
}

TEST(SchemaDifference, OfTheSameIsEmpty) {
  const Schema schema = with({table("t", "`a` int")});
  EXPECT_THAT(differences(schema, schema), IsEmpty());
}

TEST(SchemaDifference, OneAttributeIsToldByItself) {
  EXPECT_THAT(words(table("t", "`total` decimal(12,2)"), table("t", "`total` decimal(10,2)")),
              ElementsAre("column total is decimal(10,2), expected decimal(12,2)"));
  EXPECT_THAT(words(table("t", "`a` int NOT NULL"), table("t", "`a` int DEFAULT NULL")),
              ElementsAre("column a is NULL, expected NOT NULL",
                          "column a has default NULL, expected none"));
  EXPECT_THAT(words(table("t", "`a` int"), table("t", "`a` int", "ENGINE=MyISAM")),
              ElementsAre("default character set is  (), expected utf8mb4 ()",
                          "ENGINE is MyISAM, expected InnoDB"));
  EXPECT_THAT(words(table("t", "`a` int COMMENT 'x'"), table("t", "`a` int")),
              ElementsAre("column a has comment '', expected 'x'"));
}

TEST(SchemaDifference, OneAlterMendsATable) {
  const Table expected = table("t",
                               "`a` int NOT NULL,\n`b` int,\n`c` int,\nPRIMARY KEY (`a`),\n"
                               "KEY `k` (`b`),\nCONSTRAINT `x` CHECK (`b` > 1)");
  const Table found = table("t",
                            "`a` bigint NOT NULL,\n`d` int,\n`c` int,\nKEY `k` (`c`),\n"
                            "CONSTRAINT `x` CHECK (`b` > 2)");
  EXPECT_THAT(script(with({expected}), with({found})),
              ElementsAre("ALTER TABLE `t`\n"
                          "  DROP CONSTRAINT `x`,\n"
                          "  DROP INDEX `k`,\n"
                          "  DROP COLUMN `d`,\n"
                          "  MODIFY COLUMN `a` int NOT NULL,\n"
                          "  ADD COLUMN `b` int AFTER `a`,\n"
                          "  ADD CONSTRAINT `x` CHECK (`b` > 1),\n"
                          "  ADD PRIMARY KEY (`a`),\n"
                          "  ADD KEY `k` (`b`)"));
}

TEST(SchemaDifference, AnIndexIsHiddenAndShownByItself) {
  // Dropped and added in one ALTER it stays as it was, on both servers.
  const auto with_index = [](const std::string& visibility, ServerFamily family) {
    Schema schema = with({table("t", "`a` int,\nKEY `k` (`a`)" + visibility)});
    schema.family = family;
    return schema;
  };
  const Schema mariadb = with_index("", ServerFamily::mariadb);
  const Schema ignored = with_index(" IGNORED", ServerFamily::mariadb);
  EXPECT_THAT(script(mariadb, ignored),
              ElementsAre("ALTER TABLE `t`\n  ALTER INDEX `k` NOT IGNORED"));
  EXPECT_THAT(script(ignored, mariadb), ElementsAre("ALTER TABLE `t`\n  ALTER INDEX `k` IGNORED"));
  const Schema mysql = with_index("", ServerFamily::mysql);
  const Schema hidden = with_index(" /*!80000 INVISIBLE */", ServerFamily::mysql);
  EXPECT_THAT(script(mysql, hidden), ElementsAre("ALTER TABLE `t`\n  ALTER INDEX `k` VISIBLE"));
  EXPECT_THAT(script(hidden, mysql), ElementsAre("ALTER TABLE `t`\n  ALTER INDEX `k` INVISIBLE"));
}

TEST(SchemaDifference, AsFewColumnsAsPossibleAreMoved) {
  EXPECT_THAT(script(with({table("t", "`a` int,\n`b` int,\n`c` int,\n`d` int")}),
                     with({table("t", "`b` int,\n`c` int,\n`d` int,\n`a` int")})),
              ElementsAre("ALTER TABLE `t`\n  MODIFY COLUMN `a` int FIRST"));
  EXPECT_THAT(script(with({table("t", "`a` int,\n`b` int,\n`c` int,\n`d` int")}),
                     with({table("t", "`d` int,\n`a` int,\n`b` int,\n`c` int")})),
              ElementsAre("ALTER TABLE `t`\n  MODIFY COLUMN `d` int AFTER `c`"));
}

TEST(SchemaDifference, ForeignKeysGoFirstAndComeLast) {
  const std::string key =
      "`p` int,\nKEY `p` (`p`),\nCONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES `parent` (`id`)";
  const Schema expected =
      with({table("child", key), table("parent", "`id` int,\nKEY `id` (`id`)")});
  EXPECT_THAT(script(expected, with({})),
              ElementsAre(HasSubstr("CREATE TABLE `child`"), HasSubstr("CREATE TABLE `parent`"),
                          "ALTER TABLE `child`\n  ADD CONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES "
                          "`parent` (`id`)"));
  EXPECT_THAT(script(with({}), expected),
              ElementsAre("ALTER TABLE `child`\n  DROP FOREIGN KEY `fk`", "DROP TABLE `child`",
                          "DROP TABLE `parent`"));
  const Schema wider =
      with({table("child", key), table("parent", "`id` bigint,\nKEY `id` (`id`)")});
  EXPECT_THAT(script(expected, wider), ElementsAre("ALTER TABLE `child`\n  DROP FOREIGN KEY `fk`",
                                                   "ALTER TABLE `parent`\n  MODIFY COLUMN `id` int",
                                                   HasSubstr("ADD CONSTRAINT `fk`")));
}

TEST(SchemaDifference, AChangedProgramIsDroppedAndMadeAgain) {
  Schema expected = with({});
  expected.triggers.push_back({.name = "x", .definition = "CREATE TRIGGER `x` one"});
  Schema found = with({});
  found.triggers.push_back({.name = "x", .definition = "CREATE TRIGGER `x` two"});
  found.triggers.push_back({.name = "y", .definition = "CREATE TRIGGER `y`"});
  EXPECT_THAT(script(expected, found),
              ElementsAre("DROP TRIGGER `x`", "DROP TRIGGER `y`", "CREATE TRIGGER `x` one"));
  found = expected;
  found.triggers[0].creation.sql_mode = "ANSI_QUOTES";
  EXPECT_THAT(differences(expected, found).at(0).words,
              ElementsAre("was created with sql_mode ANSI_QUOTES, expected "));
}

Trigger trigger(const std::string& name, std::uint64_t order,
                const std::string& body = "SET @x = 1") {
  auto made = read_create_trigger(
      "CREATE TRIGGER `" + name + "` BEFORE INSERT ON `t` FOR EACH ROW " + body, {});
  made->order = order;
  return *made;
}

Schema with_triggers(std::vector<Trigger> triggers) {
  Schema schema = with({});
  schema.triggers = std::move(triggers);
  return schema;
}

TEST(SchemaDifference, TriggersAreComparedInTheirOrder) {
  const Schema expected = with_triggers({trigger("a", 1), trigger("b", 2), trigger("c", 3)});
  const Schema found = with_triggers({trigger("b", 1), trigger("c", 2), trigger("a", 3)});
  const auto all = differences(expected, found);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].object.name, "a");
  EXPECT_THAT(all[0].words, ElementsAre("fires at another place, expected first"));
  EXPECT_THAT(
      script(expected, found),
      ElementsAre("DROP TRIGGER `a`",
                  "CREATE TRIGGER `a` BEFORE INSERT ON `t` FOR EACH ROW PRECEDES `b` SET @x "
                  "= 1"));
  EXPECT_THAT(differences(found, expected).at(0).words,
              ElementsAre("fires at another place, expected behind c"));
  // A history of before does not keep it.
  EXPECT_THAT(
      differences(with_triggers({trigger("a", 0), trigger("b", 0), trigger("c", 0)}), found),
      IsEmpty());
}

TEST(SchemaDifference, ATriggerThatIsMadeAgainGetsItsPlace) {
  const std::string other = "SET @x = 2";
  const Schema found = with_triggers(
      {trigger("a", 1, other), trigger("b", 2, other), trigger("c", 3), trigger("stray", 4)});
  const auto created = [&found](const Schema& expected) {
    std::vector<std::string> sql = script(expected, found);
    std::erase_if(sql, [](const std::string& one) { return one.starts_with("DROP"); });
    return sql;
  };
  const std::string front = "CREATE TRIGGER `";
  const std::string middle = "` BEFORE INSERT ON `t` FOR EACH ROW ";
  EXPECT_THAT(
      created(with_triggers({trigger("a", 1), trigger("b", 2), trigger("c", 3), trigger("d", 4)})),
      ElementsAre(front + "a" + middle + "PRECEDES `c` SET @x = 1",
                  front + "b" + middle + "FOLLOWS `a` SET @x = 1",
                  front + "d" + middle + "SET @x = 1"));
  // Where the history does not tell the order, those that are there keep theirs.
  EXPECT_THAT(created(with_triggers({trigger("a", 0), trigger("b", 0), trigger("c", 0)})),
              ElementsAre(front + "a" + middle + "PRECEDES `c` SET @x = 1",
                          front + "b" + middle + "FOLLOWS `a` SET @x = 1"));
}

TEST(SchemaDifference, AViewComesBehindThoseThatItReads) {
  Schema expected = with({});
  expected.views = {{.name = "a", .definition = "CREATE VIEW `a`", .uses = {"b", "t"}},
                    {.name = "b", .definition = "CREATE VIEW `b`", .uses = {"c"}},
                    {.name = "c", .definition = "CREATE VIEW `c`"}};
  EXPECT_THAT(script(expected, with({})),
              ElementsAre("CREATE VIEW `c`", "CREATE VIEW `b`", "CREATE VIEW `a`"));
}

TEST(SchemaDifference, TheSchemasOwnDefaults) {
  Schema expected = with({});
  expected.charset = "utf8mb4";
  expected.collation = "utf8mb4_bin";
  EXPECT_THAT(script(expected, with({})),
              ElementsAre("ALTER DATABASE DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"));
}

TEST(CreationOrder, ACircleOfForeignKeysIsBroken) {
  const auto key = [](const std::string& to) {
    return "`p` int,\nCONSTRAINT `fk_" + to + "` FOREIGN KEY (`p`) REFERENCES `" + to + "` (`p`)";
  };
  const std::vector<Table> tables{table("a", key("b")), table("b", key("c")), table("c", key("a")),
                                  table("d", key("a")), table("e", key("e"))};
  std::string order;
  for (const OrderedTable& ordered : in_creation_order(tables)) {
    order += ordered.table->name;
    for (const ForeignKey* later : ordered.later) order += "(" + later->name + ")";
  }
  EXPECT_EQ(order, "c(fk_a)bade");
}

}  // namespace
}  // namespace migrate::core::schema
