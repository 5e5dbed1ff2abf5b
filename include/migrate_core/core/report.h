#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/event.h"

namespace migrate::core {

struct StepReport {
  StepId id;
  std::string name;
  Direction direction = Direction::up;
  bool done = false;
  std::uint64_t statements_run = 0;
  std::uint64_t affected_rows = 0;
  std::uint64_t warnings = 0;
  std::uint64_t duration_us = 0;
};

/// What a run did: a fold over its events.
struct RunReport {
  std::string run_id;
  std::string command;
  ServerInfo server;
  std::vector<StepReport> steps;  ///< that started, in order
  std::uint64_t planned_steps = 0;
  std::optional<event::StepFailed> failure;
  std::optional<Refusal> refusal;
  std::vector<std::string> settled;  ///< what became of statements that were in flight
  std::uint64_t reconnects = 0;
  std::uint64_t lock_retries = 0;     ///< a statement was sent again, because of a lock
  std::vector<std::string> recorded;  ///< what was done that is no step
  std::vector<std::string> warnings;
  std::vector<event::Checked> checks;
  ExitCode code = ExitCode::done;
  std::uint64_t duration_us = 0;

  /// Folds one event in.
  void add(const Event& event);
};

}  // namespace migrate::core
