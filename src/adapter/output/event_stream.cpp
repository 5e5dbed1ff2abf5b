#include "adapter/output/event_stream.h"

#include <chrono>
#include <fstream>
#include <mutex>
#include <string_view>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "check_json.h"
#include "core/fault.h"
#include "run_json.h"
#include "secrets.h"
#include "words.h"

namespace migrate::output {

namespace {

using Json = nlohmann::ordered_json;

std::string now() {
  using std::chrono::milliseconds;
  const auto at =
      std::chrono::floor<milliseconds>(std::chrono::system_clock::now()).time_since_epoch();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(static_cast<std::time_t>(at.count() / 1000)), at.count() % 1000);
}

Json error_json(const core::ServerError& error) {
  return {{"code", error.code}, {"sqlstate", error.sqlstate}, {"message", error.message}};
}

Json blocker_json(const core::Blocker& blocker) {
  return {{"connection_id", blocker.connection_id},
          {"user", blocker.user},
          {"host", blocker.host},
          {"age_s", blocker.age_s},
          {"idle", blocker.idle},
          {"certain", blocker.certainty == core::Blocker::Certainty::certain},
          {"statement", without_passwords(blocker.statement)}};
}

Json holder_json(const core::LockHolder& holder) {
  return {{"connection_id", holder.connection_id},
          {"user", holder.user},
          {"host", holder.host},
          {"since", holder.since}};
}

void append(Json& object, const Json& more) {
  for (const auto& [key, value] : more.items()) object[key] = value;
}

/// The name of each event and what it says.
class Fields {
 public:
  explicit Fields(Json& out) : out_(out) {}

  void operator()(const core::event::LockWaiting& waiting) {
    name("lock_waiting");
    out_["holder"] = holder_json(waiting.holder);
    out_["timeout_s"] = waiting.timeout_s;
  }
  void operator()(const core::event::OrphanWaiting& waiting) {
    name("orphan_waiting");
    out_["connection_id"] = waiting.orphan.connection_id;
    out_["statement"] = without_passwords(waiting.orphan.statement);
    out_["age_s"] = waiting.orphan.age_s;
    out_["progress"] = waiting.orphan.progress;
    out_["ended"] = waiting.ended;
    out_["waited_s"] = waiting.waited_s;
    out_["timeout_s"] = waiting.timeout_s;
  }
  void operator()(const core::event::Settled& settled) { say("settled", settled.message); }
  void operator()(const core::event::ConnectionLost& lost) {
    name("connection_lost");
    out_["error"] = error_json(lost.error);
    out_["timeout_s"] = lost.timeout_s;
  }
  void operator()(const core::event::Reconnected& reconnected) {
    name("reconnected");
    out_["after_ms"] = reconnected.after_ms;
  }
  void operator()(const core::event::Refused& refused) {
    name("refused");
    append(out_, refusal_json(refused.refusal));
  }
  void operator()(const core::event::RunStarted& run) {
    name("run_started");
    out_["run_id"] = run.run_id;
    out_["command"] = run.command;
    out_["server"] = server_json(run.server);
    out_["steps"] = run.steps;
    out_["statements"] = run.statements;
  }
  void operator()(const core::event::StepStarted& started) {
    const core::PlannedStep& planned = started.planned;
    name("step_started");
    append(out_, step_json(planned.step.id, planned.step.name));
    out_["direction"] = word(planned.direction);
    out_["reason"] = word(planned.reason);
    out_["path"] = planned.script.path;
    out_["number"] = started.number;
  }
  void operator()(const core::event::StatementStarted& started) {
    name("statement_started");
    out_["statement"] = started.index;
    out_["statements"] = started.total;
    out_["line"] = started.position.line;
    out_["column"] = started.position.column;
    out_["text"] = without_passwords(started.text);
  }
  void operator()(const core::event::StatementDone& done) {
    name("statement_done");
    out_["statement"] = done.index;
    out_["affected_rows"] = done.affected_rows;
    out_["warnings"] = done.warnings;
    out_["duration_us"] = done.duration_us;
  }
  void operator()(const core::event::Progressed& progressed) {
    name("progressed");
    out_["statement"] = progressed.index;
    out_["statements"] = progressed.total;
    out_["elapsed_s"] = progressed.elapsed_s;
    out_["waits_for_lock"] = progressed.waits_for_lock;
    if (const auto& work = progressed.work) {
      if (work->stages > 0) {
        out_["stage"] = work->stage;
        out_["stages"] = work->stages;
      }
      if (!work->name.empty()) out_["stage_name"] = work->name;
      out_["percent"] = work->percent();
      out_["unit"] = word(work->unit);
    }
    if (progressed.pace) {
      out_["per_second"] = progressed.pace->per_second;
      out_["left_s"] = progressed.pace->left_s;
    }
    if (!progressed.hint.empty()) out_["hint"] = progressed.hint;
  }
  void operator()(const core::event::Blocked& blocked) {
    name("blocked");
    out_["statement"] = blocked.index;
    out_["waited_ms"] = blocked.waited_ms;
    out_["blockers"] = Json::array();
    for (const core::Blocker& blocker : blocked.blockers)
      out_["blockers"].push_back(blocker_json(blocker));
  }
  void operator()(const core::event::Retrying& retrying) {
    name("retrying");
    out_["statement"] = retrying.index;
    out_["attempt"] = retrying.attempt;
    out_["attempts"] = retrying.attempts;
    out_["pause_ms"] = retrying.pause_ms;
    out_["error"] = error_json(retrying.error);
  }
  void operator()(const core::event::BlockerEnded& ended) {
    name("blocker_ended");
    out_["blocker"] = blocker_json(ended.blocker);
  }
  void operator()(const core::event::StepDone& done) {
    name("step_done");
    append(out_, step_json(done.id, done.name));
    out_["direction"] = word(done.direction);
    out_["duration_us"] = done.duration_us;
  }
  void operator()(const core::event::StepFailed& failed) {
    name("step_failed");
    append(out_, failure_json(failed));
  }
  void operator()(const core::event::Warned& warned) { say("warned", warned.message); }
  void operator()(const core::event::Recorded& recorded) { say("recorded", recorded.message); }
  void operator()(const core::event::Checked& checked) {
    name("checked");
    out_["when"] = name_of(checked.moment);
    append(out_, check_result_json(checked.result));
  }
  void operator()(const core::event::HookStarted& started) {
    name("hook_started");
    about(started.hook);
  }
  void operator()(const core::event::ProgramSaid& said) {
    name("program_said");
    out_["program"] = said.program;
    out_["line"] = said.line;
  }
  void operator()(const core::event::HookEnded& ended) {
    name("hook_ended");
    about(ended.hook);
    out_["result"] = word(ended.ending.how);
    out_["exit_code"] = ended.ending.exit_code;
    out_["ending"] = ended.ending.words;
    out_["duration_us"] = ended.ending.duration_us;
  }
  void operator()(const core::event::Moving& moving) { say("moving", moving.what); }
  void operator()(const core::event::RunFinished& finished) {
    name("run_finished");
    out_["exit_code"] = static_cast<int>(finished.code);
    out_["duration_us"] = finished.duration_us;
  }

 private:
  void name(std::string_view event) { out_["event"] = event; }
  void say(std::string_view event, const std::string& message) {
    name(event);
    out_["message"] = message;
  }

  void about(const core::hook::Call& hook) {
    out_["hook"] = name_of(hook.moment);
    out_["command"] = hook.command;
    out_["step"] = hook.step.empty() ? Json() : Json(hook.step);
  }

  Json& out_;
};

class EventStream : public port::EventSink {
 public:
  explicit EventStream(std::ostream& out) : out_(out) {}

  void on(const core::Event& event) override {
    if (std::holds_alternative<core::event::Moving>(event)) return;  // by the thousand
    const std::scoped_lock lock(mutex_);
    try {
      Json line{{"at", now()}};
      std::visit(Fields(line), event);
      // What is not UTF-8 must not end the stream.
      out_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
    } catch (...) {  // NOLINT(bugprone-empty-catch): telling of a run must never stop it
    }
  }

 private:
  std::mutex mutex_;
  std::ostream& out_;
};

class EventFile : public port::EventSink {
 public:
  explicit EventFile(const std::string& path) : file_(path, std::ios::app), stream_(file_) {
    if (file_) return;
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("cannot open the file {} for events", path),
                      "choose another file with --events, or make its directory writable");
  }
  void on(const core::Event& event) override { stream_.on(event); }

 private:
  std::ofstream file_;
  EventStream stream_;
};

}  // namespace

std::unique_ptr<port::EventSink> make_event_stream(std::ostream& out) {
  return std::make_unique<EventStream>(out);
}

std::unique_ptr<port::EventSink> make_event_file(const std::string& path) {
  return std::make_unique<EventFile>(path);
}

}  // namespace migrate::output
