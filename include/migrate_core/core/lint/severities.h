#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/lint/severity.h"

namespace migrate::core::lint {

/// What a rule's findings count as, instead of what the rule says; nothing: it is off.
using Severities = std::map<std::string, std::optional<Severity>, std::less<>>;

/// What a rule's findings count as: `own`, unless it is set. Nothing: it is off.
std::optional<Severity> severity_of(const Severities& set, std::string_view rule, Severity own);

}  // namespace migrate::core::lint
