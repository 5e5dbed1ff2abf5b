#include "core/catalog.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace migrate::core {

std::string to_string(const Problem& problem) {
  if (!problem.position) return fmt::format("{}: {}", problem.path, problem.message);
  return fmt::format("{}:{}:{}: {}", problem.path, problem.position->line, problem.position->column,
                     problem.message);
}

const Step* Catalog::find(const StepId& id) const {
  const auto& steps = id.kind == StepKind::repeatable ? repeatable : versioned;
  const auto found =
      std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.id == id; });
  return found == steps.end() ? nullptr : &*found;
}

CatalogResult make_catalog(std::vector<Step> steps) {
  CatalogResult result;
  std::map<Version, Step> versioned;
  std::map<std::string, Step> repeatable;
  const auto insert = [&](auto& into, auto key, Step& step) {
    const auto there = into.find(key);
    if (there == into.end()) {
      into.emplace(std::move(key), std::move(step));
      return;
    }
    result.problems.push_back(
        {.path = step.up.path,
         .position = std::nullopt,
         .message = fmt::format("same {} as {}; give one of them another",
                                step.id.kind == StepKind::versioned ? "version" : "name",
                                there->second.up.path)});
  };
  for (Step& step : steps) {
    if (step.id.kind == StepKind::versioned) {
      insert(versioned, *Version::parse(step.id.key), step);
    } else {
      insert(repeatable, step.id.key, step);
    }
  }
  for (auto& [key, step] : repeatable) result.catalog.repeatable.push_back(std::move(step));
  for (auto& [key, step] : versioned) result.catalog.versioned.push_back(std::move(step));
  return result;
}

}  // namespace migrate::core
