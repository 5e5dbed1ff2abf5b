#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/outlook.h"
#include "core/guard/verdict.h"

namespace migrate::core::guard {

/// Hours of some days of the week, by the clock on the wall.
struct Window {
  std::array<bool, 7> days{};    ///< Sunday first; the day on which it opens
  std::chrono::minutes from{0};  ///< since midnight
  std::chrono::minutes to{0};    ///< not behind `from`: on the day after
};

/// "fri", "mon-fri", "sat,sun", "fri-mon", "daily".
std::optional<std::array<bool, 7>> parse_days(std::string_view text);
/// "22:00"; up to "24:00".
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

/// What a time zone says. Thread-safe if its functions are.
struct ZoneRules {
  std::string name;
  std::function<std::chrono::local_seconds(std::chrono::sys_seconds)> local;
  /// Of a time that comes twice the first, of one that is left out the moment at which it is.
  std::function<std::chrono::sys_seconds(std::chrono::local_seconds)> instant;
};

/// Of all windows together: those that touch are one.
struct WindowState {
  bool open = false;
  /// When it closes, or opens; nothing: not within a week.
  std::optional<std::chrono::sys_seconds> until;
};

WindowState window_state(std::chrono::sys_seconds now, const std::vector<Window>& windows,
                         const ZoneRules& zone);

/// What makes a table large.
struct LargeTable {
  std::uint64_t rows = 1'000'000;
  std::uint64_t bytes = std::uint64_t{1} << 30U;

  bool is(const estimate::TableSize& size) const {
    return size.rows >= rows || size.bytes() >= bytes;
  }
};

/// What may run outside of the windows.
enum class Outside {
  allow,   ///< statements that are at no large table
  refuse,  ///< nothing
};

struct WindowPolicy {
  std::vector<Window> windows;
  LargeTable large;
  Outside outside = Outside::allow;
};

/// A statement that wants a window.
struct LargeStatement {
  std::string where;  ///< "migrations/2_tidy.up.sql:3"
  std::string what;   ///< "orders, 1,200,000 rows, 1.2 GiB"
};

/// Why a statement wants a window, in words: it is at a large table, or nobody knows what it is at.
/// Nothing: it does not.
std::optional<std::string> wants_window(const estimate::StatementWork& work,
                                        const std::vector<estimate::TableSize>& sizes,
                                        const LargeTable& large);

struct WindowFacts {
  std::chrono::sys_seconds now;
  std::vector<LargeStatement> large;
  std::chrono::milliseconds known{0};  ///< that all of it may take
  std::uint64_t unknown = 0;           ///< statements of which nobody knows
};

Verdict window_verdict(const WindowFacts& facts, const WindowPolicy& policy, const ZoneRules& zone);

/// In front of a statement in the middle of a run, which must not begin: the window has closed, or
/// would before its end. Nothing: it may.
std::optional<std::string> window_in_the_way(std::chrono::sys_seconds now,
                                             const std::optional<std::string>& wants,
                                             const estimate::Estimate& estimate,
                                             const WindowPolicy& policy, const ZoneRules& zone);

/// "Sun 2026-11-29 22:00 (Europe/Madrid)"
std::string wall_text(std::chrono::sys_seconds instant, const ZoneRules& zone);
/// "it opens Sun …", or that it does not.
std::string opens_text(const WindowState& closed, const ZoneRules& zone);

}  // namespace migrate::core::guard
