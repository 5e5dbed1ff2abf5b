// How a run outlives the connections that it loses.
#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "app/planning.h"
#include "lost_connection.h"
#include "online_alters.h"
#include "run.h"

namespace migrate::app {

using core::ExitCode;

void Run::carry_out(const core::Plan& plan, port::EventSink& events, HooksOfRun& hooks,
                    SchemaKeeping& keeping) {
  const OnlineAlters online(ports_.online);
  Runner runner(*sessions_, ports_.steps, events, ports_.cancellation, ports_.clock, boundaries_,
                ports_.patience.statement_locks, hooks, online, keeping, ports_.background);
  core::Plan rest = plan;
  std::size_t before = 0;
  Losses losses;
  for (;;) {
    const std::optional<core::Fault> fault = run_once(runner, rest, before);
    if (code_ == ExitCode::refused) refuse(runner.refusal());
    if (code_ != ExitCode::unavailable) return;
    if (!losses.worth_trying(rest, runner) || !reconnect(fault, runner)) {
      if (code_ != ExitCode::unavailable) return;  // another run has the lock, or a signal came
      if (runner.lost()) ports_.events.on(*runner.lost());
      if (fault && !runner.lost()) throw core::Fault(*fault);
      return;
    }
    const core::PlanResult left = go_on_with(rest, runner.steps_done(), control(), ports_.steps);
    if (const auto* refusal = std::get_if<core::Refusal>(&left)) return refuse(*refusal);
    before += runner.tell_done(rest, before, std::get<core::Plan>(left));
    rest = std::get<core::Plan>(left);
  }
}

std::optional<core::Fault> Run::run_once(Runner& runner, const core::Plan& plan,
                                         std::size_t before) {
  try {
    code_ = runner.run(plan, before);
  } catch (const core::Fault& fault) {
    if (fault.code() != ExitCode::unavailable) throw;
    code_ = ExitCode::unavailable;
    return fault;
  }
  return std::nullopt;
}

bool Run::reconnect(const std::optional<core::Fault>& fault, const Runner& runner) {
  using std::chrono::milliseconds;
  core::ServerError error;
  if (runner.lost()) error = runner.lost()->error;
  if (fault && error.message.empty()) error.message = fault->what();
  const std::chrono::seconds patience = ports_.patience.reconnect;
  if (patience.count() == 0) return false;
  ports_.events.on(core::event::ConnectionLost{
      .error = error, .timeout_s = static_cast<std::uint64_t>(patience.count())});
  const OwnConnections own(*sessions_);
  sessions_.reset();
  const Stopwatch waited(ports_.clock);
  constexpr milliseconds longest_pause{2000};
  for (milliseconds pause{50};; pause = std::min(2 * pause, longest_pause)) {
    if (const auto stop = ports_.cancellation.requested()) {
      code_ = *stop;
      return false;
    }
    try {
      own.end(ports_.server);
      if (!open_settled()) return false;
      break;
    } catch (const core::Fault& again) {
      sessions_.reset();
      if (again.code() != ExitCode::unavailable) throw;
    }
    if (waited.elapsed_us() / 1'000'000 >= static_cast<std::uint64_t>(patience.count()))
      return false;
    ports_.clock.sleep(pause);
  }
  ports_.events.on(core::event::Reconnected{.after_ms = waited.elapsed_us() / 1000});
  return true;
}

}  // namespace migrate::app
