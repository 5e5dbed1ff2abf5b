#include "group_ahead.h"

#include <algorithm>
#include <iterator>

#include "core/fault.h"
#include "group_records.h"
#include "record.h"
#include "witnesses.h"

namespace migrate::app {

GroupAhead::~GroupAhead() {
  if (making_.valid()) {
    making_.wait();
    take_in();
  }
  take_back();
}

void GroupAhead::begin(core::StepGroup running, Read read_next,
                       std::vector<core::ObjectName> settled_tables) {
  made_ = {.running = std::move(running),
           .read_next = std::move(read_next),
           .settled_tables = std::move(settled_tables),
           .writes = ends_};
  ends_made_ = ends_.size();
  making_ = background_.begin([this] { make(); });
}

void GroupAhead::make() {
  made_.next = made_.read_next();
  add_beginning();
  add_settled_tables();
  if (!made_.writes.empty()) record_writes();
}

void GroupAhead::add_beginning() {
  if (!made_.next || made_.next->steps().size() < 2) return;
  // What its objects look like before it is what they look like now.
  if (!made_.running.is_apart_from(*made_.next)) return;
  std::vector<core::Witness> witnesses;
  try {
    witnesses =
        witnesses_of(made_.next->unit(), "", Rehearsals::kept, sessions_.control().schema());
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    return;  // whoever looks again is told
  }
  // Where the log ends has to be asked right in front of it.
  if (need_binary_log(witnesses)) return;
  std::ranges::move(beginning(*made_.next, std::move(witnesses), {}),
                    std::back_inserter(made_.writes));
  made_.begins_next = true;
}

void GroupAhead::add_settled_tables() {
  try {
    std::vector<core::JournalWrite> writes =
        keeping_.records_of(sessions_.control(), made_.settled_tables);
    made_.keeps_tables = !writes.empty();
    std::ranges::move(writes, std::back_inserter(made_.writes));
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    // They are looked at behind the run, and then it is told.
  }
}

void GroupAhead::record_writes() {
  try {
    record(sessions_.control(), made_.writes);
    made_.recorded = true;
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    // The next packet tries it, and tells.
    sessions_.control().run({core::RollbackTransaction{}}, [](const core::ItemResult&) {});
  }
}

void GroupAhead::settle() {
  if (!making_.valid()) return;
  making_.get();
  take_in();
}

void GroupAhead::take_in() {
  if (!std::exchange(made_.recorded, false)) return;
  ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(ends_made_));
  if (made_.keeps_tables) keeping_.note_recorded(made_.settled_tables);
  if (!made_.begins_next) return;
  for (const core::GroupedStep& step : made_.next->steps()) begun_.push_back(step.planned->step.id);
}

void GroupAhead::give_up() {
  settle();
  made_.next.reset();
  take_back();
}

void GroupAhead::take_back() {
  for (const core::StepId& step : std::exchange(begun_, {}))
    ends_.emplace_back(core::journal::StepAbandoned{.id = step});
}

}  // namespace migrate::app
