#include "core/estimate/outlook.h"

#include <algorithm>

namespace migrate::core::estimate {

const StatementOutlook* StepOutlook::find(std::uint64_t statement) const {
  const auto found = std::ranges::find(statements, statement, &StatementOutlook::statement);
  return found == statements.end() ? nullptr : &*found;
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
