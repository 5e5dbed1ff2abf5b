#include "core/check/check.h"

#include <set>

#include <gtest/gtest.h>

#include "core/check/result.h"

namespace migrate::core::check {
namespace {

Check check(const std::string& expectation) {
  return {.name = "a-check",
          .query = "SELECT 1",
          .expect = std::get<Expectation>(parse_expectation(expectation)),
          .reason = "it matters"};
}

Answer one_value(std::optional<std::string> value) {
  return {.rows = 1, .columns = 1, .value = std::move(value)};
}

TEST(Judging, ComparesTheOneValue) {
  const Result good = judge(check("<= 5"), one_value("5"));
  EXPECT_EQ(good.verdict, Verdict::holds);
  EXPECT_EQ(good.words(), "a-check: 5, expected <= 5");
  const Result bad = judge(check("<= 5"), one_value("5.01"));
  EXPECT_EQ(bad.verdict, Verdict::fails);
  EXPECT_EQ(bad.value, 5.01);
  EXPECT_EQ(bad.words(), "a-check: 5.01, expected <= 5");
}

TEST(Judging, CountsRowsWhereThatIsAsked) {
  EXPECT_EQ(judge(check("rows = 0"), {}).verdict, Verdict::holds);
  const Result bad = judge(check("rows = 0"), {.rows = 3, .columns = 7, .value = "x"});
  EXPECT_EQ(bad.verdict, Verdict::fails);
  EXPECT_EQ(bad.words(), "a-check: 3 rows, expected rows = 0");
}

struct NoAnswer {
  Answer answer;
  const char* seen;
};

TEST(Judging, AnAnswerThatCannotBeComparedIsAFindingAndNoCrash) {
  const std::vector<NoAnswer> answers{
      {{}, "no row came back; expected one"},
      {{.rows = 2, .columns = 1, .value = "1"}, "2 rows came back; expected one"},
      {{.rows = 1, .columns = 3, .value = "1"}, "3 columns came back; expected one"},
      {one_value(std::nullopt), "NULL came back; expected a number"},
      {one_value("many"), "'many' came back; expected a number"},
      {one_value("1 000"), "'1 000' came back; expected a number"},
      {one_value(""), "'' came back; expected a number"},
      {one_value("nan"), "'nan' came back; expected a number"},
      {{.error = ServerError{1146, "42S02", "Table 's.t' doesn't exist"}},
       "Table 's.t' doesn't exist (error 1146)"}};
  for (const auto& [answer, seen] : answers) {
    const Result result = judge(check("= 1"), answer);
    EXPECT_EQ(result.verdict, Verdict::unknown) << seen;
    EXPECT_EQ(result.seen, seen);
    EXPECT_TRUE(result.is_bad());
    EXPECT_EQ(result.value, std::nullopt);
  }
}

TEST(Looks, CountWhatDoesNotHoldBySeverity) {
  Check warning = check("= 0");
  warning.severity = Severity::warning;
  Look look;
  look.results = {judge(check("= 0"), one_value("0")), judge(warning, one_value("1")),
                  left_out(check("= 0"), "t")};
  EXPECT_EQ(look.count(Severity::error), 0U);
  EXPECT_EQ(look.count(Severity::warning), 1U);
  EXPECT_FALSE(look.has_at_least(Severity::error));
  EXPECT_TRUE(look.has_at_least(Severity::notice));
  EXPECT_EQ(look.count(Verdict::left_out), 1U);
  look.results.push_back(unasked(check("= 0"), "gone"));
  EXPECT_TRUE(look.has_at_least(Severity::error));
}

TEST(Queries, OfACheckAreOneStatementThatReads) {
  for (const char* query :
       {"SELECT 1", "select 1;", "  -- why\nSELECT ';'", "WITH a AS (SELECT 1) SELECT * FROM a",
        "(SELECT 1) UNION (SELECT 2)", "SHOW STATUS", "TABLE t", "/* x */ SELECT 1"}) {
    EXPECT_EQ(wrong_with_query(query), std::nullopt) << query;
  }
  for (const char* query :
       {"", "-- nothing", "SELECT 1; SELECT 2", "DELETE FROM t", "UPDATE t SET a=1",
        "SELECT 'never ends", "CALL p()", "SET @a = 1", "SELECTION"}) {
    EXPECT_NE(wrong_with_query(query), std::nullopt) << query;
  }
}

TEST(Shipped, ChecksAreWhole) {
  std::set<std::string> names;
  for (const Check& shipped : shipped_checks()) {
    SCOPED_TRACE(shipped.name);
    EXPECT_EQ(wrong_with_name(shipped.name), std::nullopt);
    EXPECT_TRUE(names.insert(shipped.name).second);
    EXPECT_EQ(wrong_with_query(shipped.query), std::nullopt);
    EXPECT_FALSE(shipped.reason.empty());
    EXPECT_FALSE(shipped.needs.empty());
    // A run without configured checks must not cost a round trip.
    EXPECT_FALSE(shipped.is_for(Moment::before));
    EXPECT_FALSE(shipped.is_for(Moment::after));
  }
}

TEST(Names, AreOfSmallLettersDigitsAndHyphens) {
  EXPECT_EQ(wrong_with_name("orders-2"), std::nullopt);
  for (const char* name : {"", "-a", "A", "a b", "a_b", "ä"})
    EXPECT_NE(wrong_with_name(name), std::nullopt) << name;
}

}  // namespace
}  // namespace migrate::core::check
