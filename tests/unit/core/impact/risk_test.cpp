#include "core/impact/risk.h"

#include <gtest/gtest.h>

namespace migrate::core::impact {
namespace {

/// A plan of one statement that alters `orders`, of so many rows, in this way.
Impact altering(std::uint64_t rows, const Way& way) {
  Impact impact;
  impact.tables = {{.name = "orders", .rows = rows, .bytes = 1000}};
  StatementImpact statement{.touches = {{ObjectKind::table, "", "orders"}}};
  statement.handling.kind = Handling::Kind::asked;
  statement.handling.way = way;
  impact.steps = {{.name = "1_a", .path = "1_a.up.sql", .down_path = "1_a.down.sql"}};
  impact.steps[0].statements.push_back(statement);
  return impact;
}

const Way copies{.algorithm = Algorithm::copy, .locking = Locking::shared, .why = "a type changes"};
const Way instant{.algorithm = Algorithm::instant, .rebuild = Way::Rebuild::no};
const Way rebuilds{.algorithm = Algorithm::inplace};

TEST(Risks, AreByTheSizeOfWhatIsCopied) {
  const auto large = risks_of(altering(5'000'000, copies), {});
  ASSERT_EQ(large.size(), 1U);
  EXPECT_EQ(large[0].weight, Weight::high);
  EXPECT_EQ(large[0].words,
            "the large table orders: COPY; reads go on, writes wait: a type changes");
  EXPECT_EQ(risks_of(altering(100, copies), {}).at(0).weight, Weight::medium);
  EXPECT_TRUE(risks_of(altering(0, copies), {}).empty());
  EXPECT_EQ(risks_of(altering(5'000'000, rebuilds), {}).at(0).weight, Weight::medium);
  EXPECT_EQ(risks_of(altering(100, rebuilds), {}).at(0).weight, Weight::low);
  EXPECT_TRUE(risks_of(altering(5'000'000, instant), {}).empty());
}

TEST(Risks, AreByTheTimeThatOthersWait) {
  Impact impact = altering(100, copies);
  impact.steps[0].statements[0].expected.time = std::chrono::seconds(9);
  EXPECT_EQ(risks_of(impact, {}).at(0).weight, Weight::medium);
  impact.steps[0].statements[0].expected.time = long_time;
  EXPECT_EQ(risks_of(impact, {}).at(0).weight, Weight::high);
}

TEST(ExpectedTime, CountsWhatNobodyCanTell) {
  Impact impact = altering(100, copies);
  EXPECT_EQ(expected_time(impact).unknown, 1U);
  impact.steps[0].statements[0].expected.time = std::chrono::seconds(9);
  EXPECT_EQ(expected_time(impact).unknown, 0U);
  EXPECT_EQ(expected_time(impact).known, std::chrono::seconds(9));
}

TEST(Risks, OfAStepThatCannotBeUndone) {
  Impact impact = altering(1, instant);
  impact.steps[0].down_path.clear();
  EXPECT_EQ(risks_of(impact, {}).at(0).words, "there is no way back: no down file");
  const std::vector<lint::Finding> meant{{.rule = "missing-down",
                                          .path = "1_a.up.sql",
                                          .allowed_because = "the archive cannot come back"}};
  const auto risks = risks_of(impact, meant);
  ASSERT_EQ(risks.size(), 1U);
  EXPECT_EQ(risks[0].weight, Weight::low);
  EXPECT_EQ(risks[0].way_out, "meant: the archive cannot come back");
  impact.steps[0].is_versioned = false;
  EXPECT_TRUE(risks_of(impact, {}).empty());
}

TEST(Risks, BeginWithTheWeightiest) {
  Impact impact = altering(100, copies);
  impact.traffic.blockers = {{.connection_id = 7,
                              .user = "app",
                              .host = "web1",
                              .age_s = 90,
                              .tables = "orders",
                              .certainty = Blocker::Certainty::certain}};
  const std::vector<lint::Finding> findings{{.rule = "drop-column",
                                             .severity = lint::Severity::error,
                                             .path = "1_a.up.sql",
                                             .statement = 1,
                                             .message = "it is gone"},
                                            {.rule = "drop-index",
                                             .severity = lint::Severity::error,
                                             .path = "1_a.up.sql",
                                             .statement = 1,
                                             .message = "slow",
                                             .allowed_because = "nobody reads"}};
  const auto risks = risks_of(impact, findings);
  ASSERT_EQ(risks.size(), 4U);
  EXPECT_NE(risks[0].words.find("connection 7 (app@web1) holds a metadata lock on orders for 90 s"),
            std::string::npos)
      << risks[0].words;
  EXPECT_EQ(risks[1].words, "drop-column: it is gone");
  EXPECT_EQ(risks[2].weight, Weight::medium);
  EXPECT_EQ(risks[3].way_out, "meant: nobody reads");
}

TEST(Risks, WhatTheServerSaidReplacesTheRuleThatGuesses) {
  const std::vector<lint::Finding> guess{{.rule = "alter-without-algorithm",
                                          .path = "1_a.up.sql",
                                          .statement = 1,
                                          .message = "left to the server"}};
  Impact impact = altering(100, instant);
  EXPECT_TRUE(risks_of(impact, guess).empty());
  impact.steps[0].statements[0].handling.kind = Handling::Kind::not_asked;
  EXPECT_EQ(risks_of(impact, guess).size(), 1U);
}

TEST(Risks, ABlockerWhoseTableIsNotKnownWeighsLess) {
  Impact impact = altering(100, instant);
  impact.traffic.blockers = {{.connection_id = 7}};
  EXPECT_EQ(risks_of(impact, {}).at(0).weight, Weight::medium);
}

}  // namespace
}  // namespace migrate::core::impact
