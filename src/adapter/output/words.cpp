#include "words.h"

#include <fmt/format.h>

#include "core/backup/manifest.h"
#include "secrets.h"
#include "text.h"
#include "units.h"

namespace migrate::output {

std::string_view word(core::StepStatus status) {
  switch (status) {
    case core::StepStatus::applied:
      return "applied";
    case core::StepStatus::baselined:
      return "baselined";
    case core::StepStatus::pending:
      return "pending";
    case core::StepStatus::changed:
      return "changed";
    case core::StepStatus::missing:
      return "missing";
    case core::StepStatus::out_of_order:
      return "out_of_order";
    case core::StepStatus::partial:
      return "partial";
    case core::StepStatus::in_doubt:
      return "in_doubt";
  }
  return "";
}

std::string_view word(core::Direction direction) {
  return direction == core::Direction::up ? "up" : "down";
}

std::string_view word(core::preflight::Outcome outcome) {
  using core::preflight::Outcome;
  switch (outcome) {
    case Outcome::clear:
      return "clear";
    case Outcome::warned:
      return "warned";
    case Outcome::refused:
      return "refused";
    case Outcome::not_asked:
      break;
  }
  return "not_asked";
}

std::string_view word(core::ProgramEnding::How how) {
  using How = core::ProgramEnding::How;
  switch (how) {
    case How::succeeded:
      return "succeeded";
    case How::failed:
      return "failed";
    case How::timed_out:
      return "timed_out";
    case How::stopped:
      return "stopped";
    case How::not_started:
      break;
  }
  return "not_started";
}

std::string_view word(core::Effect effect) {
  switch (effect) {
    case core::Effect::schema:
      return "schema";
    case core::Effect::data:
      return "data";
    case core::Effect::session:
      return "session";
    case core::Effect::neutral:
      return "neutral";
  }
  return "";
}

std::string_view word(core::Reason reason) {
  switch (reason) {
    case core::Reason::pending:
      return "pending";
    case core::Reason::changed_repeatable:
      return "changed_repeatable";
    case core::Reason::continues:
      return "continues";
    case core::Reason::turned_back:
      return "turned_back";
    case core::Reason::undo:
      return "undo";
  }
  return "";
}

std::string_view word(core::StepKind kind) {
  return kind == core::StepKind::versioned ? "versioned" : "repeatable";
}

std::string_view word(core::ServerFamily family) {
  return family == core::ServerFamily::mysql ? "mysql" : "mariadb";
}

std::string_view word(core::schema::Difference::Kind kind) {
  switch (kind) {
    case core::schema::Difference::Kind::missing:
      return "missing";
    case core::schema::Difference::Kind::unexpected:
      return "unexpected";
    case core::schema::Difference::Kind::changed:
      break;
  }
  return "changed";
}

std::string_view word(core::SchemaStatus::Verdict verdict) {
  switch (verdict) {
    case core::SchemaStatus::Verdict::as_left:
      return "as_left";
    case core::SchemaStatus::Verdict::drifted:
      return "drifted";
    case core::SchemaStatus::Verdict::unknown:
      break;
  }
  return "unknown";
}

std::string_view word(core::SchemaStatus::Looked looked) {
  return looked == core::SchemaStatus::Looked::now ? "now" : "before";
}

std::string_view spoken(core::schema::Difference::Kind kind) {
  switch (kind) {
    case core::schema::Difference::Kind::missing:
      return "is missing";
    case core::schema::Difference::Kind::unexpected:
      return "is not expected";
    case core::schema::Difference::Kind::changed:
      break;
  }
  return "is changed";
}

std::string reason_text(const core::PlannedStep& planned) {
  switch (planned.reason) {
    case core::Reason::pending:
      return "not applied yet";
    case core::Reason::changed_repeatable:
      return "its file changed since it last ran";
    case core::Reason::continues:
      return fmt::format("an earlier run stopped in it; goes on at statement {} of {}",
                         planned.first_statement, planned.script.shape.statements());
    case core::Reason::turned_back:
      return fmt::format("half applied; undone from statement {} of {} of its down file on",
                         planned.first_statement, planned.script.shape.statements());
    case core::Reason::undo:
      return "undone by its down file";
  }
  return "";
}

std::string server_text(const core::ServerInfo& server) {
  const std::string number = one_line(server.version.substr(0, server.version.find('-')));
  return (server.family == core::ServerFamily::mysql ? "MySQL " : "MariaDB ") + number;
}

std::string holder_text(const core::LockHolder& holder) {
  const std::string text = fmt::format("connection {}", holder.connection_id);
  std::string who = holder.user;
  if (!holder.host.empty()) who += "@" + holder.host;
  std::string details = one_line(who);
  if (!holder.since.empty()) {
    details +=
        (details.empty() ? "since " : ", since ") + one_line(human_time(holder.since)) + " UTC";
  }
  return details.empty() ? text : text + " (" + details + ")";
}

std::string orphan_text(const core::event::OrphanWaiting& waiting) {
  const core::Activity& orphan = waiting.orphan;
  std::string text =
      fmt::format("connection {} still runs a statement of a run that is dead, for {} s",
                  orphan.connection_id, orphan.age_s);
  if (!orphan.progress.empty()) text += fmt::format(" ({})", one_line(orphan.progress));
  text += fmt::format(
      ": {}; {}, {} of {} s{}",
      orphan.statement.empty() ? "not visible to this account"
                               : shorten(one_line(without_passwords(orphan.statement)), 80),
      waiting.ended ? "told to end, waiting until the server has undone it" : "waiting for its end",
      waiting.waited_s, waiting.timeout_s, waiting.ended ? "" : " (--kill-orphan ends it)");
  return text;
}

std::string blocker_text(const core::Blocker& blocker) {
  const bool certain = blocker.certainty == core::Blocker::Certainty::certain;
  return (certain ? "" : "perhaps ") + core::words_of(blocker);
}

std::string retrying_text(const core::event::Retrying& retrying) {
  return fmt::format("statement {} gave up (error {}); again in {}, retry {} of {}", retrying.index,
                     retrying.error.code, human_duration(retrying.pause_ms * 1000),
                     retrying.attempt, retrying.attempts);
}

std::string_view word(core::Work::Unit unit) {
  switch (unit) {
    case core::Work::Unit::percent:
      return "percent";
    case core::Work::Unit::rows:
      return "rows";
    case core::Work::Unit::pages:
      return "pages";
  }
  return "";
}

std::string progress_text(const core::event::Progressed& progressed) {
  if (progressed.waits_for_lock) return "waiting for a lock";
  if (!progressed.work) return {};
  const core::Work& work = *progressed.work;
  std::string text = core::words_of(work);
  if (const auto& pace = progressed.pace) {
    const bool percent = work.unit == core::Work::Unit::percent;
    text += percent
                ? fmt::format(", {:.1f} %", pace->per_second)
                : fmt::format(", {} {}", human_number(static_cast<std::uint64_t>(pace->per_second)),
                              word(work.unit));
    text += fmt::format(" a second, {} left", whole_seconds(pace->left_s));
  }
  return text;
}

std::string moving_text(const core::event::Moving& moving) {
  std::string text = one_line(moving.what);
  if (moving.done_bytes + moving.total_bytes > 0)
    text += ": " + core::backup::size_text(moving.done_bytes);
  if (moving.total_bytes > 0) text += " of " + core::backup::size_text(moving.total_bytes);
  if (!moving.detail.empty()) text += ", " + one_line(moving.detail);
  return text;
}

std::string step_text(const core::StepId& id, const std::string& name) {
  return one_line(core::display_name(id, name));
}

std::string place_text(const std::string& path, const core::Position& position) {
  return fmt::format("{}:{}:{}", one_line(path), position.line, position.column);
}

}  // namespace migrate::output
