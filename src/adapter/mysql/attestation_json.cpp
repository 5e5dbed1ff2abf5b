#include "attestation_json.h"

#include <nlohmann/json.hpp>

#include "core/fault.h"

namespace migrate::mysql {
namespace {

using Json = nlohmann::json;

core::Checksum checksum(const Json& json) {
  return {.rule = json.at("rule").get<std::string>(), .hex = json.at("hex").get<std::string>()};
}

}  // namespace

std::optional<core::rehearsal::Attestation> parse_attestation_json(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("format") != 1) return std::nullopt;
    core::rehearsal::Attestation attestation{
        .up = checksum(json.at("up")),
        .family = json.at("family") == "mariadb" ? core::ServerFamily::mariadb
                                                 : core::ServerFamily::mysql,
        .version = json.at("version").get<std::string>(),
        .origin = json.at("origin").get<std::string>(),
        .rows = json.at("rows").get<std::string>(),
        .proven = json.at("proven").get<std::vector<std::string>>()};
    if (!json.at("down").is_null()) attestation.down = checksum(json.at("down"));
    return attestation;
  } catch (const Json::exception&) {
    throw core::Fault(core::ExitCode::configuration,
                      "the history's table migrate_log holds an attestation that migrate never "
                      "wrote",
                      "find out who changed the table migrate_log");
  }
}

}  // namespace migrate::mysql
