#pragma once

#include <string>

#include "core/impact/impact.h"
#include "core/impact/risk.h"

// What is known of a plan's effect, in words for people. Nothing is escaped.
namespace migrate::output {

/// "INSTANT: reads and writes go on"; empty: nothing is worth saying.
std::string handling_text(const core::impact::Handling& handling);

/// "about 1,204,331 rows, 210 MiB"; "new"; empty: not known.
std::string size_text(const core::impact::TouchedTable& table);

/// "a moment", "about 3 min", "unknown".
std::string time_text(const core::estimate::Estimate& expected);
/// Of all of a plan: "about 3 min, and 2 statements of which nobody can tell".
std::string time_text(const core::impact::ExpectedTime& expected);

/// "connection 42, app@web1, for 3 s: holds a metadata lock on orders"
std::string holder_text(const core::Blocker& blocker);

/// "migrations/2_b.up.sql, statement 2"; empty: the plan as a whole.
std::string place_text(const core::impact::Impact& impact, const core::impact::Risk& risk);

/// The lower-case names of values: stable, as JSON has them.
std::string_view word(core::impact::Weight weight);
std::string_view word(core::impact::Handling::Kind kind);
std::string_view word(core::impact::Way::Rebuild rebuild);

}  // namespace migrate::output
