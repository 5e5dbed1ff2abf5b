#include "core/check/expectation.h"

#include <gtest/gtest.h>

namespace migrate::core::check {
namespace {

Expectation parsed(const std::string& text) {
  const auto result = parse_expectation(text);
  if (const auto* bad = std::get_if<BadExpectation>(&result)) {
    ADD_FAILURE() << text << ": " << bad->message << " at " << bad->character;
    return {};
  }
  return std::get<Expectation>(result);
}

struct Held {
  const char* text;
  double number;
  bool holds;
};

class Expectations : public testing::TestWithParam<Held> {};

TEST_P(Expectations, HoldOrNot) {
  const auto& [text, number, holds] = GetParam();
  EXPECT_EQ(parsed(text).holds(number), holds) << text << " of " << number;
}

INSTANTIATE_TEST_SUITE_P(
    Expectation, Expectations,
    testing::Values(Held{"= 0", 0, true}, Held{"= 0", 1, false}, Held{"!= 0", 0, false},
                    Held{"<> 0", -1, true}, Held{"< 5", 5, false}, Held{"< 5", 4.9, true},
                    Held{"<= 100", 100, true}, Held{"<= 100", 100.5, false}, Held{"> 5", 5, false},
                    Held{"> 5", 6, true}, Held{">= 99.5", 99.5, true}, Held{">= 99.5", 99.4, false},
                    Held{"between 1 and 5", 1, true}, Held{"between 1 and 5", 5, true},
                    Held{"between 1 and 5", 0, false}, Held{"between 1 and 5", 6, false},
                    Held{"between -2 and -1", -1.5, true}));

TEST(Expectation, OfRowsIsAnother) {
  EXPECT_EQ(parsed("rows = 0").of, Expectation::Of::rows);
  EXPECT_EQ(parsed("ROWS<=3").of, Expectation::Of::rows);
  EXPECT_EQ(parsed("= 0").of, Expectation::Of::value);
}

TEST(Expectation, IsReadWhateverItsSpacesAndLetters) {
  for (const char* text : {"<=5", " <= 5 ", "<=\t5\n"}) EXPECT_EQ(to_string(parsed(text)), "<= 5");
  EXPECT_EQ(to_string(parsed("Rows  BETWEEN 1 And 2.5")), "rows between 1 and 2.5");
}

TEST(Expectation, IsReadAgainFromItsOwnSpelling) {
  for (const char* text : {"= 0", "!= 1", "< -2", "<= 1e+20", "> 0.25", ">= 9007199254740992",
                           "between 1 and 5", "rows = 0", "rows between 1 and 2"}) {
    EXPECT_EQ(to_string(parsed(text)), text);
  }
}

struct Bad {
  const char* text;
  std::size_t character;
  const char* message;
};

class BadExpectations : public testing::TestWithParam<Bad> {};

TEST_P(BadExpectations, SayWhereAndWhy) {
  const auto& [text, character, message] = GetParam();
  const auto result = parse_expectation(text);
  const auto* bad = std::get_if<BadExpectation>(&result);
  ASSERT_NE(bad, nullptr) << text;
  EXPECT_EQ(bad->character, character) << text;
  EXPECT_EQ(bad->message, message) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Expectation, BadExpectations,
    testing::Values(Bad{"", 1, "expected =, !=, <, <=, >, >= or between, found the end"},
                    Bad{"0", 1, "expected =, !=, <, <=, >, >= or between, found '0'"},
                    Bad{"rows", 5, "expected =, !=, <, <=, >, >= or between, found the end"},
                    Bad{"<= 1OO", 4, "expected a number, found '1OO'"},
                    Bad{"= ", 3, "expected a number, found the end"},
                    Bad{"= inf", 3, "expected a number, found 'inf'"},
                    Bad{"= 0 rows", 5, "expected nothing more, found 'rows'"},
                    Bad{"between 1", 10, "expected 'and', found the end"},
                    Bad{"between 1 to 5", 11, "expected 'and', found 'to'"},
                    Bad{"between 5 and 1", 15, "the second number is less than the first"},
                    Bad{"betweenness 1", 1,
                        "expected =, !=, <, <=, >, >= or between, found 'betweenness'"}));

}  // namespace
}  // namespace migrate::core::check
