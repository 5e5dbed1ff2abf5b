#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/rehearsal/verification.h"

namespace migrate::output {

/// What a rehearsal showed, for people.
std::string verification_text(const core::rehearsal::Verification& verification, const Style& style,
                              const std::string& program);

}  // namespace migrate::output
