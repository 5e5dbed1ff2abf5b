// What is known of a plan before anybody is asked how it runs.
#include "app/impact/foresee.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/planning.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::impact::Handling;
using Kind = Handling::Kind;

/// Remembers what it was asked about.
class FakeTraffic : public port::Traffic {
 public:
  core::impact::Traffic at(const std::vector<std::string>& tables) override {
    asked = tables;
    return {.blockers = {{.connection_id = 7}}, .unknown = {}, .replicas = {}};
  }
  std::vector<std::string> asked;
};

class Foresee : public ::testing::Test {
 protected:
  Foresee() {
    world_.by_hand("CREATE TABLE orders (id INT)");
    world_.server.set_size("orders", 7'000'000, 1'000'000'000);
  }

  app::Foresight foresee() {
    const auto session = world_.server.connect();
    const auto plan = app::plan_up_on(*session, world_.steps, app::load_catalog(world_.steps), {});
    return app::foresee(std::get<core::Plan>(plan), *session, traffic_, world_.steps, {});
  }
  static std::vector<Kind> kinds(const app::Foresight& foresight) {
    std::vector<Kind> found;
    for (const auto& step : foresight.impact.steps) {
      for (const auto& statement : step.statements) found.push_back(statement.handling.kind);
    }
    return found;
  }

  World world_;
  FakeTraffic traffic_;
};

TEST_F(Foresee, TellsNewTablesFromThoseThatAreThere) {
  world_.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD b INT;");
  world_.steps.up("2",
                  "ALTER TABLE orders ADD b INT;\nALTER TABLE gone ADD b INT;\n"
                  "INSERT INTO orders VALUES (1);\nSET @x = 1;");
  const app::Foresight found = foresee();
  EXPECT_EQ(kinds(found), (std::vector{Kind::definition, Kind::new_table, Kind::not_asked,
                                       Kind::unknown, Kind::rows, Kind::session}));
  EXPECT_TRUE(found.leaves_open());
  EXPECT_EQ(traffic_.asked, std::vector<std::string>{"orders"});
}

TEST_F(Foresee, FollowsARename) {
  world_.steps.up(
      "1",
      "CREATE TABLE a (id INT);\nRENAME TABLE a TO b;\nALTER TABLE b ADD c INT;\n"
      "DROP TABLE orders;\nCREATE TABLE orders (id INT);\nALTER TABLE orders ADD c INT;");
  const auto found = kinds(foresee());
  EXPECT_EQ(found.at(2), Kind::new_table);
  EXPECT_EQ(found.at(5), Kind::new_table);
}

TEST_F(Foresee, LeavesNothingOpenWhereNothingIsAltered) {
  world_.steps.up("1", "CREATE TABLE a (id INT);");
  const app::Foresight found = foresee();
  EXPECT_FALSE(found.leaves_open());
  EXPECT_TRUE(found.has_schema_statements);
}

TEST_F(Foresee, KnowsHowLargeATableIsAndHowLongThatTakes) {
  world_.steps.up("1", "ALTER TABLE orders ADD b INT;\nUPDATE orders SET b = 1;");
  const app::Foresight found = foresee();
  const auto* orders = found.impact.find_table("orders");
  ASSERT_NE(orders, nullptr);
  EXPECT_EQ(orders->rows, 7'000'000U);
  const auto expected = core::impact::expected_time(found.impact);
  EXPECT_EQ(expected.known, std::chrono::seconds(20));
  EXPECT_EQ(expected.unknown, 1U);
  const bool is_told = std::ranges::any_of(
      found.findings, [](const auto& finding) { return finding.rule == "update-without-where"; });
  EXPECT_TRUE(is_told);
}

TEST_F(Foresee, HasWhatThePlanHas) {
  world_.steps.up("1", "CREATE TABLE a (id INT);");
  world_.steps.up("2", "CREATE TABLE b (id INT);");
  const app::Foresight found = foresee();
  ASSERT_EQ(found.impact.steps.size(), 2U);
  EXPECT_TRUE(found.impact.steps[0].down_path.empty());
  EXPECT_TRUE(found.impact.steps[0].is_versioned);
  EXPECT_EQ(found.impact.traffic.blockers.size(), 1U);
}

}  // namespace
}  // namespace migrate::testing
