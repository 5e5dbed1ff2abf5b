#include "core/rehearsal/made_rows.h"

#include <algorithm>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/schema/definition_text.h"

namespace migrate::core::rehearsal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

schema::Table table(const std::string& text) {
  auto read = schema::read_create_table(text, "s");
  EXPECT_TRUE(read) << text;
  if (!read) return {};
  for (schema::Column& column : read->columns) {
    if (column.data_type == "varchar" || column.data_type == "text") column.charset = "utf8mb4";
  }
  return std::move(*read);
}

std::vector<Value> column(const MadeRows& made, const std::string& name) {
  const auto at = std::ranges::find(made.columns, name) - made.columns.begin();
  std::vector<Value> values;
  for (const Values& row : made.rows) values.push_back(row.at(static_cast<std::size_t>(at)));
  return values;
}

std::set<std::string> texts(const std::vector<Value>& values) {
  std::set<std::string> texts;
  for (const Value& value : values) texts.insert(value.text);
  return texts;
}

std::ptrdiff_t nulls(const std::vector<Value>& values) {
  return std::ranges::count(values, Value::Kind::null, &Value::kind);
}

TEST(MadeRows, IdsAreNeverNegativeAndOtherNumbersAre) {
  const auto made = make_rows(table("CREATE TABLE `t` (\n"
                                    "  `tea_id` int(11) NOT NULL,\n"
                                    "  `number` int(11) NOT NULL\n"
                                    ") ENGINE=InnoDB"),
                              0, 300, {});
  for (const Value& id : column(made, "tea_id")) EXPECT_GE(std::stoll(id.text), 0);
  EXPECT_THAT(texts(column(made, "number")), Contains("-2147483648"));
}

TEST(MadeRows, LeaveOutWhatTheServerFills) {
  const auto made = make_rows(table("CREATE TABLE `t` (\n"
                                    "  `id` int(11) NOT NULL AUTO_INCREMENT,\n"
                                    "  `n` int(11) NOT NULL,\n"
                                    "  `twice` int(11) GENERATED ALWAYS AS (`n` * 2) STORED,\n"
                                    "  PRIMARY KEY (`id`)\n"
                                    ") ENGINE=InnoDB"),
                              0, 3, {});
  EXPECT_THAT(made.columns, ElementsAre("id", "n"));
  // Steps give their own rows the first ids.
  for (const Value& id : column(made, "id")) EXPECT_GT(std::stoi(id.text), 1'000'000);
  EXPECT_THAT(made.rows, SizeIs(3));
}

// Else no UNIQUE, and no NOT NULL, would ever fail in a rehearsal.
TEST(MadeRows, RepeatAndAreNullWhereTheyMayBe) {
  const auto made = make_rows(table("CREATE TABLE `t` (\n"
                                    "  `id` bigint(20) NOT NULL,\n"
                                    "  `n` int(11) DEFAULT NULL,\n"
                                    "  `name` varchar(40) NOT NULL,\n"
                                    "  PRIMARY KEY (`id`)\n"
                                    ") ENGINE=InnoDB"),
                              0, 90, {});
  EXPECT_THAT(texts(column(made, "id")), SizeIs(90));
  EXPECT_LT(texts(column(made, "name")).size(), 90U);
  EXPECT_GT(nulls(column(made, "n")), 0);
  EXPECT_LT(nulls(column(made, "n")), 90);
  EXPECT_EQ(nulls(column(made, "name")), 0);
  EXPECT_THAT(texts(column(made, "name")), Contains(""));
}

TEST(MadeRows, AreTheSameEachTime) {
  const schema::Table t = table(
      "CREATE TABLE `t` (\n  `n` int(11) DEFAULT NULL,\n"
      "  `name` varchar(40) NOT NULL\n) ENGINE=InnoDB");
  EXPECT_EQ(make_rows(t, 0, 20, {}).rows, make_rows(t, 0, 20, {}).rows);
  EXPECT_NE(make_rows(t, 0, 20, {}).rows, make_rows(t, 20, 20, {}).rows);
}

TEST(MadeRows, TakeTheValuesOfParents) {
  const schema::Table t = table(
      "CREATE TABLE `t` (\n"
      "  `id` int(11) NOT NULL,\n"
      "  `p` int(11) NOT NULL,\n"
      "  PRIMARY KEY (`id`),\n"
      "  CONSTRAINT `f` FOREIGN KEY (`p`) REFERENCES `q` (`id`)\n"
      ") ENGINE=InnoDB");
  const ParentRows parents{{"f", {{{Value::Kind::text, "7"}}, {{Value::Kind::text, "9"}}}}};
  EXPECT_THAT(texts(column(make_rows(t, 0, 30, parents), "p")), ElementsAre("7", "9"));
  const auto none = make_rows(t, 0, 30, {});
  EXPECT_THAT(none.rows, IsEmpty());
  EXPECT_THAT(none.impossible, HasSubstr("foreign key f needs rows in q"));
}

// A key that is unique and refers: one row for each parent.
TEST(MadeRows, GiveEachParentOneRowWhereTheKeyIsUnique) {
  const schema::Table t = table(
      "CREATE TABLE `t` (\n"
      "  `p` int(11) NOT NULL,\n"
      "  PRIMARY KEY (`p`),\n"
      "  CONSTRAINT `f` FOREIGN KEY (`p`) REFERENCES `q` (`id`)\n"
      ") ENGINE=InnoDB");
  ParentRows parents;
  for (int i = 0; i < 20; ++i) parents["f"].push_back({{Value::Kind::text, std::to_string(i)}});
  EXPECT_THAT(texts(column(make_rows(t, 0, 20, parents), "p")), SizeIs(20));
}

TEST(MadeRows, KeepToEnumsAndToWhatAChecksSays) {
  const auto made = make_rows(table("CREATE TABLE `t` (\n"
                                    "  `e` enum('a','it''s') NOT NULL,\n"
                                    "  `c` varchar(10) NOT NULL,\n"
                                    "  `n` int(11) NOT NULL,\n"
                                    "  CONSTRAINT `k` CHECK (`c` in ('x','y')),\n"
                                    "  CONSTRAINT `l` CHECK (`n` between 5 and 8)\n"
                                    ") ENGINE=InnoDB"),
                              0, 40, {});
  EXPECT_THAT(texts(column(made, "e")), ElementsAre("a", "it's"));
  EXPECT_THAT(texts(column(made, "c")), ElementsAre("x", "y"));
  EXPECT_THAT(texts(column(made, "n")), ElementsAre("5", "6", "7", "8"));
}

TEST(MadeRows, AreLikeTheProfile) {
  const schema::Table t = table(
      "CREATE TABLE `t` (\n"
      "  `n` int(11) DEFAULT NULL,\n"
      "  `name` varchar(40) DEFAULT NULL\n"
      ") ENGINE=InnoDB");
  const TableProfile profile{
      .rows = 100,
      .looked_at = 100,
      .columns = {{"n", {.null_share = 0, .distinct = 3, .least = 100, .greatest = 1000}},
                  {"name", {.null_share = 1}}}};
  const auto made = make_rows(t, 0, 60, {}, &profile);
  EXPECT_EQ(nulls(column(made, "n")), 0);
  EXPECT_EQ(nulls(column(made, "name")), 60);
  EXPECT_LE(texts(column(made, "n")).size(), 3U);
  for (const Value& value : column(made, "n")) {
    EXPECT_GE(std::stoi(value.text), 100);
    EXPECT_LE(std::stoi(value.text), 1000);
  }
}

TEST(Bounds, TellTheSizeAndNotTheValue) {
  EXPECT_EQ(rounded_down(0), 0);
  EXPECT_EQ(rounded_down(4711), 1000);
  EXPECT_EQ(rounded_up(4711), 10000);
  EXPECT_EQ(rounded_down(-4711), -10000);
  EXPECT_EQ(rounded_up(-4711), -1000);
}

}  // namespace
}  // namespace migrate::core::rehearsal
