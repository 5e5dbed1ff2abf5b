#include "core/catalog.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "sort_by_place.h"

namespace migrate::core {

std::string to_string(const Problem& problem) {
  if (!problem.position) return fmt::format("{}: {}", problem.path, problem.message);
  return fmt::format("{}:{}:{}: {}", problem.path, problem.position->line, problem.position->column,
                     problem.message);
}

const Step* Catalog::find(const StepId& id) const {
  const auto& steps = id.kind == StepKind::repeatable ? repeatable : versioned;
  const auto found = std::ranges::lower_bound(steps, id, std::less<>{}, &Step::id);
  return found == steps.end() || found->id != id ? nullptr : &*found;
}

CatalogResult make_catalog(std::vector<Step> steps) {
  // Files come by name, which is the order of versions of one length.
  sort_by_place(steps, &Step::id);
  CatalogResult result;
  const auto repeats = [&](const Step& first, const Step& step) {
    if (first.id != step.id) return false;
    result.problems.push_back(
        {.path = step.up.path,
         .message =
             fmt::format("same {} as {}; give one of them another",
                         step.id.kind == StepKind::versioned ? "version" : "name", first.up.path)});
    return true;
  };
  const auto left_over = std::ranges::unique(steps, repeats);
  steps.erase(left_over.begin(), left_over.end());
  const auto versioned =
      std::ranges::find(steps, StepKind::versioned, [](const Step& step) { return step.id.kind; });
  result.catalog.repeatable.assign(std::move_iterator(steps.begin()),
                                   std::move_iterator(versioned));
  steps.erase(steps.begin(), versioned);
  result.catalog.versioned = std::move(steps);
  return result;
}

}  // namespace migrate::core
