#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/estimate/measurement.h"
#include "core/estimate/table_size.h"
#include "core/event.h"
#include "core/journal_write.h"
#include "core/plan.h"
#include "port/event_sink.h"
#include "port/schema.h"

namespace migrate::app {

/// Notes how long the statements of a run take that go over whole tables, and hands its events on.
class Measuring : public port::EventSink {
 public:
  /// `sizes`: of the tables in front of the run.
  Measuring(port::EventSink& events, std::vector<core::estimate::TableSize> sizes)
      : events_(events), sizes_(std::move(sizes)) {}

  void on(const core::Event& event) override;
  /// For the log: what tells how long later ones may take.
  std::vector<core::JournalWrite> take_records();

 private:
  void note(const core::event::StatementDone& done);

  port::EventSink& events_;
  std::vector<core::estimate::TableSize> sizes_;
  core::StepId step_;
  std::string step_name_;
  std::string text_;  ///< of the statement under way
  std::vector<core::JournalWrite> records_;
};

/// The sizes of the tables that the plan's files name and that are there; one round trip, none
/// where there are no such tables.
std::vector<core::estimate::TableSize> measured_tables(const core::Plan& plan,
                                                       port::Schema& schema);

}  // namespace migrate::app
