#pragma once

#include <nlohmann/json.hpp>

#include "core/lint/linter.h"

namespace migrate::output {

/// What a document of kind `lint` has beside its head (runbooks/json-output.md).
void add_lint(nlohmann::ordered_json& document, const core::lint::Report& report);

/// A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): every rule with its reason,
/// every finding, those that the files allow as suppressed.
nlohmann::ordered_json sarif_log(const core::lint::Report& report);

}  // namespace migrate::output
