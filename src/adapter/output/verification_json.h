#pragma once

#include <nlohmann/json.hpp>

#include "core/rehearsal/verification.h"

namespace migrate::output {

/// What a rehearsal showed, without the head of the document.
nlohmann::ordered_json verification_json(const core::rehearsal::Verification& verification);

}  // namespace migrate::output
