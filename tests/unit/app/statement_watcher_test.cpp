#include "app/statement_watcher.h"

#include <gtest/gtest.h>

#include "core/fault.h"

namespace migrate::app {
namespace {

using core::event::Blocked;
using core::event::Progressed;
using core::event::StatementDone;
using core::event::StatementStarted;
using std::chrono::milliseconds;

class HandClock : public port::Clock {
 public:
  std::chrono::steady_clock::time_point now() const override { return now_; }
  void sleep(milliseconds) const override {}
  void pass(milliseconds time) { now_ += time; }

 private:
  std::chrono::steady_clock::time_point now_;
};

class Told : public port::EventSink {
 public:
  void on(const core::Event& event) override { events.push_back(event); }
  template <typename T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const core::Event& event : events) {
      if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
    }
    return found;
  }
  std::vector<core::Event> events;
};

class NoSignal : public port::Cancellation {
 public:
  std::optional<core::ExitCode> requested() const override { return std::nullopt; }
  void watch(std::uint64_t connection_id) override { watched = connection_id; }
  std::uint64_t watched = 0;
};

class StatementWatcherTest : public testing::Test {
 protected:
  struct Look : port::StatementLook {
    std::optional<port::RunningStatement> look(std::uint64_t connection_id) override {
      looked_at.push_back(connection_id);
      if (meanwhile) meanwhile();
      return seen;
    }
    std::optional<port::RunningStatement> seen = port::RunningStatement{};
    std::function<void()> meanwhile;
    std::vector<std::uint64_t> looked_at;
  };

  void start(std::uint64_t index) {
    watcher.on(StatementStarted{.index = index, .total = 3, .position = {}, .text = {}});
  }
  void second() {
    clock.pass(milliseconds(1000));
    watcher.tick();
  }
  static port::RunningStatement working(double done) {
    return {.work = core::Work{.done = done, .total = 1000}, .blockers = {}, .hint = {}};
  }
  static port::RunningStatement waiting(const std::vector<std::uint64_t>& blockers) {
    port::RunningStatement seen;
    seen.waits_for_lock = true;
    for (const std::uint64_t id : blockers) {
      core::Blocker blocker;
      blocker.connection_id = id;
      seen.blockers.push_back(blocker);
    }
    return seen;
  }

  HandClock clock;
  Told told;
  NoSignal signals;
  Look look;
  StatementWatcher watcher{told, signals, clock, look};
};

TEST_F(StatementWatcherTest, AsksNothingWhileStatementsAreShort) {
  watcher.watch(7);
  for (std::uint64_t index = 1; index <= 3; ++index) {
    start(index);
    clock.pass(milliseconds(900));
    watcher.tick();
    watcher.on(StatementDone{.index = index});
  }
  second();
  EXPECT_TRUE(look.looked_at.empty());
  EXPECT_EQ(told.events.size(), 6U);
}

TEST_F(StatementWatcherTest, TellsOfALongOneHowFarItIsAndHowLongItTakes) {
  start(2);
  watcher.watch(7);
  EXPECT_EQ(signals.watched, 7U);
  look.seen = working(100);
  second();
  look.seen = working(300);
  second();
  EXPECT_EQ(look.looked_at, (std::vector<std::uint64_t>{7, 7}));
  const auto progress = told.all<Progressed>();
  ASSERT_EQ(progress.size(), 2U);
  EXPECT_EQ(progress[0].index, 2U);
  EXPECT_EQ(progress[0].total, 3U);
  EXPECT_EQ(progress[0].elapsed_s, 1U);
  EXPECT_FALSE(progress[0].pace);
  ASSERT_TRUE(progress[1].pace);
  EXPECT_DOUBLE_EQ(progress[1].pace->per_second, 200);
  EXPECT_EQ(progress[1].pace->left_s, 4U);
}

TEST_F(StatementWatcherTest, SaysOnceHowTheServerIsMadeToTell) {
  watcher.watch(7);
  look.seen->hint = "switch it on";
  for (std::uint64_t index = 1; index <= 2; ++index) {
    start(index);
    for (int seconds = 1; seconds <= 4; ++seconds) second();
    watcher.on(StatementDone{.index = index});
  }
  std::vector<std::uint64_t> hinted;
  for (const Progressed& progress : told.all<Progressed>()) {
    if (!progress.hint.empty()) hinted.push_back(10 * progress.index + progress.elapsed_s);
  }
  EXPECT_EQ(hinted, std::vector<std::uint64_t>{13}) << "of the first one, behind its third second";
}

TEST_F(StatementWatcherTest, SaysNothingOfThatWhereTheServerHasTold) {
  watcher.watch(7);
  start(1);
  look.seen = working(100);
  second();
  look.seen->work.reset();
  look.seen->hint = "switch it on";
  for (int seconds = 1; seconds <= 4; ++seconds) second();
  for (const Progressed& progress : told.all<Progressed>()) EXPECT_EQ(progress.hint, "");
}

TEST_F(StatementWatcherTest, NamesEachInTheWayOnce) {
  watcher.watch(7);
  start(1);
  look.seen = waiting({41});
  second();
  second();
  look.seen = waiting({41, 42});
  second();
  const auto blocked = told.all<Blocked>();
  ASSERT_EQ(blocked.size(), 2U);
  EXPECT_EQ(blocked[0].blockers.at(0).connection_id, 41U);
  EXPECT_EQ(blocked[0].waited_ms, 1000U);
  ASSERT_EQ(blocked[1].blockers.size(), 1U);
  EXPECT_EQ(blocked[1].blockers[0].connection_id, 42U);
}

TEST_F(StatementWatcherTest, SaysOnceThatNobodyIsSeenInTheWay) {
  watcher.watch(7);
  start(1);
  look.seen = waiting({});
  second();
  second();
  EXPECT_EQ(told.all<Blocked>().size(), 1U);
}

TEST_F(StatementWatcherTest, IsSilentOfAStatementThatEndedWhileItLooked) {
  watcher.watch(7);
  start(1);
  look.meanwhile = [this] { watcher.on(StatementDone{.index = 1}); };
  second();
  EXPECT_TRUE(told.all<Progressed>().empty());
}

TEST_F(StatementWatcherTest, WatchesOneThatIsSentAgain) {
  watcher.watch(7);
  start(1);
  watcher.watch(0);
  second();
  EXPECT_TRUE(look.looked_at.empty());
  watcher.watch(7);
  second();
  EXPECT_EQ(look.looked_at, std::vector<std::uint64_t>{7});
}

TEST_F(StatementWatcherTest, IsSilentOfOneThatGaveUpWhileItLooked) {
  watcher.watch(7);
  start(1);
  look.meanwhile = [this] { watcher.watch(0); };
  look.seen = waiting({41});
  second();
  EXPECT_TRUE(told.all<Blocked>().empty());
}

TEST_F(StatementWatcherTest, WaitedIsSinceItWasLastSeenAtWork) {
  watcher.watch(7);
  start(1);
  look.seen = working(100);
  second();
  second();
  look.seen = waiting({41});
  second();
  const auto blocked = told.all<Blocked>();
  ASSERT_EQ(blocked.size(), 1U);
  EXPECT_EQ(blocked[0].waited_ms, 1000U);
}

TEST_F(StatementWatcherTest, LetsAStatementGoOnUnwatchedThatCannotBeLookedAt) {
  watcher.watch(7);
  start(1);
  look.meanwhile = [] {
    throw core::Fault(core::ExitCode::unavailable, "too many connections", "");
  };
  second();
  second();
  EXPECT_EQ(look.looked_at.size(), 1U);
  EXPECT_TRUE(told.all<Progressed>().empty());
  look.meanwhile = nullptr;
  start(2);
  second();
  ASSERT_EQ(told.all<Progressed>().size(), 1U);
  EXPECT_EQ(told.all<Progressed>()[0].index, 2U);
}

}  // namespace
}  // namespace migrate::app
