#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/status.h"

namespace migrate::output {

/// The table of `migrate status`, its line of totals, and what to type next.
std::string status_text(const core::Status& status, const Style& style, const std::string& program);

}  // namespace migrate::output
