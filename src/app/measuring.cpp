#include "measuring.h"

#include <set>
#include <utility>

#include "core/estimate/statement_work.h"
#include "core/statement.h"

namespace migrate::app {

void Measuring::on(const core::Event& event) {
  events_.on(event);
  if (sizes_.empty()) return;
  if (const auto* step = std::get_if<core::event::StepStarted>(&event)) {
    step_ = step->planned.step.id;
    step_name_ = step->planned.step.name;
  } else if (const auto* started = std::get_if<core::event::StatementStarted>(&event)) {
    text_ = started->text;
  } else if (const auto* done = std::get_if<core::event::StatementDone>(&event)) {
    note(*done);
  }
}

void Measuring::note(const core::event::StatementDone& done) {
  using core::estimate::Work;
  // First what costs nothing: of a million INSERTs none is looked at.
  constexpr std::uint64_t shortest_us = 4000;
  if (done.duration_us < shortest_us) return;
  const auto work =
      core::estimate::work_of(core::Statement{.text = text_, .effect = core::effect_of(text_)});
  if (work.work != Work::table || work.tables.size() != 1) return;
  const auto* size = core::estimate::size_of(work.tables.front(), sizes_);
  if (size == nullptr) return;
  const core::estimate::Measurement measurement{
      .table = size->table.name, .bytes = size->bytes(), .duration_us = done.duration_us};
  if (!core::estimate::is_telling(measurement)) return;
  records_.emplace_back(core::journal::Logged{.event = core::estimate::measured_event,
                                              .step = step_,
                                              .step_name = step_name_,
                                              .statement = done.index,
                                              .duration_us = done.duration_us,
                                              .message = core::estimate::message_of(measurement)});
}

std::vector<core::JournalWrite> Measuring::take_records() {
  return std::exchange(records_, {});
}

std::vector<core::estimate::TableSize> measured_tables(const core::Plan& plan,
                                                       port::Schema& schema) {
  std::set<core::ObjectName> tables;
  for (const core::PlannedStep& planned : plan.steps) {
    for (const core::ObjectName& object : planned.script.shape.touched.relied_on) {
      if (object.kind == core::ObjectKind::table) tables.insert(object);
    }
  }
  return schema.sizes({tables.begin(), tables.end()});
}

}  // namespace migrate::app
