#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/world.h"
#include "core/plan.h"

namespace migrate::cli {

/// Adds to the warnings of a plan what the guards would say of its run. `frozen`: its hash.
void warn_of_guards(World& world, std::string_view command, core::Plan& plan,
                    port::Session& session,
                    const std::optional<std::string>& frozen = std::nullopt);

}  // namespace migrate::cli
