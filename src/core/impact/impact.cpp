#include "core/impact/impact.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::core::impact {

const TouchedTable* Impact::find_table(const std::string& name) const {
  const auto found = std::ranges::find(tables, name, &TouchedTable::name);
  return found == tables.end() ? nullptr : &*found;
}

ExpectedTime expected_time(const Impact& impact) {
  ExpectedTime sum;
  for (const StepImpact& step : impact.steps) {
    for (const StatementImpact& statement : step.statements) {
      if (statement.expected.time) {
        sum.known += *statement.expected.time;
      } else {
        ++sum.unknown;
      }
    }
  }
  return sum;
}

std::string words_of(const ObjectName& object) {
  return fmt::format("{} {}{}{}", word_of(object.kind), object.schema,
                     object.schema.empty() ? "" : ".", object.name);
}

std::string locking_words(const Way& way) {
  switch (way.locking) {
    case Locking::none:
      return "reads and writes go on";
    case Locking::shared:
      return "reads go on, writes wait";
    case Locking::exclusive:
      break;
  }
  return "reads and writes wait";
}

std::string algorithm_words(const Way& way) {
  if (way.algorithm == Algorithm::instant) return "INSTANT";
  if (way.algorithm == Algorithm::copy) return "COPY";
  switch (way.rebuild) {
    case Way::Rebuild::no:
      return "INPLACE, no rebuild";
    case Way::Rebuild::yes:
      return "INPLACE, rebuilds the table";
    case Way::Rebuild::unknown:
      break;
  }
  return "INPLACE, rebuild or not is unknown";
}

}  // namespace migrate::core::impact
