#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "adapter/config/settings.h"
#include "core/connection.h"
#include "core/hook/hook.h"

namespace migrate::wiring {

core::hook::Hooks hooks_of(const config::Settings& settings);

/// Of migrate.yaml: in which the commands that stand in it run. Empty: there is none.
std::filesystem::path project_directory(const config::Settings& settings);

/// What such a command is told of the environment, in the variables that another `migrate` reads;
/// nothing that is a secret.
std::vector<std::pair<std::string, std::string>> variables_of(
    const config::Settings& settings, const core::ConnectionOptions& server);

}  // namespace migrate::wiring
