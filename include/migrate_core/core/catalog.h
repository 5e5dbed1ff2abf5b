#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/position.h"
#include "core/step.h"

namespace migrate::core {

/// Something wrong with a file, for a person.
struct Problem {
  std::string path;
  std::optional<Position> position;
  std::string message;
};

/// "path:line:column: message"
std::string to_string(const Problem& problem);

/// All steps on disk, in the order they are applied: repeatable steps by name, then versioned steps
/// by version.
struct Catalog {
  std::vector<Step> repeatable;
  std::vector<Step> versioned;

  const Step* find(const StepId& id) const;
};

struct CatalogResult {
  Catalog catalog;  ///< complete only when there are no problems
  std::vector<Problem> problems;
};

/// Orders the steps; two steps with one id are a problem that names both files.
CatalogResult make_catalog(std::vector<Step> steps);

}  // namespace migrate::core
