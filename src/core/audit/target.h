#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/audit/audit.h"
#include "core/audit/facts.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

/// What statements can make of the schema.
struct Target {
  Facts facts;
  /// By rule and object: why it stays as it is.
  std::map<std::pair<std::string, std::string>, std::string> obstacles;
};

Target target_of(const Facts& facts, const Policy& policy, const Report& report);

}  // namespace migrate::core::audit
