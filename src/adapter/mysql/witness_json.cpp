#include "witness_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/fault.h"
#include "words.h"

namespace migrate::mysql {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const core::ObjectBefore& object) {
  const core::ObjectName& name = object.changed.object;
  return {{"change", word(object.changed.change)},
          {"kind", word(name.kind)},
          {"schema", name.schema},
          {"name", name.name},
          {"before", object.fingerprint}};
}

core::ObjectBefore object_of(const Json& json) {
  return {.changed = {.object = {.kind = parse_object_kind(json.at("kind").get<std::string>()),
                                 .schema = json.at("schema").get<std::string>(),
                                 .name = json.at("name").get<std::string>()},
                      .change = parse_change(json.at("change").get<std::string>())},
          .fingerprint = json.at("before").get<std::string>()};
}

core::Witness witness_of(const Json& json) {
  core::Witness witness{.evidence = parse_evidence(json.at("evidence").get<std::string>()),
                        .lenient = json.at("lenient").get<bool>()};
  for (const Json& object : json.at("objects")) witness.objects.push_back(object_of(object));
  return witness;
}

}  // namespace

std::string witness_json(const std::vector<core::Witness>& witnesses) {
  if (witnesses.empty()) return {};
  Json array = Json::array();
  for (const core::Witness& witness : witnesses) {
    Json objects = Json::array();
    for (const core::ObjectBefore& object : witness.objects) objects.push_back(to_json(object));
    array.push_back({{"evidence", word(witness.evidence)},
                     {"lenient", witness.lenient},
                     {"objects", std::move(objects)}});
  }
  // A name in another encoding than UTF-8 is no reason to stop: no fingerprint was found for it.
  return array.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<core::Witness> parse_witnesses(std::string_view json) {
  std::vector<core::Witness> witnesses;
  if (json.empty()) return witnesses;
  try {
    for (const Json& witness : Json::parse(json)) witnesses.push_back(witness_of(witness));
  } catch (const Json::exception& error) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("the table migrate_journal holds witnesses that migrate never wrote: {}\n  {}",
                    error.what(), json.substr(0, 400)),
        "find out who changed the table migrate_journal");
  }
  return witnesses;
}

}  // namespace migrate::mysql
