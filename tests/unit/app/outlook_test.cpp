// What a plan is at, and how long it may take.
#include "app/outlook.h"

#include <chrono>

#include <gtest/gtest.h>

#include "app/planning.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using std::chrono::seconds;

constexpr std::uint64_t gigabyte = 1'000'000'000;

core::estimate::Outlook outlook(World& world) {
  const auto session = world.server.connect();
  const auto plan =
      app::plan_up_on(*session, world.steps, app::load_catalog(world.steps), core::UpRequest{});
  return app::outlook_of(std::get<core::Plan>(plan), *session, world.steps);
}

TEST(Outlook, NamesTheStatementsThatAreAtTablesThatAreThere) {
  World world;
  world.by_hand("CREATE TABLE orders (id INT)");
  world.server.set_size("orders", 7'000'000, gigabyte);
  world.steps.up("1", "CREATE TABLE a (id INT);\nALTER TABLE a ADD b INT;");
  world.steps.up("2",
                 "INSERT INTO orders VALUES (1);\nALTER TABLE orders ADD b INT;\n"
                 "UPDATE orders SET b = 1;");
  const auto found = outlook(world);
  ASSERT_EQ(found.steps.size(), 2U);
  EXPECT_TRUE(found.steps[0].statements.empty()) << "a is new";
  ASSERT_EQ(found.steps[1].statements.size(), 2U);
  const auto* alter = found.steps[1].find(2);
  ASSERT_NE(alter, nullptr);
  EXPECT_EQ(alter->sizes.at(0).rows, 7'000'000U);
  EXPECT_EQ(alter->estimate.time, seconds(20));
  EXPECT_FALSE(found.steps[1].find(3)->estimate.time);
  EXPECT_EQ(found.known(), seconds(20));
  EXPECT_EQ(found.unknown(), 1U);
}

TEST(Outlook, AsksTheServerNothingWhereNoTableIsThatIsThere) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  const auto session = world.server.connect();
  const auto plan =
      app::plan_up_on(*session, world.steps, app::load_catalog(world.steps), core::UpRequest{});
  const auto before = world.server.traffic().round_trips;
  app::outlook_of(std::get<core::Plan>(plan), *session, world.steps);
  EXPECT_EQ(world.server.traffic().round_trips, before);
}

}  // namespace
}  // namespace migrate::testing
