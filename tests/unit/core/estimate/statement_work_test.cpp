#include "core/estimate/statement_work.h"

#include <string>

#include <gtest/gtest.h>

namespace migrate::core::estimate {
namespace {

std::string told(const std::string& text) {
  const StatementWork work = work_of({.text = text, .effect = effect_of(text)});
  std::string words = work.work == Work::moment  ? "moment"
                      : work.work == Work::table ? "table"
                                                 : "rows";
  for (const ObjectName& table : work.tables)
    words += " " + (table.schema.empty() ? "" : table.schema + ".") + table.name;
  return words;
}

TEST(StatementWork, WhatMayWriteATableAnewDependsOnItsSize) {
  EXPECT_EQ(told("ALTER TABLE orders ADD note INT"), "table orders");
  EXPECT_EQ(told("CREATE INDEX i ON shop.orders (a)"), "table shop.orders");
  EXPECT_EQ(told("DROP INDEX i ON orders"), "table orders");
  EXPECT_EQ(told("OPTIMIZE LOCAL TABLE a, b"), "table a b");
  EXPECT_EQ(told("ALTER TABLE a RENAME TO b"), "table a");
}

TEST(StatementWork, InstantIsAMomentBecauseTheServerRefusesWhatIsNot) {
  EXPECT_EQ(told("ALTER TABLE orders ADD note INT, ALGORITHM = INSTANT"), "moment orders");
  EXPECT_EQ(told("ALTER TABLE orders ADD note INT, ALGORITHM=INPLACE"), "table orders");
}

TEST(StatementWork, OtherSchemaStatementsTakeAMoment) {
  EXPECT_EQ(told("CREATE TABLE a (id INT)"), "moment");
  EXPECT_EQ(told("DROP TABLE a, b"), "moment a b");
  EXPECT_EQ(told("TRUNCATE TABLE a"), "moment a");
  EXPECT_EQ(told("RENAME TABLE a TO b"), "moment a");
  EXPECT_EQ(told("CREATE VIEW v AS SELECT 1"), "moment");
}

TEST(StatementWork, RowsAreCountedByTheServerAlone) {
  EXPECT_EQ(told("UPDATE orders SET a = 1"), "rows orders");
  EXPECT_EQ(told("DELETE FROM orders WHERE a = 1"), "rows orders");
  EXPECT_EQ(told("INSERT INTO copies SELECT * FROM orders"), "rows copies");
  EXPECT_EQ(told("CREATE TABLE copies AS SELECT * FROM orders"), "rows");
  EXPECT_EQ(told("CALL tidy()"), "rows");
  EXPECT_EQ(told("EXECUTE stmt"), "rows");
}

TEST(StatementWork, AnInsertOfValuesIsTheSameToALargeTable) {
  EXPECT_EQ(told("INSERT INTO orders VALUES (1)"), "moment");
  EXPECT_EQ(told("SET @a = 1"), "moment");
  EXPECT_EQ(told("SELECT 1"), "moment");
}

}  // namespace
}  // namespace migrate::core::estimate
