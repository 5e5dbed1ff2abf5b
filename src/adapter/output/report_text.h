#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/report.h"

namespace migrate::output {

/// What a run did, and for one that did not get through, why and what to do. The steps one by one
/// only where the live progress did not show them already: in a file, or when it is verbose.
std::string report_text(const core::RunReport& report, const Style& style,
                        const std::string& program);

}  // namespace migrate::output
