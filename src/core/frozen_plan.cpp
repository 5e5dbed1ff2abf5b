#include "core/frozen_plan.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::core {
namespace {

std::string does(const PlannedStep& planned) {
  switch (planned.reason) {
    case Reason::pending:
      return "apply";
    case Reason::changed_repeatable:
      return "apply again";
    case Reason::continues:
      return fmt::format("go on at statement {}", planned.first_statement);
    case Reason::turned_back:
    case Reason::undo:
      return "undo";
  }
  return {};
}

/// Every write to the ledger changes one of these.
std::string words_for(const History& history) {
  std::uint64_t order = 0;
  std::string changed_at;
  for (const LedgerRow& row : history.ledger) {
    order = std::max(order, row.order);
    changed_at = std::max(changed_at, row.changed_at);
  }
  if (history.ledger.empty()) return "empty";
  return fmt::format("{} steps, the newest with number {}, changed last at {}",
                     history.ledger.size(), order, changed_at);
}

void compare_steps(const FrozenPlan& then, const FrozenPlan& now, std::vector<std::string>& found) {
  const auto same_step = [](const FrozenStep& step) {
    return [&step](const FrozenStep& other) { return other.step == step.step; };
  };
  for (const FrozenStep& step : then.steps) {
    const auto there = std::ranges::find_if(now.steps, same_step(step));
    if (there == now.steps.end()) {
      found.push_back(fmt::format("{} is not to do any more", step.step));
    } else if (there->checksum != step.checksum) {
      found.push_back(fmt::format("the file {} changed", step.path));
    } else if (there->does != step.does || there->statements != step.statements) {
      found.push_back(
          fmt::format("{}: it was to {}, and is to {}", step.step, step.does, there->does));
    }
  }
  for (const FrozenStep& step : now.steps) {
    if (std::ranges::none_of(then.steps, same_step(step)))
      found.push_back(fmt::format("{} is to do as well", step.step));
  }
  const auto order = [](const FrozenStep& a, const FrozenStep& b) { return a.step == b.step; };
  if (found.empty() && !std::ranges::equal(then.steps, now.steps, order))
    found.emplace_back("the steps come in another order");
}

void compare_objects(const FrozenPlan& then, const FrozenPlan& now,
                     std::vector<std::string>& found) {
  for (const FrozenObject& object : then.objects) {
    const auto there = std::ranges::find(now.objects, object.object, &FrozenObject::object);
    if (there == now.objects.end() || there->fingerprint == object.fingerprint) continue;
    found.push_back(fmt::format("{} {}", object.object,
                                object.fingerprint.empty()   ? "is there now"
                                : there->fingerprint.empty() ? "is gone"
                                                             : "was changed"));
  }
}

void compare_words(std::string_view what, const std::string& then, const std::string& now,
                   std::vector<std::string>& found) {
  if (then != now) found.push_back(fmt::format("{}: it was {}, and is {}", what, then, now));
}

}  // namespace

std::string server_words(const ServerInfo& server) {
  return fmt::format("{} {}", server.family == ServerFamily::mariadb ? "MariaDB" : "MySQL",
                     server.version);
}

FrozenPlan freeze(const Plan& plan, const UpRequest& request, const History& history,
                  const ServerInfo& server, std::vector<FrozenObject> objects,
                  const std::string& tool_version) {
  FrozenPlan frozen{.request = request,
                    .tool_version = tool_version,
                    .server = server_words(server),
                    .schema = server.schema,
                    .history = words_for(history),
                    .objects = std::move(objects)};
  for (const PlannedStep& planned : plan.steps) {
    frozen.steps.push_back({.step = display_name(planned.step.id, planned.step.name),
                            .path = planned.script.path,
                            .checksum = fmt::format("{}:{}", planned.script.checksum.rule,
                                                    planned.script.checksum.hex),
                            .does = does(planned),
                            .statements = planned.statements()});
  }
  return frozen;
}

std::vector<ObjectName> objects_of(const Plan& plan) {
  TouchedObjects touched;
  for (const PlannedStep& planned : plan.steps) touched.add(planned.script.shape.touched);
  return {touched.changed.begin(), touched.changed.end()};
}

std::vector<std::string> what_changed(const FrozenPlan& then, const FrozenPlan& now) {
  std::vector<std::string> found;
  compare_words("migrate", then.tool_version, now.tool_version, found);
  compare_words("the server", then.server, now.server, found);
  compare_words("the schema", then.schema, now.schema, found);
  compare_steps(then, now, found);
  compare_objects(then, now, found);
  compare_words("the history", then.history, now.history, found);
  return found;
}

bool is_rest_of(const FrozenPlan& then, const FrozenPlan& now) {
  if (then.tool_version != now.tool_version || then.server != now.server ||
      then.schema != now.schema || now.steps.size() > then.steps.size())
    return false;
  const auto same_file = [](const FrozenStep& a, const FrozenStep& b) {
    return a.step == b.step && a.checksum == b.checksum;
  };
  const auto rest = then.steps.end() - static_cast<std::ptrdiff_t>(now.steps.size());
  return std::equal(rest, then.steps.end(), now.steps.begin(), same_file);
}

}  // namespace migrate::core
