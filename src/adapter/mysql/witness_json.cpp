#include "witness_json.h"

#include <nlohmann/json.hpp>

#include "core/fault.h"
#include "words.h"

namespace migrate::mysql {

using Json = nlohmann::ordered_json;

std::string witness_json(const std::vector<core::Witness>& witnesses) {
  if (witnesses.empty()) return {};
  Json all = Json::array();
  for (const core::Witness& witness : witnesses) {
    Json one{{"evidence", word(witness.evidence)}, {"lenient", witness.lenient}};
    one["objects"] = Json::array();
    for (const core::ObjectBefore& before : witness.objects) {
      one["objects"].push_back({{"change", word(before.changed.change)},
                                {"kind", word(before.changed.object.kind)},
                                {"schema", before.changed.object.schema},
                                {"name", before.changed.object.name},
                                {"before", before.fingerprint}});
    }
    if (witness.rehearsal) {
      one["rehearsal"] = {{"create_table", witness.rehearsal->create_table},
                          {"statement", witness.rehearsal->statement}};
    }
    all.push_back(std::move(one));
  }
  constexpr bool ascii = true;
  return all.dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

std::vector<core::Witness> parse_witness_json(const std::string& text) {
  std::vector<core::Witness> witnesses;
  if (text.empty()) return witnesses;
  try {
    for (const Json& one : Json::parse(text)) {
      core::Witness witness{.evidence = parse_evidence(one.at("evidence").get<std::string>()),
                            .lenient = one.at("lenient").get<bool>()};
      for (const Json& object : one.at("objects")) {
        witness.objects.push_back(
            {.changed = {.object = {.kind = parse_object_kind(object.at("kind").get<std::string>()),
                                    .schema = object.at("schema").get<std::string>(),
                                    .name = object.at("name").get<std::string>()},
                         .change = parse_change(object.at("change").get<std::string>())},
             .fingerprint = object.at("before").get<std::string>()});
      }
      if (const auto rehearsal = one.find("rehearsal"); rehearsal != one.end()) {
        witness.rehearsal = {.create_table = rehearsal->at("create_table").get<std::string>(),
                             .statement = rehearsal->at("statement").get<std::string>()};
      }
      witnesses.push_back(std::move(witness));
    }
  } catch (const Json::exception&) {
    throw core::Fault(
        core::ExitCode::configuration,
        "the history's table migrate_journal holds witnesses that migrate never wrote",
        "find out who changed the table migrate_journal");
  }
  return witnesses;
}

}  // namespace migrate::mysql
