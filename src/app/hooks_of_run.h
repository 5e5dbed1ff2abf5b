#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/hooks.h"
#include "app/ports.h"
#include "core/journal_write.h"
#include "core/plan.h"
#include "port/event_sink.h"

namespace migrate::app {

/// The commands of the user's around one run and its steps. Without any it does nothing. Hears the
/// run's events, to know which step is under way, and hands them on.
///
/// A signal that comes while a command runs is handed on to it; one that came before is not, since
/// it is the run that it stopped.
class HooksOfRun : public port::EventSink {
 public:
  /// Both must outlive it.
  HooksOfRun(const RunPorts& ports, const RunHooks& hooks) : ports_(ports), hooks_(hooks) {}

  void on(const core::Event& event) override;

  /// In front of the first write. A refusal: the command failed, or a signal came.
  std::optional<core::Refusal> before_run(const core::Plan& plan);
  /// Behind a run that did all it was to: done, or the signal's code when one came.
  core::ExitCode after_run();
  /// Behind a run that ended with this code; nothing where before_run() was not asked, or
  /// after_run() was.
  void on_failure(core::ExitCode code);

  /// Whether something is run around steps: then each goes alone, and is recorded before the next.
  bool are_around_steps() const;
  /// Each once, over however many connections the step runs; `number`: of the run's steps, from 1.
  /// A refusal: the command failed. One that a signal stopped does not refuse, the run stops
  /// anyway.
  std::optional<core::Refusal> before_step(const core::PlannedStep& planned, std::size_t number);
  void after_step(const core::PlannedStep& planned, std::size_t number);

  /// What the log is to keep; take_records() forgets it.
  const std::vector<core::JournalWrite>& records() const { return records_; }
  std::vector<core::JournalWrite> take_records();

 private:
  using Moment = core::hook::Moment;

  struct Step {
    core::StepId id;
    std::string name;
    core::Direction direction = core::Direction::up;
    std::string path;
  };
  static Step step_of(const core::PlannedStep& planned);

  /// `code`: how the run, or the step, has ended. Nothing: there is no such command.
  std::optional<core::ProgramEnding> run(Moment moment,
                                         const std::optional<core::ExitCode>& code = std::nullopt);
  /// The same behind something: one that fails is a warning.
  void run_behind(Moment moment, core::ExitCode code);
  std::vector<std::pair<std::string, std::string>> variables(
      Moment moment, const std::optional<core::ExitCode>& code) const;
  core::Refusal refusal(Moment moment, const core::ProgramEnding& ending,
                        const std::string& way_on) const;
  core::hook::Call call(Moment moment) const;

  const RunPorts& ports_;
  const RunHooks& hooks_;
  std::size_t steps_ = 0;
  std::optional<Step> under_way_;
  std::size_t last_begun_ = 0;
  std::size_t last_ended_ = 0;
  bool owes_end_ = false;  ///< before_run() was asked, and neither of its ends has come
  std::vector<core::JournalWrite> records_;
};

}  // namespace migrate::app
