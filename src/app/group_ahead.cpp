#include "group_ahead.h"

#include <algorithm>
#include <iterator>

#include "core/fault.h"
#include "group_records.h"
#include "record.h"
#include "witnesses.h"

namespace migrate::app {

GroupAhead::~GroupAhead() {
  if (running_task_.valid()) {
    running_task_.wait();
    take_results();
  }
  take_back();
}

void GroupAhead::begin(core::StepGroup running, Read read_next,
                       std::vector<core::ObjectName> settled_tables) {
  task_ = {.running = std::move(running),
           .read_next = std::move(read_next),
           .settled_tables = std::move(settled_tables),
           .ends = ends_.size(),
           .writes = ends_};
  running_task_ = background_.begin([this] { run_task(); });
}

void GroupAhead::run_task() {
  task_.next = task_.read_next();
  add_beginning();
  add_settled_tables();
  if (!task_.writes.empty()) record_writes();
}

void GroupAhead::add_beginning() {
  if (!task_.next || task_.next->steps().size() < 2) return;
  // What its objects look like before it is what they look like now.
  if (!task_.running.is_apart_from(*task_.next)) return;
  std::vector<core::Witness> witnesses;
  try {
    witnesses = witnesses_of(*task_.next, sessions_.control().schema());
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    return;  // whoever looks again is told
  }
  // Where the log ends has to be asked right in front of it.
  if (need_binary_log(witnesses)) return;
  std::ranges::move(beginning(*task_.next, std::move(witnesses), {}),
                    std::back_inserter(task_.writes));
  task_.begins_next = true;
}

void GroupAhead::add_settled_tables() {
  try {
    std::vector<core::JournalWrite> writes =
        keeping_.records_of(sessions_.control(), task_.settled_tables);
    task_.keeps_tables = !writes.empty();
    std::ranges::move(writes, std::back_inserter(task_.writes));
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    // They are looked at behind the run, and then it is told.
  }
}

void GroupAhead::record_writes() {
  try {
    record(sessions_.control(), task_.writes);
    task_.recorded = true;
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    // The next packet tries it, and tells.
  }
}

void GroupAhead::settle() {
  if (!running_task_.valid()) return;
  running_task_.get();
  take_results();
}

void GroupAhead::take_results() {
  if (!std::exchange(task_.recorded, false)) return;
  ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(task_.ends));
  if (task_.keeps_tables) keeping_.note_recorded(task_.settled_tables);
  if (!task_.begins_next) return;
  for (const core::GroupedStep& step : task_.next->steps()) begun_.push_back(step.planned->step.id);
}

void GroupAhead::give_up() {
  settle();
  task_.next.reset();
  take_back();
}

void GroupAhead::take_back() {
  for (const core::StepId& step : std::exchange(begun_, {}))
    ends_.emplace_back(core::journal::StepAbandoned{.id = step});
}

}  // namespace migrate::app
