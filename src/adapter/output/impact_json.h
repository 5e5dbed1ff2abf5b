#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "core/impact/impact.h"
#include "core/impact/risk.h"

namespace migrate::output {

/// Adds to a statement of a plan what is known of it.
void add_impact(nlohmann::ordered_json& statement, const core::impact::StatementImpact& impact);

nlohmann::ordered_json impact_json(const core::impact::Impact& impact,
                                   const std::vector<core::impact::Risk>& risks);

}  // namespace migrate::output
