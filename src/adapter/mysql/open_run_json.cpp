#include "open_run_json.h"

#include <nlohmann/json.hpp>

#include "core/fault.h"
#include "words.h"

namespace migrate::mysql {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const core::ObjectName& object) {
  return Json::array({word(object.kind), object.schema, object.name});
}

core::ObjectName object_of(const Json& json) {
  return {.kind = parse_object_kind(json.at(0).get<std::string>()),
          .schema = json.at(1).get<std::string>(),
          .name = json.at(2).get<std::string>()};
}

}  // namespace

std::string open_run_json(const core::journal::SchemaOpened& write) {
  Json run = Json::object();
  if (write.objects) {
    run["objects"] = Json::array();
    for (const core::ObjectName& object : *write.objects) run["objects"].push_back(json_of(object));
  }
  run["standing"] = Json::array();
  for (const core::schema::StandingDrift& drift : write.standing) {
    run["standing"].push_back(
        {{"object", json_of(drift.object)}, {"fingerprint", drift.fingerprint}});
  }
  constexpr bool ascii = true;
  return run.dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

core::OpenRun parse_open_run_json(std::string_view run_id, std::string_view text) {
  core::OpenRun run{.run_id = std::string(run_id)};
  if (text.empty()) return run;
  try {
    const Json json = Json::parse(text);
    if (const auto objects = json.find("objects"); objects != json.end()) {
      run.objects.emplace();
      for (const Json& object : *objects) run.objects->push_back(object_of(object));
    }
    for (const Json& drift : json.at("standing")) {
      run.standing.push_back({.object = object_of(drift.at("object")),
                              .fingerprint = drift.at("fingerprint").get<std::string>()});
    }
  } catch (const Json::exception&) {
    throw core::Fault(core::ExitCode::configuration,
                      "the history's table migrate_schema holds a run that migrate never wrote",
                      "find out who changed the table migrate_schema");
  }
  return run;
}

}  // namespace migrate::mysql
