#include "core/guard/window.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "core/backup/manifest.h"
#include "core/counted.h"
#include "core/guard/name.h"

namespace migrate::core::guard {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::sys_seconds;

constexpr std::array<std::string_view, 7> day_names{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat"};
constexpr std::array<std::string_view, 7> shown_days{"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
constexpr minutes whole_day{24 * 60};

std::optional<std::size_t> day_named(std::string_view name) {
  const auto found = std::ranges::find(day_names, name);
  if (found == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_names.begin());
}

struct Opening {
  sys_seconds from;
  sys_seconds to;
};

/// From yesterday, whose window may reach into today, to the same day of next week.
std::vector<Opening> openings(sys_seconds now, const std::vector<Window>& windows,
                              const ZoneRules& zone) {
  constexpr int week_and_a_day = 8;
  std::vector<Opening> all;
  const local_days today = std::chrono::floor<days>(zone.local(now));
  for (int i = -1; i <= week_and_a_day; ++i) {
    const local_days day = today + days(i);
    const unsigned weekday = std::chrono::weekday(day).c_encoding();
    for (const Window& window : windows) {
      if (!window.days.at(weekday)) continue;
      const minutes to = window.to > window.from ? window.to : window.to + whole_day;
      const Opening one{zone.instant(day + window.from), zone.instant(day + to)};
      // In the hour that is left out nothing opens.
      if (one.from < one.to) all.push_back(one);
    }
  }
  std::ranges::sort(all, {}, &Opening::from);
  std::vector<Opening> merged;
  for (const Opening& one : all) {
    if (!merged.empty() && one.from <= merged.back().to) {
      merged.back().to = std::max(merged.back().to, one.to);
    } else {
      merged.push_back(one);
    }
  }
  return merged;
}

std::string first_of(const std::vector<LargeStatement>& large) {
  const std::string more =
      large.size() == 1 ? "" : ", and " + counted(large.size() - 1, "more statement");
  return fmt::format("{} is at {}{}", large.front().where, large.front().what, more);
}

}  // namespace

std::optional<std::array<bool, 7>> parse_days(std::string_view text) {
  std::array<bool, 7> chosen{};
  if (text == "daily") {
    chosen.fill(true);
    return chosen;
  }
  for (;;) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    const std::size_t dash = part.find('-');
    const auto first = day_named(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_named(part.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    for (std::size_t day = *first;; day = (day + 1) % chosen.size()) {
      chosen.at(day) = true;
      if (day == *last) break;
    }
    if (comma == std::string_view::npos) return chosen;
    text.remove_prefix(comma + 1);
  }
}

std::optional<minutes> parse_time_of_day(std::string_view text) {
  constexpr std::size_t length = 5;
  if (text.size() != length || text[2] != ':') return std::nullopt;
  const auto two = [text](std::size_t at) -> std::optional<int> {
    int value = 0;
    const char* const end = text.data() + at + 2;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc() || stop != end || value < 0) return std::nullopt;
    return value;
  };
  const auto hour = two(0);
  const auto minute = two(3);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const minutes time = std::chrono::hours(*hour) + minutes(*minute);
  if (time > whole_day) return std::nullopt;
  return time;
}

WindowState window_state(sys_seconds now, const std::vector<Window>& windows,
                         const ZoneRules& zone) {
  for (const Opening& one : openings(now, windows, zone)) {
    if (one.to <= now) continue;
    return one.from <= now ? WindowState{.open = true, .until = one.to}
                           : WindowState{.open = false, .until = one.from};
  }
  return {};
}

std::optional<std::string> wants_window(const estimate::StatementWork& work,
                                        const std::vector<estimate::TableSize>& sizes,
                                        const LargeTable& large) {
  if (work.work == estimate::Work::rows && work.tables.empty())
    return "tables that its text does not tell";
  for (const ObjectName& table : work.tables) {
    const auto* size = estimate::size_of(table, sizes);
    if (size != nullptr && large.is(*size))
      return fmt::format("{}, about {}, {}", table.name, counted(size->rows, "row"),
                         backup::size_text(size->bytes()));
  }
  return std::nullopt;
}

std::string wall_text(sys_seconds instant, const ZoneRules& zone) {
  const auto local = zone.local(instant);
  const local_days day = std::chrono::floor<days>(local);
  const std::chrono::year_month_day date(day);
  const auto time = std::chrono::duration_cast<minutes>(local - day);
  return fmt::format(
      "{} {}-{:02}-{:02} {:02}:{:02} ({})", shown_days.at(std::chrono::weekday(day).c_encoding()),
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), time.count() / 60, time.count() % 60, zone.name);
}

std::string opens_text(const WindowState& closed, const ZoneRules& zone) {
  return closed.until ? "it opens " + wall_text(*closed.until, zone) : "it does not open this week";
}

Verdict window_verdict(const WindowFacts& facts, const WindowPolicy& policy,
                       const ZoneRules& zone) {
  Verdict verdict{.guard = std::string(name_of(Name::window))};
  if (facts.large.empty() && policy.outside == Outside::allow) {
    verdict.saw = "no statement is at a large table";
    return verdict;
  }
  const WindowState state = window_state(facts.now, policy.windows, zone);
  const std::string why =
      facts.large.empty() ? "nothing runs outside of it" : first_of(facts.large);
  const std::string wait = "wait for it: migrate up --wait-for-window";
  if (!state.open) {
    verdict.outcome = Verdict::Outcome::refused;
    verdict.saw = fmt::format("the window is closed, {}; {}", opens_text(state, zone), why);
    verdict.way_out = wait;
    return verdict;
  }
  const auto left = *state.until - facts.now;
  const std::string closes = "the window closes " + wall_text(*state.until, zone);
  if (facts.known > left) {
    verdict.outcome = Verdict::Outcome::refused;
    verdict.saw = fmt::format("{}, in {}, and the run may take {}; {}", closes,
                              estimate::time_text(left), estimate::time_text(facts.known), why);
    verdict.way_out = "begin when there is more time, or take fewer steps: migrate up --steps 1";
    return verdict;
  }
  verdict.saw = fmt::format("{}; the run may take {}", closes, estimate::time_text(facts.known));
  if (facts.unknown > 0) {
    verdict.outcome = Verdict::Outcome::warned;
    verdict.saw +=
        fmt::format(" and what {} statement{} more take{}, which nobody knows", facts.unknown,
                    facts.unknown == 1 ? "" : "s", facts.unknown == 1 ? "s" : "");
  }
  return verdict;
}

std::optional<std::string> window_in_the_way(sys_seconds now,
                                             const std::optional<std::string>& wants,
                                             const estimate::Estimate& estimate,
                                             const WindowPolicy& policy, const ZoneRules& zone) {
  if (!wants && policy.outside == Outside::allow) return std::nullopt;
  const WindowState state = window_state(now, policy.windows, zone);
  const std::string what = wants ? ", and it is at " + *wants : "";
  if (!state.open) return fmt::format("the window has closed{}; {}", what, opens_text(state, zone));
  const auto left = *state.until - now;
  if (!estimate.time || *estimate.time <= left) return std::nullopt;
  return fmt::format("it may take {} ({}), and the window closes {}, in {}",
                     estimate::time_text(*estimate.time), estimate.basis,
                     wall_text(*state.until, zone), estimate::time_text(left));
}

}  // namespace migrate::core::guard
