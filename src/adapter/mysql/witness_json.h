#pragma once

#include <string>
#include <vector>

#include "core/witness.h"

namespace migrate::mysql {

/// The witnesses of an intent as the journal keeps them: JSON in ASCII, empty for none.
std::string witness_json(const std::vector<core::Witness>& witnesses);

/// Throws Fault(configuration) for what migrate never wrote.
std::vector<core::Witness> parse_witness_json(const std::string& text);

}  // namespace migrate::mysql
