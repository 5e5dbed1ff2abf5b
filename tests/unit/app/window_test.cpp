// The guard `window` around a run: in front of it, and again in front of each of its units.
#include "app/guard/window.h"

#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using std::chrono::minutes;
using std::chrono::sys_seconds;
using ::testing::HasSubstr;

constexpr std::uint64_t gigabyte = 1'000'000'000;

/// A clock that a test moves.
class MovedClock : public port::Clock {
 public:
  std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::time_point(passed);
  }
  void sleep(std::chrono::milliseconds time) const override { passed += time; }
  mutable std::chrono::milliseconds passed{0};
};

class FakeServerClock : public port::ServerClock {
 public:
  FakeServerClock(const MovedClock& clock, sys_seconds start, unsigned& asked)
      : clock_(clock), start_(start), asked_(asked) {}
  sys_seconds now() override {
    ++asked_;
    return start_ + std::chrono::floor<std::chrono::seconds>(clock_.passed);
  }

 private:
  const MovedClock& clock_;
  sys_seconds start_;
  unsigned& asked_;
};

/// Each day from 1:00 to 2:00 in UTC; the server's clock begins at midnight of some day.
class InAWindow : public ::testing::Test {
 protected:
  InAWindow() {
    world_.by_hand("CREATE TABLE orders (id INT)");
    world_.by_hand("CREATE TABLE small (id INT)");
    world_.server.set_size("orders", 7'000'000, 2 * gigabyte);
    std::vector<std::unique_ptr<app::Guard>> guards;
    guards.push_back(std::make_unique<app::WindowGuard>(hours_));
    world_.guards = app::Guards(std::move(guards), {});
  }

  static core::guard::WindowPolicy policy() {
    core::guard::Window window{.from = minutes(60), .to = minutes(120)};
    window.days.fill(true);
    return {.windows = {window}};
  }
  static core::guard::ZoneRules utc() {
    return {
        .name = "UTC",
        .local = [](sys_seconds at) { return std::chrono::local_seconds(at.time_since_epoch()); },
        .instant =
            [](std::chrono::local_seconds at) { return sys_seconds(at.time_since_epoch()); }};
  }
  void it_is(minutes time) { clock_.passed = time; }
  std::string refusal() const {
    const auto refused = world_.events.first<core::event::Refused>();
    return refused ? refused->refusal.reason : "";
  }

  MovedClock clock_;
  unsigned asked_ = 0;
  std::shared_ptr<app::WindowHours> hours_ = std::make_shared<app::WindowHours>(
      std::make_unique<FakeServerClock>(clock_, sys_seconds(std::chrono::hours(24 * 20000)),
                                        asked_),
      clock_, policy(), utc());
  World world_;
};

TEST_F(InAWindow, ALargeTableIsRefusedOutsideBeforeAnythingRuns) {
  world_.steps.up("1", "CREATE TABLE a (id INT);");
  world_.steps.up("2", "ALTER TABLE orders ADD COLUMN b INT;");
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_THAT(refusal(),
              HasSubstr("migrations/2_step.up.sql:1 is at orders, about 7,000,000 rows"));
  EXPECT_FALSE(world_.has_table("a"));
  it_is(minutes(60));
  EXPECT_EQ(world_.up(), ExitCode::done);
}

TEST_F(InAWindow, ASmallTableIsNot) {
  world_.steps.up("1", "ALTER TABLE small ADD COLUMN b INT;");
  EXPECT_EQ(world_.up(), ExitCode::done);
}

TEST_F(InAWindow, ARunThatItClosesOnStopsBetweenTwoUnitsAndGoesOnInTheNext) {
  world_.steps.up("1",
                  "ALTER TABLE orders ADD COLUMN b INT;\nALTER TABLE orders ADD COLUMN c INT;");
  world_.steps.up("2", "CREATE TABLE later (id INT);");
  it_is(minutes(61));
  world_.events.then = [this](const core::Event& event) {
    if (std::holds_alternative<core::event::StatementDone>(event)) it_is(minutes(120));
  };
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_THAT(refusal(), HasSubstr("migrations/1_step.up.sql:2: stopped in front of statement 2 of "
                                   "2: the window has closed"));
  EXPECT_THAT(refusal(), HasSubstr("it opens "));
  EXPECT_EQ(world_.times("ALTER TABLE orders ADD COLUMN b INT"), 1U);
  EXPECT_EQ(world_.times("ALTER TABLE orders ADD COLUMN c INT"), 0U);
  EXPECT_EQ(asked_, 1U) << "the server's clock is asked once a run";

  world_.events.then = nullptr;
  it_is(minutes(24 * 60 + 61));
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_EQ(world_.times("ALTER TABLE orders ADD COLUMN b INT"), 1U);
  EXPECT_EQ(world_.times("ALTER TABLE orders ADD COLUMN c INT"), 1U);
  EXPECT_TRUE(world_.has_table("later"));
}

TEST_F(InAWindow, ARunThatWouldNotEndInItIsRefused) {
  world_.server.set_size("orders", 7'000'000, 300 * gigabyte);
  world_.steps.up("1", "ALTER TABLE orders ADD COLUMN b INT;");
  it_is(minutes(60));
  EXPECT_EQ(world_.up(), ExitCode::refused);
  EXPECT_THAT(refusal(), HasSubstr("and the run may take 1 h 40 min"));
}

TEST_F(InAWindow, WhoTakesItUponThemIsNotStoppedInTheMiddleEither) {
  std::vector<std::unique_ptr<app::Guard>> guards;
  guards.push_back(std::make_unique<app::WindowGuard>(hours_));
  world_.guards =
      app::Guards(std::move(guards), {{.guard = "window", .reason = "the shop is closed"}});
  world_.steps.up("1", "ALTER TABLE orders ADD COLUMN b INT;");
  EXPECT_EQ(world_.up(), ExitCode::done);
  EXPECT_THAT(world_.logged(), HasSubstr("guard overridden"));
}

TEST_F(InAWindow, WaitingEndsWhenItOpens) {
  EXPECT_EQ(app::wait_for_window(*hours_, world_.cancellation, clock_, world_.events),
            ExitCode::done);
  EXPECT_EQ(clock_.passed, minutes(60));
  EXPECT_THAT(world_.events.first<core::event::Warned>()->message,
              HasSubstr("waiting for the window; it opens"));
}

TEST_F(InAWindow, ASignalEndsTheWaiting) {
  world_.cancellation.signal = ExitCode::interrupted;
  EXPECT_EQ(app::wait_for_window(*hours_, world_.cancellation, clock_, world_.events),
            ExitCode::interrupted);
  EXPECT_EQ(clock_.passed, minutes(0));
}

}  // namespace
}  // namespace migrate::testing
