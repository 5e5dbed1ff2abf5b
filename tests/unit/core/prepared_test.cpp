#include "core/prepared.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

std::optional<Prepared> text(const std::string& name, const std::string& text) {
  return Prepared{.name = name, .text = text};
}
std::optional<Prepared> variable(const std::string& name, const std::string& variable) {
  return Prepared{.name = name, .variable = variable};
}
std::optional<Prepared> expression(const std::string& name) {
  return Prepared{.name = name};
}

TEST(PreparedBy, ALiteral) {
  EXPECT_EQ(prepared_by("PREPARE S FROM 'DROP TABLE a'"), text("s", "DROP TABLE a"));
  EXPECT_EQ(prepared_by("/* x */ prepare `My S` from \"SELECT 'a', \"\"b\"\"\";"),
            text("my s", "SELECT 'a', \"b\""));
  EXPECT_EQ(prepared_by(R"(PREPARE s FROM 'SELECT ''a'', \'b\', "c\\d",\n 1 LIKE \'\%\'')"),
            text("s", "SELECT 'a', 'b', \"c\\d\",\n 1 LIKE '\\%'"));
  EXPECT_EQ(prepared_by("PREPARE s FROM 'SELECT ' '1'"), text("s", "SELECT 1"));
  EXPECT_EQ(prepared_by("PREPARE s FROM ''"), text("s", ""));
}

TEST(PreparedBy, AVariable) {
  EXPECT_EQ(prepared_by("PREPARE s FROM @Sql"), variable("s", "sql"));
  EXPECT_EQ(prepared_by("PREPARE s FROM @a.b"), variable("s", "a.b"));
  EXPECT_EQ(prepared_by("PREPARE s FROM @`A b`;"), variable("s", "a b"));
}

TEST(PreparedBy, WhatOnlyTheServerCanEvaluate) {
  for (const char* source :
       {"CONCAT('a', @b)", "@@version", "'a' || 'b'", "@a || @b", "_utf8'a'", "'a' @b"}) {
    EXPECT_EQ(prepared_by(std::string("PREPARE s FROM ") + source), expression("s")) << source;
  }
}

TEST(PreparedBy, NothingElse) {
  for (const char* statement : {"EXECUTE s", "DEALLOCATE PREPARE s", "DROP PREPARE s", "PREPARE",
                                "PREPARE s", "SET @prepare = 'PREPARE s FROM x'", ""}) {
    EXPECT_EQ(prepared_by(statement), std::nullopt) << statement;
  }
}

TEST(ExecutedName, OfAnExecute) {
  EXPECT_EQ(executed_name("EXECUTE S"), "s");
  EXPECT_EQ(executed_name("execute `My S` USING @a, @b"), "my s");
  EXPECT_EQ(executed_name("SET STATEMENT max_statement_time=1 FOR EXECUTE s"), "s");
  EXPECT_EQ(executed_name("EXECUTE immediate"), "immediate");
  EXPECT_EQ(executed_name("EXECUTE immediate USING @a"), "immediate");
}

TEST(ExecutedName, NothingElse) {
  for (const char* statement :
       {"EXECUTE IMMEDIATE 'SELECT 1'", "PREPARE s FROM @a", "EXECUTE", "SELECT 1", ""}) {
    EXPECT_EQ(executed_name(statement), std::nullopt) << statement;
  }
}

TEST(ExecutedImmediately, ALiteralAVariableOrAnExpression) {
  EXPECT_EQ(executed_immediately("EXECUTE IMMEDIATE 'DROP TABLE a'"), text("", "DROP TABLE a"));
  EXPECT_EQ(executed_immediately("EXECUTE IMMEDIATE 'DO ?' USING @a"), text("", "DO ?"));
  EXPECT_EQ(executed_immediately("execute immediate @A"), variable("", "a"));
  EXPECT_EQ(executed_immediately("EXECUTE IMMEDIATE CONCAT('a', 'b')"), expression(""));
}

TEST(ExecutedImmediately, NothingElse) {
  for (const char* statement : {"EXECUTE s", "EXECUTE immediate", "PREPARE s FROM 'a'", ""}) {
    EXPECT_EQ(executed_immediately(statement), std::nullopt) << statement;
  }
}

}  // namespace
}  // namespace migrate::core
