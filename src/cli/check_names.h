#pragma once

#include <string>
#include <vector>

#include "core/check/check.h"

namespace migrate::cli {

/// Throws Fault(usage), with the name that was most likely meant, when there is none.
const core::check::Check& check_named(const std::vector<core::check::Check>& checks,
                                      const std::string& name);

}  // namespace migrate::cli
