#pragma once

#include <nlohmann/json.hpp>

#include "core/check/result.h"

namespace migrate::output {

/// One result as an object.
nlohmann::ordered_json check_result_json(const core::check::Result& result);

/// What a check is, as an object.
nlohmann::ordered_json check_json(const core::check::Check& check);

/// The fields of a look, behind those that every document has.
void add_look(nlohmann::ordered_json& document, const core::check::Look& look,
              const std::string& environment);

}  // namespace migrate::output
