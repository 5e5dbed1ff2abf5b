#include "manifest_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/fault.h"
#include "digest.h"

namespace migrate::files {
namespace {

using Json = nlohmann::ordered_json;
using core::backup::Manifest;

constexpr int format = 1;

std::string text_of(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string seal_of(const Json& backup) {
  Sha256 digest;
  digest.add(text_of(backup, -1));
  return digest.hex();
}

Json server_json(const core::backup::ServerIdentity& server) {
  return {{"family", server.family == core::ServerFamily::mariadb ? "mariadb" : "mysql"},
          {"version", server.version},
          {"id", server.id},
          {"schema", server.schema},
          {"charset", server.charset},
          {"collation", server.collation}};
}

core::backup::ServerIdentity parse_server(const Json& json) {
  return {.family = json.at("family") == "mariadb" ? core::ServerFamily::mariadb
                                                   : core::ServerFamily::mysql,
          .version = json.at("version").get<std::string>(),
          .id = json.at("id").get<std::string>(),
          .schema = json.at("schema").get<std::string>(),
          .charset = json.at("charset").get<std::string>(),
          .collation = json.at("collation").get<std::string>()};
}

/// As it was before somebody restored it.
Json made_json(const Manifest& manifest) {
  Json json{{"file", manifest.file},
            {"bytes", manifest.bytes},
            {"sha256", manifest.sha256},
            {"dump_bytes", manifest.dump_bytes},
            {"at", manifest.at},
            {"by", manifest.by},
            {"tool_version", manifest.tool_version},
            {"environment", manifest.environment},
            {"server", server_json(manifest.server)},
            {"dump_tool", manifest.dump_tool}};
  json["binary_log"] = Json();
  if (const auto& log = manifest.log)
    json["binary_log"] = {{"file", log->file}, {"position", log->position}, {"gtid", log->gtid}};
  json["why_no_binary_log"] = manifest.why_no_log;
  json["tables"] = Json::array();
  for (const core::backup::TableContent& table : manifest.tables) {
    json["tables"].push_back({{"table", table.name},
                              {"rows", table.rows},
                              {"columns", table.columns},
                              {"digest", table.digest}});
  }
  json["objects"] = Json::array();
  for (const core::backup::ObjectPrint& object : manifest.objects)
    json["objects"].push_back({{"object", object.object}, {"fingerprint", object.fingerprint}});
  json["snapshot"] = Json();
  if (const auto& snapshot = manifest.snapshot) {
    json["snapshot"] = {{"exit_code", snapshot->exit_code}, {"last_lines", snapshot->last_lines}};
  }
  json["warnings"] = manifest.warnings;
  return json;
}

Json backup_json(const Manifest& manifest) {
  Json json = made_json(manifest);
  json["verified"] = Json();
  if (const auto& verified = manifest.verified) {
    json["verified"] = {{"at", verified->at},
                        {"by", verified->by},
                        {"server", verified->server},
                        {"tool_version", verified->tool_version},
                        {"warnings", verified->warnings}};
  }
  return json;
}

Manifest parse_made(const Json& json) {
  Manifest manifest;
  manifest.file = json.at("file").get<std::string>();
  manifest.bytes = json.at("bytes").get<std::uint64_t>();
  manifest.sha256 = json.at("sha256").get<std::string>();
  manifest.dump_bytes = json.at("dump_bytes").get<std::uint64_t>();
  manifest.at = json.at("at").get<std::string>();
  manifest.by = json.at("by").get<std::string>();
  manifest.tool_version = json.at("tool_version").get<std::string>();
  manifest.environment = json.at("environment").get<std::string>();
  manifest.server = parse_server(json.at("server"));
  manifest.dump_tool = json.at("dump_tool").get<std::string>();
  if (const Json& log = json.at("binary_log"); !log.is_null()) {
    manifest.log = {.file = log.at("file").get<std::string>(),
                    .position = log.at("position").get<std::uint64_t>(),
                    .gtid = log.at("gtid").get<std::string>()};
  }
  manifest.why_no_log = json.at("why_no_binary_log").get<std::string>();
  for (const Json& table : json.at("tables")) {
    manifest.tables.push_back({.name = table.at("table").get<std::string>(),
                               .columns = table.at("columns").get<std::vector<std::string>>(),
                               .rows = table.at("rows").get<std::uint64_t>(),
                               .digest = table.at("digest").get<std::string>()});
  }
  for (const Json& object : json.at("objects")) {
    manifest.objects.push_back({.object = object.at("object").get<std::string>(),
                                .fingerprint = object.at("fingerprint").get<std::string>()});
  }
  if (const Json& snapshot = json.at("snapshot"); !snapshot.is_null()) {
    manifest.snapshot = {.exit_code = snapshot.at("exit_code").get<int>(),
                         .last_lines = snapshot.at("last_lines").get<std::vector<std::string>>()};
  }
  manifest.warnings = json.at("warnings").get<std::vector<std::string>>();
  return manifest;
}

Manifest parse_backup(const Json& json) {
  Manifest manifest = parse_made(json);
  if (const Json& verified = json.at("verified"); !verified.is_null()) {
    manifest.verified = {.at = verified.at("at").get<std::string>(),
                         .by = verified.at("by").get<std::string>(),
                         .server = verified.at("server").get<std::string>(),
                         .tool_version = verified.at("tool_version").get<std::string>(),
                         .warnings = verified.at("warnings").get<std::vector<std::string>>()};
  }
  return manifest;
}

core::Fault no_manifest(const std::string& path, const std::string& why) {
  return {core::ExitCode::configuration, fmt::format("{}: {}", path, why),
          "a backup is only worth something with the manifest that was made with it: migrate "
          "backup list"};
}

}  // namespace

std::string manifest_text(const Manifest& manifest) {
  const Json backup = backup_json(manifest);
  const Json file{{"migrate_backup", format}, {"seal", seal_of(backup)}, {"backup", backup}};
  return text_of(file, 2) + '\n';
}

Manifest read_manifest(const std::string& text, const std::string& path) {
  try {
    const Json json = Json::parse(text);
    if (json.at("migrate_backup") != format) {
      throw no_manifest(path,
                        fmt::format("a manifest in format {}; this version of migrate knows {}",
                                    json.at("migrate_backup").dump(), format));
    }
    if (seal_of(json.at("backup")) != json.at("seal").get<std::string>())
      throw no_manifest(path, "was changed after it was written");
    return parse_backup(json.at("backup"));
  } catch (const Json::exception&) {
    throw no_manifest(path, "is no manifest of a backup");
  }
}

}  // namespace migrate::files
