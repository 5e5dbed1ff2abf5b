#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/witness.h"

namespace migrate::mysql {

/// Witnesses as the journal keeps them: a JSON array with an object for each, or nothing for none.
std::string witness_json(const std::vector<core::Witness>& witnesses);

/// Throws Fault(configuration) for what witness_json() never wrote.
std::vector<core::Witness> parse_witnesses(std::string_view json);

}  // namespace migrate::mysql
