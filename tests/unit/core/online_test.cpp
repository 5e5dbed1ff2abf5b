#include "core/online.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

struct Altered {
  const char* statement;
  const char* schema;
  const char* table;
  const char* actions;
};

class OnlineAlterParts : public ::testing::TestWithParam<Altered> {};

TEST_P(OnlineAlterParts, AreTakenApart) {
  const auto read = online_alter(GetParam().statement);
  ASSERT_TRUE(read) << GetParam().statement;
  const auto* alter = std::get_if<OnlineAlter>(&*read);
  ASSERT_NE(alter, nullptr) << std::get<NotOnline>(*read).reason;
  EXPECT_EQ(alter->table.schema, GetParam().schema);
  EXPECT_EQ(alter->table.name, GetParam().table);
  EXPECT_EQ(alter->actions, GetParam().actions);
}

INSTANTIATE_TEST_SUITE_P(
    Online, OnlineAlterParts,
    ::testing::Values(
        Altered{"ALTER TABLE t ADD COLUMN n INT", "", "t", "ADD COLUMN n INT"},
        Altered{
            "/* why */ alter table `a``b`.`o'o`\n  MODIFY x DECIMAL(8, 2),\n  ADD KEY (x) -- end",
            "a`b", "o'o", "MODIFY x DECIMAL(8, 2),\n  ADD KEY (x)"},
        Altered{"ALTER ONLINE TABLE t ENGINE=InnoDB", "", "t", "ENGINE=InnoDB"},
        Altered{"ALTER TABLE t RENAME COLUMN a TO b, RENAME INDEX c TO d", "", "t",
                "RENAME COLUMN a TO b, RENAME INDEX c TO d"},
        Altered{"ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4, DROP CHECK c", "", "t",
                "CONVERT TO CHARACTER SET utf8mb4, DROP CHECK c"},
        Altered{"ALTER TABLE t ADD (a INT, b ENUM('x, RENAME u', 'y'))", "", "t",
                "ADD (a INT, b ENUM('x, RENAME u', 'y'))"}));

class NotOnlineAlters : public ::testing::TestWithParam<const char*> {};

TEST_P(NotOnlineAlters, AreRefused) {
  const auto read = online_alter(GetParam());
  ASSERT_TRUE(read) << GetParam();
  EXPECT_TRUE(std::holds_alternative<NotOnline>(*read)) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Online, NotOnlineAlters,
                         ::testing::Values("ALTER TABLE t RENAME TO u", "ALTER TABLE t RENAME u",
                                           "ALTER TABLE t ADD COLUMN n INT, RENAME AS u",
                                           "ALTER IGNORE TABLE t ADD x INT",
                                           "ALTER TABLE IF EXISTS t ADD x INT",
                                           "ALTER TABLE t WAIT 5 ADD x INT",
                                           "ALTER TABLE t NOWAIT ADD x INT", "ALTER TABLE t",
                                           "ALTER TABLE t DROP PARTITION p",
                                           "ALTER TABLE t ADD PARTITION (PARTITION p)",
                                           "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u",
                                           "ALTER TABLE t DISCARD TABLESPACE",
                                           "ALTER TABLE t CONVERT TABLE u TO PARTITION p",
                                           "ALTER TABLE t TRUNCATE PARTITION p"));

TEST(OnlineAlterStatement, IsNothingElse) {
  for (const char* statement : {"CREATE TABLE t (id INT)", "ALTER VIEW v AS SELECT 1",
                                "RENAME TABLE a TO b", "CREATE INDEX i ON t (a)", ""})
    EXPECT_FALSE(online_alter(statement)) << statement;
}

TEST(OnlineCommand, HasPlaceholdersThatThereAre) {
  EXPECT_FALSE(wrong_with_online_command({"tool", "--alter={alter}", "D={schema},t={table}"}));
  EXPECT_NE(wrong_with_online_command({"tool", "{alter}", "{tabel}"})->find("no {tabel}"),
            std::string::npos);
  EXPECT_NE(wrong_with_online_command({"tool", "{alter}"})->find("{table}"), std::string::npos);
  EXPECT_TRUE(wrong_with_online_command({"tool", "{alter} {table"}));
}

TEST(OnlineCommand, IsFilledInOnce) {
  EXPECT_EQ(with_values("D={schema},t={table}{", {{"schema", "{table}"}, {"table", "t"}}),
            "D={table},t=t{");
}

}  // namespace
}  // namespace migrate::core
