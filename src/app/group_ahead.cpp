#include "group_ahead.h"

#include <algorithm>
#include <iterator>

#include "core/fault.h"
#include "group_records.h"
#include "port/schema.h"
#include "record.h"
#include "witnesses.h"

namespace migrate::app {

void GroupAhead::look(std::optional<core::StepGroup> next, const core::StepGroup& running,
                      std::vector<core::ObjectName> settled_tables) {
  next_ = std::move(next);
  // What its objects look like before it is what they look like now.
  apart_ = next_ && next_->steps().size() > 1 && running.is_apart_from(*next_);
  settled_tables_ = std::move(settled_tables);
  port::LookAhead ahead{.tables = settled_tables_};
  if (apart_) ahead.definitions = objects_named_by(next_->unit(), "");
  if (!ahead.empty()) sessions_.control().schema().look_ahead(ahead);
}

void GroupAhead::record() {
  std::vector<core::JournalWrite> writes = ends_;
  Sent sent{.ends = writes.size()};
  const auto add = [&writes](std::vector<core::JournalWrite> more) {
    std::ranges::move(more, std::back_inserter(writes));
    return !more.empty();
  };
  if (add(beginning_of_next())) {
    for (const core::GroupedStep& step : next_->steps()) sent.begun.push_back(step.planned->step.id);
  }
  if (add(settled_tables())) sent.settled_tables = std::move(settled_tables_);
  if (writes.empty()) return;
  record_ahead(sessions_.control(), writes);
  sent_ = std::move(sent);
}

std::vector<core::JournalWrite> GroupAhead::beginning_of_next() {
  if (!apart_) return {};
  try {
    std::vector<core::Witness> witnesses =
        witnesses_of(next_->unit(), "", Rehearsals::kept, sessions_.control().schema());
    // Where the log ends has to be asked right in front of it.
    if (need_binary_log(witnesses)) return {};
    return beginning(*next_, std::move(witnesses), {});
  } catch (const core::Fault&) {
    return {};  // whoever looks again is told
  }
}

std::vector<core::JournalWrite> GroupAhead::settled_tables() {
  try {
    return keeping_.of_settled(sessions_.control(), settled_tables_);
  } catch (const core::Fault&) {
    return {};  // it is looked at behind the run, and told
  }
}

void GroupAhead::settle() {
  if (!sent_) return;
  const Sent sent = *std::exchange(sent_, std::nullopt);
  if (!recorded(sessions_.control())) return;
  ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(sent.ends));
  keeping_.settled(sent.settled_tables);
  begun_ = sent.begun;
}

void GroupAhead::give_up() {
  settle();
  next_.reset();
  for (const core::StepId& step : std::exchange(begun_, {}))
    ends_.emplace_back(core::journal::StepAbandoned{.id = step});
}

}  // namespace migrate::app
