#pragma once

#include <optional>
#include <string>

#include "core/rehearsal/attestation.h"

namespace migrate::mysql {

/// What core::rehearsal::attestation_json() wrote; nothing for a later format of it. Throws
/// Fault(configuration) for what migrate never wrote.
std::optional<core::rehearsal::Attestation> parse_attestation_json(const std::string& text);

}  // namespace migrate::mysql
