#include "plain_progress.h"

#include <fmt/format.h>

#include "progress_lines.h"
#include "signs.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

using std::chrono::seconds;

void PlainProgress::on(const core::Event& event) {
  const std::scoped_lock lock(mutex_);
  try {
    const std::string lines = progress_lines(event, position_, style_) + waiting_line(event);
    const bool moved = position_.moving().has_value();
    position_.add(event, clock_.now());
    const bool begins = std::holds_alternative<core::event::StatementStarted>(event) ||
                        (position_.moving() && !moved);
    if (begins) next_sign_ = sign_behind(seconds(0));
    // Between its end and the next event the statement is still known, but it does not run.
    if (std::holds_alternative<core::event::StatementDone>(event)) next_sign_ = seconds::max();
    if (!lines.empty()) err_ << lines << std::flush;
  } catch (...) {  // NOLINT(bugprone-empty-catch): showing a run must never stop it
  }
}

void PlainProgress::tick() {
  const std::scoped_lock lock(mutex_);
  const auto& moving = position_.moving();
  const auto& statement = position_.statement();
  if (style_.verbosity == Verbosity::quiet || (!moving && !statement)) return;
  try {
    const auto since = moving ? moving->since : statement->since;
    const auto elapsed = std::chrono::duration_cast<seconds>(clock_.now() - since);
    if (elapsed < next_sign_) return;
    next_sign_ = sign_behind(elapsed);
    std::string what =
        moving ? moving_text(moving->what)
               : fmt::format("{}, {}:{}, statement {} of {}", position_.step(), position_.path(),
                             statement->position.line, statement->index, statement->total);
    what += ", " + whole_seconds(static_cast<std::uint64_t>(elapsed.count()));
    if (!moving && !statement->progress.empty()) what += ", " + statement->progress;
    err_ << fmt::format("  still running: {}\n", what) << std::flush;
  } catch (...) {  // NOLINT(bugprone-empty-catch): as above
  }
}

std::string PlainProgress::waiting_line(const core::Event& event) const {
  const auto* waiting = std::get_if<core::event::LockWaiting>(&event);
  if (waiting == nullptr || style_.verbosity == Verbosity::quiet) return {};
  // Told once for each holder, however often the wait is reported.
  const auto& before = position_.waiting();
  if (before && before->what.holder.connection_id == waiting->holder.connection_id) return {};
  return fmt::format("waiting for the lock, up to {} s: held by {}\n", waiting->timeout_s,
                     holder_text(waiting->holder));
}

}  // namespace migrate::output
