#pragma once

#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "port/presenter.h"

namespace migrate::output {

/// The plan step by step, statement by statement, and its totals.
std::string plan_text(const std::vector<port::PlanView>& steps,
                      const std::vector<std::string>& warnings, const port::FrozenFile* frozen,
                      const Style& style, const std::string& program);

}  // namespace migrate::output
