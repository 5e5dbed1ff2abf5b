#pragma once

#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "core/event.h"
#include "port/presenter.h"

namespace migrate::output {

/// The look as a table, what is wrong in full, totals. While watching: from the second look on a
/// line for each check that changed, or that nothing did. Quiet: only what does not hold.
std::string check_text(const core::check::Look& look, const port::CheckView& view,
                       const Style& style);

/// A table of checks; of one alone everything.
std::string check_list_text(const std::vector<core::check::Check>& checks, const Style& style,
                            const std::string& program);

/// "✗ check outbox-dead-letters: 5, expected <= 3"
std::string check_line(const core::event::Checked& checked, const Style& style);

/// What an `up` whose last checks found something tells about it: empty when they did not.
std::string failed_checks_text(const std::vector<core::event::Checked>& checks, const Style& style,
                               const std::string& program);

}  // namespace migrate::output
