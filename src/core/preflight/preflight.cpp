#include "core/preflight/preflight.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/guard/name.h"

namespace migrate::core::preflight {
namespace {

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

Item refusal(std::string name, std::string saw, std::string way_out,
             ExitCode code = ExitCode::refused) {
  return {.name = std::move(name),
          .outcome = Outcome::refused,
          .saw = std::move(saw),
          .way_out = std::move(way_out),
          .code = code};
}

}  // namespace

std::size_t Preflight::count(Outcome outcome) const {
  return static_cast<std::size_t>(std::ranges::count(items, outcome, &Item::outcome));
}

ExitCode Preflight::exit_code() const {
  const auto first = std::ranges::find(items, Outcome::refused, &Item::outcome);
  return first == items.end() ? ExitCode::done : first->code;
}

Item item_of(const PlanResult& result) {
  if (const auto* refused = std::get_if<Refusal>(&result))
    return refusal("plan", refused->reason, refused->way_out, refused->code);
  const auto& plan = std::get<Plan>(result);
  if (plan.steps.empty()) return {.name = "plan", .saw = "nothing is pending"};
  Item item{.name = "plan",
            .saw = fmt::format("{}, {}", counted(plan.steps.size(), "step"),
                               counted(plan.statements(), "statement"))};
  if (plan.warnings.empty()) return item;
  item.outcome = Outcome::warned;
  item.saw += fmt::format("; {}", fmt::join(plan.warnings, "; "));
  return item;
}

Item item_of(const SchemaStatus& schema) {
  Item item{.name = "schema", .saw = schema.words};
  // `up` refuses itself where it is about to change such an object: then there is no plan.
  if (schema.verdict != SchemaStatus::Verdict::as_left) item.outcome = Outcome::warned;
  return item;
}

Item item_of(const guard::Verdict& verdict, const std::vector<guard::Override>& overrides) {
  Item item{.name = verdict.guard, .saw = verdict.saw.empty() ? "in order" : verdict.saw};
  if (verdict.outcome == guard::Verdict::Outcome::warned) item.outcome = Outcome::warned;
  if (!verdict.is_against()) return item;
  const guard::Override* taken = override_of(verdict, overrides);
  if (taken == nullptr) return refusal(verdict.guard, verdict.saw, verdict.way_out);
  item.outcome = Outcome::warned;
  item.saw += fmt::format("; overridden: {}", taken->reason);
  return item;
}

Item item_of(const check::Result& result) {
  const std::string& name = result.check.name;
  if (result.verdict == check::Verdict::left_out)
    return {.name = name, .outcome = Outcome::not_asked, .saw = result.seen};
  const bool bad = result.is_bad();
  Item item{.name = name,
            .outcome = bad ? Outcome::warned : Outcome::clear,
            .saw = fmt::format("{}, expected {}", result.seen, to_string(result.check.expect))};
  if (bad && result.check.severity == check::Severity::error)
    return refusal(name, item.saw,
                   fmt::format("bring it in order ({}), or when it does not matter: migrate up "
                               "--skip-check {} --reason \"…\"",
                               result.check.reason, name));
  return item;
}

std::vector<Item> guards_not_asked(const std::vector<guard::Verdict>& asked,
                                   const std::string& why) {
  std::vector<Item> items;
  for (const std::string_view name : guard::names) {
    if (std::ranges::find(asked, name, &guard::Verdict::guard) != asked.end()) continue;
    items.push_back({.name = std::string(name), .outcome = Outcome::not_asked, .saw = why});
  }
  return items;
}

}  // namespace migrate::core::preflight
