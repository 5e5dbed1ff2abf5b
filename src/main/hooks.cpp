#include "hooks.h"

#include <fmt/format.h>

namespace migrate::wiring {

core::hook::Hooks hooks_of(const config::Settings& settings) {
  core::hook::Hooks hooks;
  for (const auto& [moment, command] : settings.hooks.commands)
    hooks.commands[moment] = command.value;
  if (settings.hooks.time_limit) hooks.time_limit = settings.hooks.time_limit->value;
  return hooks;
}

std::filesystem::path project_directory(const config::Settings& settings) {
  return settings.config_file ? settings.config_file->parent_path() : std::filesystem::path();
}

std::vector<std::pair<std::string, std::string>> variables_of(
    const config::Settings& settings, const core::ConnectionOptions& server) {
  const bool by_tcp = server.socket.empty();
  return {{"MIGRATE_CONFIG", settings.config_file ? settings.config_file->string() : ""},
          {"MIGRATE_ENV", settings.environment},
          {"MIGRATE_SCHEMA", server.schema},
          {"MIGRATE_HOST", by_tcp ? server.host : ""},
          {"MIGRATE_PORT", by_tcp ? fmt::format("{}", server.port) : ""},
          {"MIGRATE_SOCKET", server.socket},
          {"MIGRATE_USER", server.user}};
}

}  // namespace migrate::wiring
