// What changes a schema, and what watches it meanwhile.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "adapter/mysql/server.h"
#include "adapter/mysql/statement_look.h"
#include "adapter/output/report_sink.h"
#include "adapter/posix/ticker.h"
#include "adapter/posix/user_programs.h"
#include "app/statement_watcher.h"
#include "canceller.h"
#include "guards.h"
#include "hooks.h"
#include "process_world.h"
#include "run_identity.h"
#include "signals.h"
#include "watched_events.h"

namespace migrate::wiring {
namespace {

app::LockPatience lock_patience(const config::Settings& settings) {
  return {.retries = settings.lock_retries,
          .kill_after = settings.kill_blockers_after,
          .killable = settings.kill_blockers.value};
}

}  // namespace

core::ExitCode ProcessWorld::ask(
    const std::function<core::ExitCode(const app::CheckPorts&)>& use_case) {
  const auto queries = check_queries();
  Signals signals(canceller(connection(), run_identity("check")));
  return use_case({.queries = *queries, .cancellation = signals, .clock = clock_});
}

core::ExitCode ProcessWorld::run(
    std::string_view command, const std::function<core::ExitCode(const app::RunPorts&)>& use_case) {
  const core::RunIdentity run = run_identity(command);
  const auto server = mysql::open_server(connection(), run);
  port::StepSource& step_source = steps();
  // After the password prompt and the start of the private server: both want the signals for
  // themselves.
  Signals signals(canceller(connection(), run));
  output::ReportSink report;
  const WatchedEvents events(global_, err_style_, clock_, {report});
  const app::Guards on_guard = guards();
  const auto look = mysql::open_statement_look(connection());
  app::StatementWatcher watcher(events.sink(), signals, clock_, *look);
  const posix::Ticker every_second(std::chrono::seconds(1), [&watcher] { watcher.tick(); });
  const auto programs = user_programs();
  std::optional<app::OnlineTool> online = online_tool();
  if (online) online->programs = programs.get();
  const core::ExitCode code = use_case({.server = *server,
                                        .steps = step_source,
                                        .events = watcher,
                                        .cancellation = watcher,
                                        .clock = clock_,
                                        .background = background_,
                                        .guards = on_guard,
                                        .online = online ? &*online : nullptr,
                                        .patience = {.lock = loaded().lock_timeout,
                                                     .orphan = loaded().orphan_timeout,
                                                     .orphans = global_.orphans,
                                                     .reconnect = loaded().reconnect_timeout,
                                                     .statement_locks = lock_patience(loaded())},
                                        .run_id = run.run_id,
                                        .command = run.command,
                                        .tool_version = run.tool_version});
  presenter().report(report.report());
  return code;
}

std::unique_ptr<port::Programs> ProcessWorld::user_programs() {
  return posix::open_user_programs(
      {.directory = project_directory(loaded()), .secret_variables = loaded().secret_variables});
}

core::ExitCode ProcessWorld::run_with_hooks(
    std::string_view command,
    const std::function<core::ExitCode(const app::RunPorts&, const app::RunHooks&)>& use_case) {
  const config::Settings& settings = loaded();
  const auto programs = user_programs();
  const app::RunHooks hooks{.hooks = hooks_of(settings),
                            .programs = programs.get(),
                            .variables = variables_of(settings, connection())};
  return run(command, [&](const app::RunPorts& ports) { return use_case(ports, hooks); });
}

core::ExitCode ProcessWorld::wait_for_window() {
  const auto hours = window_hours(loaded(), connection(), clock_);
  const Signals signals([](std::uint64_t) {});
  const WatchedEvents events(global_, err_style_, clock_);
  return app::wait_for_window(*hours, signals, clock_, events.sink());
}

}  // namespace migrate::wiring
