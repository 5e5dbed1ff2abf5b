#include "group_records.h"

#include <iterator>
#include <utility>

#include "step_records.h"
#include "witnesses.h"

namespace migrate::app {

std::vector<std::string> hashes(const core::GroupedStep& step, std::size_t count) {
  std::vector<std::string> hashes;
  hashes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) hashes.push_back(step.statements[i].hash);
  return hashes;
}

std::vector<core::Witness> witnesses_of(const core::StepGroup& group, port::Schema& live) {
  return witnesses_of(group.unit(), "", Rehearsals::kept, live);
}

std::vector<core::JournalWrite> beginning(const core::StepGroup& group,
                                          std::vector<core::Witness> witnesses,
                                          const core::LogPosition& log_position) {
  std::vector<core::JournalWrite> writes;
  writes.reserve(2 * group.steps().size());
  for (const core::GroupedStep& step : group.steps()) writes.emplace_back(opened(*step.planned));
  auto next = std::make_move_iterator(witnesses.begin());
  for (const core::GroupedStep& step : group.steps()) {
    const auto count = static_cast<std::ptrdiff_t>(step.statements.size());
    writes.emplace_back(core::journal::Intended{.id = step.planned->step.id,
                                                .hashes = hashes(step, step.statements.size()),
                                                .witnesses = {next, next + count},
                                                .log_position = log_position});
    next += count;
  }
  return writes;
}

}  // namespace migrate::app
