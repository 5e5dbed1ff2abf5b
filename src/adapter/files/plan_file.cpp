#include "adapter/files/plan_file.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "adapter/files/write_file.h"
#include "core/fault.h"
#include "digest.h"

namespace migrate::files {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 1;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json request_json(const core::UpRequest& request) {
  std::optional<std::string> to;
  if (request.to) to = request.to->canonical();
  return {{"to", or_null(to)},
          {"steps", or_null(request.steps)},
          {"allow_out_of_order", request.out_of_order == core::OutOfOrder::allow},
          {"on_failure", request.on_failure == core::OnFailure::rollback ? "rollback" : "stop"},
          {"accept_drift", or_null(request.accept_drift)}};
}

core::UpRequest parse_request(const Json& json) {
  core::UpRequest request;
  if (!json.at("to").is_null())
    request.to = core::Version::parse(json.at("to").get<std::string>()).value();
  if (!json.at("steps").is_null()) request.steps = json.at("steps").get<std::uint64_t>();
  if (json.at("allow_out_of_order").get<bool>()) request.out_of_order = core::OutOfOrder::allow;
  if (json.at("on_failure") == "rollback") request.on_failure = core::OnFailure::rollback;
  if (!json.at("accept_drift").is_null())
    request.accept_drift = json.at("accept_drift").get<std::string>();
  return request;
}

Json plan_json(const core::FrozenPlan& plan) {
  Json steps = Json::array();
  for (const core::FrozenStep& step : plan.steps) {
    steps.push_back({{"step", step.step},
                     {"does", step.does},
                     {"path", step.path},
                     {"checksum", step.checksum},
                     {"statements", step.statements}});
  }
  Json objects = Json::array();
  for (const core::FrozenObject& object : plan.objects)
    objects.push_back({{"object", object.object}, {"fingerprint", object.fingerprint}});
  return {{"tool_version", plan.tool_version},
          {"server", plan.server},
          {"schema", plan.schema},
          {"history", plan.history},
          {"options", request_json(plan.request)},
          {"steps", std::move(steps)},
          {"objects", std::move(objects)}};
}

core::FrozenPlan parse_plan(const Json& json) {
  core::FrozenPlan plan{.request = parse_request(json.at("options")),
                        .tool_version = json.at("tool_version").get<std::string>(),
                        .server = json.at("server").get<std::string>(),
                        .schema = json.at("schema").get<std::string>(),
                        .history = json.at("history").get<std::string>()};
  for (const Json& step : json.at("steps")) {
    plan.steps.push_back({.step = step.at("step").get<std::string>(),
                          .path = step.at("path").get<std::string>(),
                          .checksum = step.at("checksum").get<std::string>(),
                          .does = step.at("does").get<std::string>(),
                          .statements = step.at("statements").get<std::uint64_t>()});
  }
  for (const Json& object : json.at("objects")) {
    plan.objects.push_back({.object = object.at("object").get<std::string>(),
                            .fingerprint = object.at("fingerprint").get<std::string>()});
  }
  return plan;
}

core::Fault no_plan(const std::filesystem::path& path, const std::string& why) {
  return {core::ExitCode::configuration, fmt::format("{}: {}", path.string(), why),
          "make one with: migrate plan --out FILE"};
}

}  // namespace

std::string hash_of(const core::FrozenPlan& plan) {
  NormalisedDigest digest;
  digest.add(plan_json(plan).dump(-1, ' ', false, Json::error_handler_t::replace));
  return digest.hex();
}

std::string write_plan_file(const std::filesystem::path& path, const core::FrozenPlan& plan,
                            const std::string& at, const std::string& by) {
  std::string hash = hash_of(plan);
  const Json file{
      {"migrate_plan", format}, {"hash", hash}, {"at", at}, {"by", by}, {"plan", plan_json(plan)}};
  write_file(path, file.dump(2, ' ', false, Json::error_handler_t::replace) + '\n');
  return hash;
}

PlanFile read_plan_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.is_open() || in.bad()) throw no_plan(path, "cannot be read");
  try {
    const Json json = Json::parse(text);
    if (json.at("migrate_plan") != format) {
      throw no_plan(path, fmt::format("a plan in format {}; this version of migrate knows {}",
                                      json.at("migrate_plan").dump(), format));
    }
    PlanFile file{.plan = parse_plan(json.at("plan")),
                  .hash = json.at("hash").get<std::string>(),
                  .at = json.at("at").get<std::string>(),
                  .by = json.at("by").get<std::string>()};
    if (hash_of(file.plan) != file.hash) throw no_plan(path, "was changed after it was frozen");
    return file;
  } catch (const Json::exception&) {
    throw no_plan(path, "is no frozen plan");
  } catch (const std::bad_optional_access&) {
    throw no_plan(path, "is no frozen plan");
  }
}

}  // namespace migrate::files
