#pragma once

#include <nlohmann/json.hpp>

#include "core/audit/audit.h"
#include "port/presenter.h"

namespace migrate::output {

/// What a document of kind `audit` has beside its head (runbooks/json-output.md). `fix`: null,
/// unless a step was asked for.
void add_audit(nlohmann::ordered_json& document, const core::audit::Report& report,
               const port::AuditFix* fix);

}  // namespace migrate::output
