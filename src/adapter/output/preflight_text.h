#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/preflight/preflight.h"

namespace migrate::output {

/// A line a thing that was looked at, below a refusal its way out, and what it comes to.
std::string preflight_text(const core::preflight::Preflight& preflight, const Style& style,
                           const std::string& program);

}  // namespace migrate::output
