// A statement that the server goes on with when its run is dead.
#include <string>

#include <gtest/gtest.h>

#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;

class OrphanOfARun : public ::testing::Test {
 protected:
  OrphanOfARun() {
    world.steps.up("1", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);");
    world.faults->die_during_packet(1);
    EXPECT_THROW(world.up(), Killed);
    EXPECT_TRUE(world.faults->orphan());
  }
  World world;
};

TEST_F(OrphanOfARun, IsWaitedForAndCountsAsDoneWhenItDid) {
  world.server.on_lock_wait([&] { world.faults->orphan_ends(); });
  EXPECT_EQ(world.up(), ExitCode::done);
  const auto waiting = world.events.first<core::event::OrphanWaiting>();
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->orphan.statement, "CREATE TABLE a (id INT)");
  EXPECT_FALSE(waiting->ended);
  const auto settled = world.events.first<core::event::Settled>();
  ASSERT_TRUE(settled);
  EXPECT_NE(settled->message.find("table `a` is there now, so it counts as applied"),
            std::string::npos)
      << settled->message;
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
  EXPECT_EQ(world.rows("a"), "1");
}

TEST_F(OrphanOfARun, KeepsTheNextRunOutAndIsNamed) {
  EXPECT_EQ(world.up(), ExitCode::locked);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("CREATE TABLE a (id INT)"), std::string::npos)
      << refused->refusal.reason;
  EXPECT_NE(
      refused->refusal.reason.find("connection " + std::to_string(*world.faults->orphan()) + " "),
      std::string::npos)
      << refused->refusal.reason;
  EXPECT_NE(refused->refusal.way_out.find("--kill-orphan"), std::string::npos);
  EXPECT_FALSE(world.has_table("a"));
}

TEST_F(OrphanOfARun, IsEndedWhenTold) {
  world.orphans = app::Orphans::kill;
  EXPECT_EQ(world.up(), ExitCode::done);
  const auto waiting = world.events.first<core::event::OrphanWaiting>();
  ASSERT_TRUE(waiting);
  EXPECT_TRUE(waiting->ended);
  EXPECT_FALSE(world.faults->orphan());
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
  EXPECT_EQ(world.rows("a"), "1");
}

}  // namespace
}  // namespace migrate::testing
