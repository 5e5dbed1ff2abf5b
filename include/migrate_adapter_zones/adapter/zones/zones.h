#pragma once

#include <optional>
#include <string>

#include "core/guard/window.h"

namespace migrate::zones {

/// The rules of a zone of the system's time zone data ("Europe/Madrid"), as they are now. Nothing:
/// there is no such zone. Throws Fault(configuration) where the system has no such data.
std::optional<core::guard::ZoneRules> rules_of(const std::string& name);

}  // namespace migrate::zones
