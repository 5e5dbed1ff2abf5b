#include "core/rehearsal/reach.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "app/rehearsal/verify.h"

namespace migrate::app {

std::optional<core::Refusal> refuse_reaching_out(const std::vector<core::Step>& steps,
                                                 port::StepSource& source,
                                                 const std::vector<std::string>& schemas,
                                                 OnServer server) {
  const auto look_at = [&](const core::ScriptFile& file) -> std::optional<core::Refusal> {
    const auto stream = source.open(file);
    while (const auto numbered = stream->next()) {
      std::string why = core::rehearsal::reaches_schema(numbered->statement, schemas);
      if (why.empty() && server == OnServer::real)
        why = core::rehearsal::reaches_server(numbered->statement);
      if (why.empty()) continue;
      return core::Refusal{
          .reason = fmt::format("{}:{}: {}; a rehearsal must not reach out of its scratch schema",
                                file.path, numbered->statement.position.line, why),
          .way_out = server == OnServer::real
                         ? "leave the name of the schema out, or rehearse on the private server: "
                           "without --on"
                         : "leave the name of the schema out: a step is for whatever schema it is "
                           "applied to",
          .detail = numbered->statement.text.substr(0, core::failed_text_bytes)};
    }
    return std::nullopt;
  };
  for (const core::Step& step : steps) {
    if (auto refusal = look_at(step.up)) return refusal;
    if (!step.down) continue;
    if (auto refusal = look_at(*step.down)) return refusal;
  }
  return std::nullopt;
}

}  // namespace migrate::app
