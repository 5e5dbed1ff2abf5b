#include "core/estimate/outlook.h"

#include <algorithm>

namespace migrate::core::estimate {

const StatementOutlook* StepOutlook::find(std::uint64_t statement) const {
  const auto found = std::ranges::find(statements, statement, &StatementOutlook::statement);
  return found == statements.end() ? nullptr : &*found;
}

Estimate Outlook::estimate(const StatementWork& work) const {
  std::vector<TableSize> found;
  for (const ObjectName& table : work.tables) {
    if (const auto* size = size_of(table, sizes)) found.push_back(*size);
  }
  return estimate::estimate(work.work, found, earlier);
}

std::chrono::milliseconds Outlook::known() const {
  std::chrono::milliseconds sum{0};
  for (const StepOutlook& step : steps) sum += step.known;
  return sum;
}

std::uint64_t Outlook::unknown() const {
  std::uint64_t sum = 0;
  for (const StepOutlook& step : steps) sum += step.unknown;
  return sum;
}

}  // namespace migrate::core::estimate
