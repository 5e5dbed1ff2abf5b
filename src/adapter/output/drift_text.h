#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/schema/drift.h"

namespace migrate::output {

/// Each object that differs, what differs in it, and at the end the statements that would bring the
/// schema back.
std::string drift_text(const core::schema::Drift& drift, const Style& style,
                       const std::string& program);

}  // namespace migrate::output
