#include "online.h"

#include <fmt/format.h>

#include "adapter/dump/option_file.h"

namespace migrate::wiring {

std::optional<app::OnlineTool> online_tool_of(const config::Settings& settings,
                                              const core::ConnectionOptions& server) {
  using Use = config::OnlineSection::Use;
  const config::OnlineSection& section = settings.online;
  const bool is_private = settings.target == config::Target::sandbox;
  if (section.use == Use::off || (section.use == Use::unset && is_private)) return std::nullopt;
  app::OnlineTool tool;
  tool.command = section.command.value;
  if (section.above) tool.above = section.above->value;
  tool.values = {{"host", server.host},
                 {"port", fmt::format("{}", server.port)},
                 {"socket", server.socket},
                 {"user", server.user}};
  tool.option_file = [server](core::ServerFamily family) {
    return dump::option_file(server, family, server.tls.mode);
  };
  return tool;
}

}  // namespace migrate::wiring
