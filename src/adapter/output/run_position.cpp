#include "run_position.h"

#include "text.h"
#include "words.h"

namespace migrate::output {

void RunPosition::add(const core::Event& event, Time now) {
  using namespace core::event;
  if (const auto* lock = std::get_if<LockWaiting>(&event)) {
    // The same wait may be reported again, with a new holder: it still began when it began.
    waiting_ = Waiting{*lock, waiting_ ? waiting_->since : now};
    return;
  }
  if (const auto* progressed = std::get_if<Progressed>(&event)) {
    if (statement_) statement_->progress = progress_text(*progressed);
    return;
  }
  // The statement is still the one that it is about.
  const bool aside =
      std::holds_alternative<Warned>(event) || std::holds_alternative<Blocked>(event) ||
      std::holds_alternative<Retrying>(event) || std::holds_alternative<BlockerEnded>(event) ||
      std::holds_alternative<ProgramSaid>(event);
  if (aside) return;
  waiting_.reset();
  if (const auto* started = std::get_if<HookStarted>(&event)) {
    moving_ = Movement{{.what = words_of(started->hook), .detail = {}}, now};
    return;
  }
  if (std::holds_alternative<HookEnded>(event)) return moving_.reset();
  if (const auto* moving = std::get_if<Moving>(&event)) {
    const bool goes_on = moving_ && moving_->what.what == moving->what;
    moving_ = Movement{*moving, goes_on ? moving_->since : now};
    return;
  }
  moving_.reset();
  if (const auto* run = std::get_if<RunStarted>(&event)) {
    steps_ = run->steps;
  } else if (const auto* step = std::get_if<StepStarted>(&event)) {
    step_ = step_text(step->planned.step.id, step->planned.step.name);
    direction_ = step->planned.direction;
    path_ = one_line(step->planned.script.path);
    number_ = step->number;
    statement_.reset();
  } else if (const auto* started = std::get_if<StatementStarted>(&event)) {
    statement_ =
        InFlight{started->index, started->total, started->position, started->text, now, {}};
  } else if (!std::holds_alternative<StatementDone>(event)) {
    step_.clear();
    statement_.reset();
  }
}

}  // namespace migrate::output
