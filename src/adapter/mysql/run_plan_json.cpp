#include "run_plan_json.h"

#include <nlohmann/json.hpp>

#include "core/fault.h"
#include "words.h"

namespace migrate::mysql {

using Json = nlohmann::ordered_json;

std::string run_plan_json(const core::RunPlan& plan) {
  Json steps = Json::array();
  for (const core::RunStep& step : plan.steps) {
    steps.push_back({{"direction", word(step.direction)},
                     {"kind", word(step.id.kind)},
                     {"id", step.id.key},
                     {"name", step.name}});
  }
  constexpr bool ascii = true;
  return Json{{"asked", plan.asked}, {"steps", std::move(steps)}}.dump(
      -1, ' ', ascii, Json::error_handler_t::replace);
}

core::RunPlan parse_run_plan_json(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    core::RunPlan plan{.asked = json.at("asked").get<std::uint64_t>()};
    for (const Json& step : json.at("steps")) {
      plan.steps.push_back({.id = {.kind = parse_kind(step.at("kind").get<std::string>()),
                                   .key = step.at("id").get<std::string>()},
                            .name = step.at("name").get<std::string>(),
                            .direction = parse_direction(step.at("direction").get<std::string>())});
    }
    return plan;
  } catch (const Json::exception&) {
    throw core::Fault(core::ExitCode::configuration,
                      "the history's table migrate_log holds a plan that migrate never wrote",
                      "find out who changed the table migrate_log");
  }
}

}  // namespace migrate::mysql
