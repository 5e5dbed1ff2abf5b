#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "port/presenter.h"

namespace migrate::output {

/// How its statements are committed: "one transaction, all or nothing".
std::string commit_text(const core::Script& script);

/// "2 steps, 5 statements: 3 schema, 2 data".
std::string totals(const std::vector<port::PlanView>& steps);

/// How many versioned steps of the plan, from its end, `down` can undo.
std::size_t steps_with_a_way_back(const std::vector<port::PlanView>& steps);

/// The plan step by step, statement by statement, what it does to the server, and its totals.
std::string plan_text(const port::PlanShown& plan, const Style& style, const std::string& program);

}  // namespace migrate::output
