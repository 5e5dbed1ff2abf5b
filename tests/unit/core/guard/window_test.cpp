#include "core/guard/window.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapter/zones/zones.h"

namespace migrate::core::guard {
namespace {

using std::chrono::sys_seconds;
using ::testing::HasSubstr;
using Outcome = Verdict::Outcome;

const ZoneRules& madrid() {
  static const ZoneRules rules = zones::rules_of("Europe/Madrid").value();
  return rules;
}

/// "2026-11-27 21:30" in UTC.
sys_seconds utc(const std::string& text) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  std::sscanf(text.c_str(), "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute);
  return std::chrono::sys_days(std::chrono::year(year) / month / day) + std::chrono::hours(hour) +
         std::chrono::minutes(minute);
}

Window window(const std::string& days, const std::string& from, const std::string& to) {
  return {.days = parse_days(days).value(),
          .from = parse_time_of_day(from).value(),
          .to = parse_time_of_day(to).value()};
}

struct Case {
  const char* what;
  std::vector<Window> windows;
  const char* now;    ///< UTC
  const char* until;  ///< on the wall in Madrid, without zone
  bool open;
};

// In Madrid the clocks went from 2:00 to 3:00 on Sunday 2026-03-29, and go from 3:00 back to 2:00
// on Sunday 2026-10-25.
const std::vector<Case> cases{
    {"in it", {window("fri", "22:00", "23:00")}, "2026-11-27 21:30", "Fri 2026-11-27 23:00", true},
    {"its first moment counts",
     {window("fri", "22:00", "23:00")},
     "2026-11-27 21:00",
     "Fri 2026-11-27 23:00",
     true},
    {"its last does not",
     {window("fri", "22:00", "23:00")},
     "2026-11-27 22:00",
     "Fri 2026-12-04 22:00",
     false},
    {"over midnight, before it",
     {window("mon-fri", "22:00", "04:00")},
     "2026-11-27 22:30",
     "Sat 2026-11-28 04:00",
     true},
    {"over midnight, behind it, on a day that has none",
     {window("mon-fri", "22:00", "04:00")},
     "2026-11-28 02:30",
     "Sat 2026-11-28 04:00",
     true},
    {"the weekend is skipped",
     {window("mon-fri", "22:00", "04:00")},
     "2026-11-28 10:00",
     "Mon 2026-11-30 22:00",
     false},
    {"the week wraps",
     {window("sat-mon", "10:00", "12:00")},
     "2026-11-29 09:30",
     "Sun 2026-11-29 12:00",
     true},
    {"windows that touch are one",
     {window("fri", "22:00", "24:00"), window("sat", "00:00", "03:00")},
     "2026-11-27 22:30",
     "Sat 2026-11-28 03:00",
     true},
    {"one that begins in the hour that is left out begins behind it",
     {window("sun", "02:30", "05:00")},
     "2026-03-29 00:30",
     "Sun 2026-03-29 03:00",
     false},
    {"and is open from there",
     {window("sun", "02:30", "05:00")},
     "2026-03-29 01:00",
     "Sun 2026-03-29 05:00",
     true},
    {"one that lies in it does not open that day",
     {window("sun", "02:10", "02:50")},
     "2026-03-28 23:00",
     "Sun 2026-04-05 02:10",
     false},
    {"one over the hour that comes twice is an hour longer",
     {window("sun", "01:00", "04:00")},
     "2026-10-25 02:59",
     "Sun 2026-10-25 04:00",
     true},
    {"a time that comes twice is the first of both",
     {window("sun", "01:00", "02:30")},
     "2026-10-25 00:29",
     "Sun 2026-10-25 02:30",
     true},
    {"and not the second",
     {window("sun", "01:00", "02:30")},
     "2026-10-25 01:15",
     "Sun 2026-11-01 01:00",
     false},
};

TEST(WindowState, ByTheClockOnTheWall) {
  for (const Case& one : cases) {
    const WindowState state = window_state(utc(one.now), one.windows, madrid());
    EXPECT_EQ(state.open, one.open) << one.what;
    ASSERT_TRUE(state.until) << one.what;
    EXPECT_EQ(wall_text(*state.until, madrid()), std::string(one.until) + " (Europe/Madrid)")
        << one.what;
  }
}

TEST(WindowState, WithoutWindowsNeverOpens) {
  const WindowState state = window_state(utc("2026-11-27 21:30"), {}, madrid());
  EXPECT_FALSE(state.open);
  EXPECT_FALSE(state.until);
}

TEST(WindowWords, DaysAndTimesThatAreNone) {
  for (const char* days : {"", "monday", "mon-", "fri,,sat", "Mon"})
    EXPECT_FALSE(parse_days(days)) << days;
  for (const char* time : {"", "22", "24:01", "22:60", "2:00", "22:0x", "-1:00"})
    EXPECT_FALSE(parse_time_of_day(time)) << time;
}

TEST(ZoneRules, OfAZoneThatIsNone) {
  EXPECT_FALSE(zones::rules_of("Europe/Nowhere"));
}

class WindowGuard : public ::testing::Test {
 protected:
  Verdict at(const std::string& now) {
    facts_.now = utc(now);
    return window_verdict(facts_, policy_, madrid());
  }

  WindowPolicy policy_{.windows = {window("fri", "22:00", "23:00")}};
  WindowFacts facts_{.now = {},
                     .large = {{.where = "migrations/2.up.sql:3", .what = "orders, 1.2 GiB"}}};
};

TEST_F(WindowGuard, SaysWhenItOpensAndWhy) {
  const Verdict verdict = at("2026-11-27 20:00");
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw,
            "the window is closed, it opens Fri 2026-11-27 22:00 (Europe/Madrid); "
            "migrations/2.up.sql:3 is at orders, 1.2 GiB");
  EXPECT_EQ(verdict.way_out, "wait for it: migrate up --wait-for-window");
  facts_.large.push_back({.where = "migrations/3.up.sql:1", .what = "teas, 2.0 GiB"});
  EXPECT_TRUE(at("2026-11-27 20:00").saw.ends_with("is at orders, 1.2 GiB, and 1 more statement"));
}

TEST_F(WindowGuard, LetsSmallTablesPassOutsideUnlessToldOtherwise) {
  facts_.large.clear();
  EXPECT_EQ(at("2026-11-27 20:00").outcome, Outcome::passed);
  policy_.outside = Outside::refuse;
  EXPECT_EQ(at("2026-11-27 20:00").outcome, Outcome::refused);
  EXPECT_EQ(at("2026-11-27 21:00").outcome, Outcome::passed);
}

TEST_F(WindowGuard, RefusesWhatWouldNotEndInIt) {
  facts_.known = std::chrono::minutes(30);
  EXPECT_EQ(at("2026-11-27 21:30").outcome, Outcome::passed);
  const Verdict verdict = at("2026-11-27 21:31");
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_THAT(verdict.saw, HasSubstr("in 29 min, and the run may take 30 min"));
}

TEST_F(WindowGuard, WarnsOfWhatNobodyKnows) {
  facts_.unknown = 1;
  const Verdict verdict = at("2026-11-27 21:30");
  EXPECT_EQ(verdict.outcome, Outcome::warned);
  EXPECT_THAT(verdict.saw, HasSubstr("and what 1 statement more takes, which nobody knows"));
}

TEST_F(WindowGuard, InTheMiddleOfARunLooksAtTheNextStatementAlone) {
  const estimate::Estimate half_an_hour{.time = std::chrono::minutes(30), .basis = "as ever"};
  const auto in_the_way = [&](const std::string& now, const std::optional<std::string>& wants) {
    return window_in_the_way(utc(now), wants, half_an_hour, policy_, madrid());
  };
  EXPECT_FALSE(in_the_way("2026-11-27 21:30", "orders"));
  EXPECT_THAT(in_the_way("2026-11-27 21:31", "orders").value_or(""),
              HasSubstr("may take 30 min (as ever)"));
  EXPECT_THAT(
      in_the_way("2026-11-27 22:00", "orders").value_or(""),
      HasSubstr("the window has closed, and it is at orders; it opens Fri 2026-12-04 22:00"));
  EXPECT_FALSE(in_the_way("2026-11-27 22:00", std::nullopt)) << "at a small table";
}

TEST(LargeTable, ByRowsOrBytesAndWhereNobodyKnows) {
  using estimate::Work;
  const LargeTable large{.rows = 1000, .bytes = 5000};
  const auto sizes = [](std::uint64_t rows, std::uint64_t bytes) {
    return std::vector<estimate::TableSize>{
        {.table = {.name = "t"}, .rows = rows, .data_bytes = bytes}};
  };
  const estimate::StatementWork work{.work = Work::table, .tables = {{.name = "t"}}};
  EXPECT_EQ(wants_window(work, sizes(1000, 1), large), "t, about 1,000 rows, 1 bytes");
  EXPECT_TRUE(wants_window(work, sizes(1, 5000), large));
  EXPECT_FALSE(wants_window(work, sizes(999, 4999), large));
  EXPECT_FALSE(wants_window(work, {}, large)) << "a new table";
  EXPECT_TRUE(wants_window({.work = Work::rows}, {}, large)) << "a CALL";
}

}  // namespace
}  // namespace migrate::core::guard
