#include "adapter/output/log_sink.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>

#include "core/fault.h"
#include "secrets.h"
#include "signs.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

namespace {

using spdlog::level::level_enum;

struct Line {
  level_enum level = level_enum::info;
  std::string text;
};

std::string warnings_text(std::uint64_t warnings) {
  return warnings == 0 ? "" : ", " + counted(warnings, "warning");
}

/// What the log says of each event.
struct LogLine {
  Line operator()(const core::event::LockWaiting& waiting) const {
    return {level_enum::info, fmt::format("waiting up to {} s for the lock held by {}",
                                          waiting.timeout_s, holder_text(waiting.holder))};
  }
  Line operator()(const core::event::OrphanWaiting& waiting) const {
    return {level_enum::info, orphan_text(waiting)};
  }
  Line operator()(const core::event::Settled& settled) const {
    return {level_enum::warn, settled.message};
  }
  Line operator()(const core::event::ConnectionLost& lost) const {
    return {level_enum::warn,
            fmt::format("connection lost, error {}: {}; trying to go on, up to {} s",
                        lost.error.code, lost.error.message, lost.timeout_s)};
  }
  Line operator()(const core::event::Reconnected& reconnected) const {
    return {level_enum::info,
            fmt::format("connected again after {}", human_duration(reconnected.after_ms * 1000))};
  }
  Line operator()(const core::event::Refused& refused) const {
    return {level_enum::err, refused.refusal.reason};
  }
  Line operator()(const core::event::RunStarted& run) const {
    return {level_enum::info,
            fmt::format("run {} started: {} on {} as {}, schema {}, connection {}: {}, {}",
                        run.run_id, run.command, server_text(run.server), run.server.account,
                        run.server.schema, run.server.connection_id, counted(run.steps, "step"),
                        counted(run.statements, "statement"))};
  }
  Line operator()(const core::event::StepStarted& started) const {
    const core::PlannedStep& planned = started.planned;
    return {
        level_enum::info,
        fmt::format("step {} {} started ({}): {}", step_text(planned.step.id, planned.step.name),
                    word(planned.direction), reason_text(planned), planned.script.path)};
  }
  Line operator()(const core::event::StatementStarted& started) const {
    return {level_enum::debug,
            fmt::format("statement {} of {} started, {}:{}: {}", started.index, started.total,
                        started.position.line, started.position.column,
                        without_passwords(started.text))};
  }
  Line operator()(const core::event::StatementDone& done) const {
    return {
        done.warnings == 0 ? level_enum::debug : level_enum::warn,
        fmt::format("statement {} done in {}, {}{}", done.index, human_duration(done.duration_us),
                    counted(done.affected_rows, "row"), warnings_text(done.warnings))};
  }
  Line operator()(const core::event::Progressed& progressed) const {
    std::string text =
        fmt::format("statement {} runs, {} s", progressed.index, progressed.elapsed_s);
    if (const std::string more = progress_text(progressed); !more.empty()) text += ", " + more;
    if (!progressed.hint.empty()) text += "; " + progressed.hint;
    return {level_enum::debug, std::move(text)};
  }
  Line operator()(const core::event::Blocked& blocked) const {
    std::string text = fmt::format("statement {} waits for a lock, {}", blocked.index,
                                   human_duration(blocked.waited_ms * 1000));
    for (const core::Blocker& blocker : blocked.blockers)
      text += "; in the way: " + blocker_text(blocker);
    return {level_enum::warn, std::move(text)};
  }
  Line operator()(const core::event::Retrying& retrying) const {
    return {level_enum::warn, retrying_text(retrying)};
  }
  Line operator()(const core::event::BlockerEnded& ended) const {
    return {level_enum::warn, "ended what was in the way: " + core::words_of(ended.blocker)};
  }
  Line operator()(const core::event::StepDone& done) const {
    return {level_enum::info, fmt::format("step {} {} done in {}", step_text(done.id, done.name),
                                          word(done.direction), human_duration(done.duration_us))};
  }
  Line operator()(const core::event::StepFailed& failed) const {
    return {level_enum::err,
            fmt::format(
                "step {} {} {} at statement {} of {}, {}: error {} ({}): {}; committed: {}{}; "
                "statement: {}",
                step_text(failed.id, failed.name), word(failed.direction),
                failed.cancelled ? "stopped" : "failed", failed.index, failed.total,
                place_text(failed.path, failed.position), failed.error.code, failed.error.sqlstate,
                without_passwords(failed.error, failed.statement), failed.committed,
                failed.rolled_back ? ", rolled back" : "", without_passwords(failed.statement))};
  }
  Line operator()(const core::event::Warned& warned) const {
    return {level_enum::warn, warned.message};
  }
  Line operator()(const core::event::Recorded& recorded) const {
    return {level_enum::info, recorded.message};
  }
  Line operator()(const core::event::Checked& checked) const {
    const core::check::Result& result = checked.result;
    const level_enum level = !result.is_bad() ? level_enum::info
                             : result.check.severity == core::check::Severity::error
                                 ? level_enum::err
                                 : level_enum::warn;
    return {level, fmt::format("check {}: {}", name_of(checked.moment), result.words())};
  }
  Line operator()(const core::event::HookStarted& started) const {
    return {level_enum::info, fmt::format("{} started", words_of(started.hook))};
  }
  Line operator()(const core::event::ProgramSaid& said) const {
    return {level_enum::info, fmt::format("{} says: {}", said.program, said.line)};
  }
  Line operator()(const core::event::HookEnded& ended) const {
    return {ended.ending.succeeded() ? level_enum::info : level_enum::err,
            fmt::format("{}: {}, {}", words_of(ended.hook), ended.ending.words,
                        human_duration(ended.ending.duration_us))};
  }
  Line operator()(const core::event::Moving& moving) const {
    return {level_enum::debug, moving.what};
  }
  Line operator()(const core::event::RunFinished& finished) const {
    return {level_enum::info,
            fmt::format("run finished with exit code {} in {}", static_cast<int>(finished.code),
                        human_duration(finished.duration_us))};
  }
};

std::unique_ptr<spdlog::logger> open_log(const std::string& path) {
  try {
    // A logger of its own: spdlog's registry is global state.
    auto logger = std::make_unique<spdlog::logger>(
        "migrate", std::make_shared<spdlog::sinks::basic_file_sink_mt>(path));
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    logger->set_level(level_enum::trace);
    logger->flush_on(level_enum::trace);
    return logger;
  } catch (const spdlog::spdlog_ex& error) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("cannot open the log file {}: {}", path, error.what()),
                      "choose another file with --log-file, or make its directory writable");
  }
}

class LogSink : public port::EventSink {
 public:
  explicit LogSink(std::unique_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  void on(const core::Event& event) override {
    try {
      if (std::holds_alternative<core::event::Moving>(event)) return;  // by the thousand
      if (std::holds_alternative<core::event::StatementStarted>(event))
        next_sign_ = sign_behind({});
      if (const auto* progressed = std::get_if<core::event::Progressed>(&event)) {
        if (!is_due(*progressed)) return;
      }
      const Line line = std::visit(LogLine{}, event);
      logger_->log(line.level, std::string_view(one_line(line.text)));
    } catch (...) {  // NOLINT(bugprone-empty-catch): a log must never stop a run
    }
  }

 private:
  /// Of what comes every second.
  bool is_due(const core::event::Progressed& progressed) {
    const std::chrono::seconds elapsed(progressed.elapsed_s);
    if (elapsed < next_sign_) return !progressed.hint.empty();
    next_sign_ = sign_behind(elapsed);
    return true;
  }

  std::unique_ptr<spdlog::logger> logger_;
  std::chrono::seconds next_sign_{0};  ///< how long the statement takes when it is next told of
};

}  // namespace

std::unique_ptr<port::EventSink> make_log_sink(const std::string& path) {
  return std::make_unique<LogSink>(open_log(path));
}

}  // namespace migrate::output
