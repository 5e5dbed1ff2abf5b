#include "adapter/output/progress.h"

#include <sstream>

#include <gtest/gtest.h>

#include "unit/adapter/output/samples.h"

namespace migrate::output {
namespace {

using std::chrono::seconds;

class HandClock : public port::Clock {
 public:
  std::chrono::steady_clock::time_point now() const override { return now_; }
  void sleep(std::chrono::milliseconds) const override {}
  void pass(seconds time) { now_ += time; }

 private:
  std::chrono::steady_clock::time_point now_;
};

class ProgressTest : public testing::Test {
 protected:
  std::unique_ptr<Progress> make(Medium medium, Verbosity verbosity = Verbosity::normal,
                                 std::size_t width = 80) {
    return make_progress(err_, {Colour::off, medium, width, verbosity}, clock_);
  }
  /// What was written since the last call.
  std::string written() {
    std::string text = err_.str();
    err_.str("");
    return text;
  }
  static core::event::StepStarted step() { return {samples::plan()[1].planned, 2}; }
  static core::event::StatementStarted statement() {
    return {3, 4, {99, 6, 1}, "UPDATE customers\nSET email = LOWER(email)"};
  }
  static core::event::StepDone step_done(core::Direction direction = core::Direction::up) {
    return {step().planned.step.id, step().planned.step.name, direction, 35'000};
  }

  std::ostringstream err_;
  HandClock clock_;
};

TEST_F(ProgressTest, WhatAHookSaysIsToldAndWhichOneRuns) {
  const core::hook::Call drain{core::hook::Moment::before_step, "./drain …", "2_prices"};
  const auto plain = make(Medium::file);
  plain->on(core::event::HookStarted{drain});
  EXPECT_EQ(written(), "");
  plain->on(core::event::ProgramSaid{"before_step", "3 workers\tleft\x1b[2J"});
  EXPECT_EQ(written(), "  before_step | 3 workers left\\x1b[2J\n");
  clock_.pass(seconds(11));
  plain->tick();
  EXPECT_EQ(written(), "  still running: before_step of 2_prices (./drain …), 11 s\n");
  plain->on(core::event::HookEnded{drain, {.words = "exit status 0"}});
  clock_.pass(seconds(100));
  plain->tick();
  EXPECT_EQ(written(), "");
}

TEST_F(ProgressTest, ACheckIsToldWhenItDoesNotHold) {
  const core::check::Look look = samples::look();
  const core::event::Checked holds{core::check::Moment::before, look.results[0]};
  const core::event::Checked fails{core::check::Moment::after, look.results[1]};
  for (const Verbosity verbosity : {Verbosity::quiet, Verbosity::normal}) {
    const auto progress = make(Medium::file, verbosity);
    progress->on(holds);
    progress->on(fails);
    EXPECT_EQ(written(), "✗ check after outbox-dead-letters: 240, expected <= 100\n");
  }
  make(Medium::file, Verbosity::verbose)->on(holds);
  EXPECT_EQ(written(), "✓ check before outbox-delivery-rate: 99.8, expected >= 90\n");
}

TEST_F(ProgressTest, LiveLineCountsUpAndIsErasedBeforeWhatStays) {
  const auto progress = make(Medium::terminal);
  progress->on(samples::run_started());
  progress->on(step());
  progress->on(statement());
  EXPECT_NE(written().find("2/4 20260107110000_backfill_customer_emails  statement 3 of 4, 0 s"),
            std::string::npos);
  progress->tick();
  EXPECT_EQ(written(), "");
  clock_.pass(seconds(3));
  progress->tick();
  EXPECT_EQ(
      written(),
      "\r\033[K2/4 20260107110000_backfill_customer_emails  statement 3 of 4, 3 s  UPDATE cus…");
  progress->on(step_done());
  EXPECT_EQ(written(), "\r\033[K✓ 20260107110000_backfill_customer_emails   35 ms\n");
}

TEST_F(ProgressTest, ALongStatementIsToldWithWhatTheServerSays) {
  core::event::Progressed progressed{};
  progressed.work = core::Work{.stage = 1, .stages = 2, .done = 30, .total = 100};
  progressed.pace = core::Pace{.per_second = 2.5, .left_s = 28};
  const std::string told = "10 s, stage 1 of 2, 30 %, 2.5 % a second, 28 s left";
  for (const Medium medium : {Medium::terminal, Medium::file}) {
    const auto progress = make(medium, Verbosity::normal, 200);
    progress->on(samples::run_started());
    progress->on(step());
    progress->on(statement());
    clock_.pass(seconds(10));
    progress->on(progressed);
    progress->tick();
    EXPECT_NE(written().find(told), std::string::npos);
    // Of the next statement nothing is known yet.
    progress->on(statement());
    clock_.pass(seconds(10));
    progress->tick();
    EXPECT_EQ(written().find("left"), std::string::npos);
  }
}

TEST_F(ProgressTest, APaceIsInWhatTheServerCounts) {
  core::event::Progressed progressed{};
  progressed.work = core::Work{.unit = core::Work::Unit::rows, .done = 3e5, .total = 1.2e6};
  progressed.pace = core::Pace{.per_second = 12345.6, .left_s = 73};
  const auto progress = make(Medium::file);
  const auto told = [&] {
    progress->on(statement());
    progress->on(progressed);
    clock_.pass(seconds(3));
    progress->tick();
    return written();
  };
  progress->on(step());
  EXPECT_NE(told().find(", 3 s, 25 %, 12,345 rows a second, 1 min 13 s left\n"), std::string::npos);
  progressed.waits_for_lock = true;
  EXPECT_NE(told().find(", 3 s, waiting for a lock\n"), std::string::npos);
}

TEST_F(ProgressTest, HowTheServerIsMadeToTellIsSaid) {
  core::event::Progressed progressed{};
  progressed.hint = "switch it on";
  make(Medium::file)->on(progressed);
  EXPECT_EQ(written(), "  switch it on\n");
  make(Medium::file, Verbosity::quiet)->on(progressed);
  EXPECT_EQ(written(), "");
}

TEST_F(ProgressTest, LiveLineIsClearedWhenTheRunEndsWithoutAnEvent) {
  auto progress = make(Medium::terminal);
  progress->on(step());
  written();
  progress.reset();
  EXPECT_EQ(written(), "\r\033[K");
}

TEST_F(ProgressTest, LiveLineNamesTheHolderOfTheLock) {
  const auto progress = make(Medium::terminal);
  progress->on(core::event::LockWaiting{{42, "app", "web1", "2026-01-05 09:00:00"}, 10});
  clock_.pass(seconds(4));
  progress->tick();
  EXPECT_NE(written().find("waiting for the lock, 4 s of 10 s: held by connection 42 (app@web1"),
            std::string::npos);
}

TEST_F(ProgressTest, PlainLinesSayWhatAnOrphanDoesAndWhetherItIsToEnd) {
  const auto progress = make(Medium::file);
  core::event::OrphanWaiting waiting{.orphan = {.connection_id = 63,
                                                .statement = "ALTER TABLE orders\n  ADD KEY (a)",
                                                .age_s = 412,
                                                .progress = "43 %"},
                                     .waited_s = 20,
                                     .timeout_s = 600};
  progress->on(waiting);
  waiting.ended = true;
  progress->on(waiting);
  EXPECT_EQ(written(),
            "orphan: connection 63 still runs a statement of a run that is dead, for 412 s (43 %): "
            "ALTER TABLE orders ADD KEY (a); waiting for its end, 20 of 600 s (--kill-orphan ends "
            "it)\n"
            "orphan: connection 63 still runs a statement of a run that is dead, for 412 s (43 %): "
            "ALTER TABLE orders ADD KEY (a); told to end, waiting until the server has undone it, "
            "20 of 600 s\n");
}

TEST_F(ProgressTest, PlainLinesHoldNoControlCharacters) {
  const auto progress = make(Medium::file);
  progress->on(core::event::LockWaiting{{42, "app", "web1", ""}, 10});
  progress->on(samples::run_started());
  progress->on(step());
  progress->on(statement());
  progress->on(step_done(core::Direction::down));
  EXPECT_EQ(written(),
            "waiting for the lock, up to 10 s: held by connection 42 (app@web1)\n"
            "up on shop, MariaDB 10.11.6, as deploy@%: 4 steps, 11 statements\n"
            "↩ 20260107110000_backfill_customer_emails   35 ms\n");
}

TEST_F(ProgressTest, PlainSaysStillRunningAtLongerAndLongerIntervals) {
  const auto progress = make(Medium::file);
  progress->on(step());
  progress->on(statement());
  clock_.pass(seconds(2));
  progress->tick();
  EXPECT_EQ(written(), "");
  clock_.pass(seconds(1));
  progress->tick();
  progress->tick();
  EXPECT_EQ(written(),
            "  still running: 20260107110000_backfill_customer_emails, "
            "migrations/20260107110000_backfill_customer_emails.up.sql:6, statement 3 of 4, 3 s\n");
  std::vector<int> told;
  for (int passed = 3; passed < 200; ++passed) {
    progress->tick();
    if (!written().empty()) told.push_back(passed);
    clock_.pass(seconds(1));
  }
  EXPECT_EQ(told, (std::vector{10, 30, 60, 120, 180}));
  progress->on(core::event::StatementDone{3, 0, 0, 1});
  clock_.pass(seconds(600));
  progress->tick();
  EXPECT_EQ(written(), "");
}

TEST_F(ProgressTest, QuietOnlyWarns) {
  const auto progress = make(Medium::terminal, Verbosity::quiet);
  progress->on(samples::run_started());
  progress->on(step());
  progress->on(statement());
  progress->on(core::event::Warned{"odd"});
  progress->on(step_done());
  EXPECT_EQ(written(), "warning: odd\n");
}

TEST_F(ProgressTest, VerboseShowsEachStatement) {
  const auto progress = make(Medium::file, Verbosity::verbose);
  progress->on(step());
  written();
  progress->on(statement());
  progress->on(core::event::StatementDone{3, 1'204, 2, 1'200'000});
  EXPECT_EQ(
      written(),
      "    line 6: UPDATE customers SET email = LOWER(email)  1.2 s, 1,204 rows, 2 warnings\n");
}

TEST_F(ProgressTest, TheTickingThreadEndsWithItsSink) {
  auto sink = make_ticking(make(Medium::terminal));
  sink->on(step());
  sink.reset();
  written();
  EXPECT_EQ(written(), "");
}

}  // namespace
}  // namespace migrate::output
