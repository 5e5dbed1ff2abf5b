#pragma once

#include "core/report.h"
#include "port/event_sink.h"

namespace migrate::output {

/// Folds the events of a run into its report.
class ReportSink : public port::EventSink {
 public:
  void on(const core::Event& event) override { report_.add(event); }
  const core::RunReport& report() const { return report_; }

 private:
  core::RunReport report_;
};

}  // namespace migrate::output
