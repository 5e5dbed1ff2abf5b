#include "stage.h"

#include <functional>
#include <utility>

#include <fmt/format.h>

#include "app/exec.h"
#include "app/migration.h"
#include "core/fault.h"

namespace migrate::app {
namespace {

/// Hears how a run ends, and hands everything on.
class Ending : public port::EventSink {
 public:
  Ending(StageRun& run, std::uint64_t& ended, port::EventSink& others)
      : run_(run), ended_(ended), others_(others) {}

  void on(const core::Event& event) override {
    if (const auto* failed = std::get_if<core::event::StepFailed>(&event))
      run_.failures.push_back(*failed);
    if (const auto* refused = std::get_if<core::event::Refused>(&event))
      run_.refusal = refused->refusal;
    if (std::holds_alternative<core::event::StepStarted>(event)) ended_ = 0;
    if (const auto* done = std::get_if<core::event::StatementDone>(&event)) ended_ = done->index;
    others_.on(event);
  }

 private:
  StageRun& run_;
  std::uint64_t& ended_;
  port::EventSink& others_;
};

/// In its scope the statements of a file go singly, and `look` is called behind each.
class Watching {
 public:
  Watching(MovedServer& server, StepSubset& steps, const core::ScriptFile& file,
           std::function<void()> look)
      : server_(server), steps_(steps) {
    steps_.go_singly(file);
    server_.watch(std::move(look));
  }
  ~Watching() {
    server_.watch({});
    steps_.go_together();
  }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

 private:
  MovedServer& server_;
  StepSubset& steps_;
};

}  // namespace

Stage::Stage(const RehearsalPorts& ports, const Ground& ground, port::StepSource& files, Move move)
    : ports_(ports),
      scratch_(ground.schema
                   ? ports.scratch.create(ground.schema->charset, ground.schema->collation)
                   : ports.scratch.create({}, {})),
      moved_(scratch_->server(), std::move(move)),
      steps_(std::make_unique<StepSubset>(files)) {
  stop_if_asked();
  session_ = scratch_->server().connect();
  build(ground);
}

void Stage::build(const Ground& ground) {
  if (ground.schema) scratch_->build(*ground.schema);
  if (!ground.file) return;
  const StageRun made =
      run("exec", [&](const RunPorts& ports) { return exec(ports, *ground.file); });
  if (!made.succeeded()) {
    const core::event::StepFailed failed =
        made.failures.empty() ? core::event::StepFailed{} : made.failures.back();
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("{}:{}: this schema cannot be made: {}", ground.file->path,
                    failed.position.line, failed.error.message),
        "give a file that makes the schema as it is; to write one: migrate snapshot --out FILE");
  }
  if (!session_->history().load().empty()) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{} brings a history along", ground.file->path),
                      "leave out the tables migrate_ledger, migrate_journal, migrate_log and "
                      "migrate_format; migrate snapshot does");
  }
}

void Stage::stop_if_asked() const {
  if (const auto stop = ports_.cancellation.requested())
    throw core::Fault(*stop, "stopped by a signal; the scratch schemas are dropped");
}

template <class UseCase>
StageRun Stage::run(const std::string& command, const UseCase& use_case) {
  StageRun run;
  Ending events(run, ended_, ports_.events);
  const Guards nobody;  // a scratch schema needs none
  run.code = use_case(RunPorts{.server = moved_,
                               .steps = *steps_,
                               .events = events,
                               .cancellation = ports_.cancellation,
                               .clock = ports_.clock,
                               .background = ports_.background,
                               .guards = nobody,
                               .patience = {.reconnect = std::chrono::seconds(0)},
                               .run_id = ports_.run_id,
                               .command = command,
                               .tool_version = {}});
  stop_if_asked();
  return run;
}

StageRun Stage::up(core::OnFailure on_failure) {
  return run("up", [&](const RunPorts& ports) {
    return app::up(ports, {.out_of_order = core::OutOfOrder::allow, .on_failure = on_failure});
  });
}

StageRun Stage::down() {
  return run("down", [](const RunPorts& ports) { return app::down(ports, {}); });
}

template <class Run>
StageRun Stage::watched(Trail& trail, const core::ScriptFile& file, const Run& run) {
  ended_ = 0;
  std::uint64_t looked = 0;
  const Watching watching(moved_, *steps_, file, [&] {
    if (ended_ > looked) trail.look_behind(looked = ended_);
  });
  return run();
}

StageRun Stage::up(Trail& trail, const core::ScriptFile& file) {
  return watched(trail, file, [this] { return up(); });
}

StageRun Stage::down(Trail& trail, const core::ScriptFile& file) {
  return watched(trail, file, [this] { return down(); });
}

}  // namespace migrate::app
