#include "core/directives.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

Directives read(std::string_view head) {
  const auto parsed = parse_directives(head);
  if (const auto* const error = std::get_if<DirectiveError>(&parsed)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return std::get<Directives>(parsed);
}

DirectiveError error_of(std::string_view head) {
  const auto parsed = parse_directives(head);
  if (const auto* const error = std::get_if<DirectiveError>(&parsed)) return *error;
  ADD_FAILURE() << "no error in " << head;
  return {};
}

TEST(Directives, OnlineAloneIsForATool) {
  const auto read = parse_directives("-- migrate: online\nALTER TABLE t ADD n INT;");
  EXPECT_EQ(std::get<Directives>(read).online, OnlineMode::tool);
  EXPECT_TRUE(std::holds_alternative<DirectiveError>(
      parse_directives("-- migrate: online, online=copy\nSELECT 1;")));
}

TEST(Directives, NoneIsTheDefault) {
  EXPECT_EQ(read(""), Directives{});
  EXPECT_EQ(read("-- a comment\nSELECT 1;"), Directives{});
}

TEST(Directives, AllOfThem) {
  const Directives directives = read(
      "\xEF\xBB\xBF-- Orders.\n-- migrate: transaction=batch(500), stepwise\r\n"
      "/* migrate: nonsense */\n\n#migrate: local_infile, online = inplace\n"
      "SELECT 1;");
  EXPECT_EQ(directives.transaction, TransactionMode::batch);
  EXPECT_EQ(directives.batch_size, 500U);
  EXPECT_TRUE(directives.stepwise);
  EXPECT_TRUE(directives.local_infile);
  EXPECT_EQ(directives.online, OnlineMode::inplace);
}

TEST(Directives, BehindTheFirstStatementAreText) {
  EXPECT_EQ(read("SELECT 1;\n-- migrate: nonsense"), Directives{});
}

TEST(Directives, AnUnknownKeySuggestsTheNearest) {
  const DirectiveError error = error_of("-- a\n-- migrate: stepwise, transacton=none\n");
  EXPECT_EQ(error.position, (Position{27, 2, 23}));
  EXPECT_NE(error.message.find("did you mean 'transaction'"), std::string::npos);
}

TEST(Directives, BadValuesAreErrors) {
  for (const char* head :
       {"-- migrate: transaction=batch(0)", "-- migrate: transaction=batch(x)",
        "-- migrate: transaction", "-- migrate: transaction=", "-- migrate: online=slow",
        "-- migrate: stepwise=yes", "-- migrate:", "-- migrate: stepwise,,local_infile"}) {
    EXPECT_FALSE(error_of(head).message.empty()) << head;
  }
}

TEST(Directives, AKeyGivenTwiceIsAnError) {
  const DirectiveError error = error_of("-- migrate: online=copy\n# migrate: online=copy");
  EXPECT_EQ(error.position.line, 2U);
}

}  // namespace
}  // namespace migrate::core
