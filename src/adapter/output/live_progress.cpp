#include "live_progress.h"

#include <algorithm>

#include <fmt/format.h>

#include "paint.h"
#include "progress_lines.h"
#include "secrets.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

namespace {

// To the first column, and erase to the end of the line (ECMA-48, 8.3.41).
constexpr std::string_view clear_line = "\r\033[K";

std::uint64_t microseconds_between(RunPosition::Time from, RunPosition::Time to) {
  const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
  return static_cast<std::uint64_t>(std::max<decltype(elapsed)>(elapsed, 0));
}

std::string elapsed_text(RunPosition::Time from, RunPosition::Time to) {
  return whole_seconds(microseconds_between(from, to) / 1'000'000);
}

}  // namespace

LiveProgress::~LiveProgress() {
  try {
    draw({}, {});
    // NOLINTNEXTLINE(bugprone-empty-catch): a screen that cannot be written has nothing to clear
  } catch (...) {
  }
}

void LiveProgress::on(const core::Event& event) {
  const std::scoped_lock lock(mutex_);
  try {
    const std::string permanent = progress_lines(event, position_, style_);
    position_.add(event, clock_.now());
    draw(permanent, live_line());
  } catch (...) {  // NOLINT(bugprone-empty-catch): showing a run must never stop it
  }
}

void LiveProgress::tick() {
  const std::scoped_lock lock(mutex_);
  try {
    draw({}, live_line());
  } catch (...) {  // NOLINT(bugprone-empty-catch): as above
  }
}

std::string LiveProgress::live_line() const {
  if (style_.verbosity == Verbosity::quiet) return {};
  std::string line;
  if (const auto& waiting = position_.waiting()) {
    line = fmt::format("waiting for the lock, {} of {} s: held by {}",
                       elapsed_text(waiting->since, clock_.now()), waiting->what.timeout_s,
                       holder_text(waiting->what.holder));
  } else if (const auto& moving = position_.moving()) {
    line =
        fmt::format("{}, {}", moving_text(moving->what), elapsed_text(moving->since, clock_.now()));
  } else if (!position_.step().empty()) {
    line = fmt::format("{}/{} {}", position_.number(), position_.steps(), position_.step());
    if (const auto& statement = position_.statement()) {
      line += fmt::format("  statement {} of {}, {}", statement->index, statement->total,
                          elapsed_text(statement->since, clock_.now()));
      if (!statement->progress.empty()) line += ", " + statement->progress;
      line += "  " + one_line(without_passwords(statement->text));
    }
  }
  // A line that fills the last column would wrap, and a wrapped line cannot be cleared.
  return shorten(line, style_.width - std::min<std::size_t>(style_.width, 1));
}

void LiveProgress::draw(const std::string& permanent, const std::string& line) {
  if (permanent.empty() && line == shown_) return;
  std::string out;
  if (!shown_.empty()) out += clear_line;
  out += permanent + paint(line, Tone::faint, style_.colour);
  shown_ = line;
  err_ << out << std::flush;
}

}  // namespace migrate::output
