#include "run_checks.h"

#include <utility>

#include <fmt/format.h>

#include "core/event.h"
#include "core/fault.h"

namespace migrate::app {
namespace {

using core::check::Look;
using core::check::Moment;
using core::check::Result;
using core::check::Severity;

CheckPorts ports_of(const RunPorts& ports, const RunChecks& checks) {
  return {*checks.queries, ports.cancellation, ports.clock};
}

core::Refusal refusal_of(const Look& look) {
  std::string names;
  std::string detail;
  std::string skip;
  for (const Result& result : look.results) {
    if (!result.is_bad() || result.check.severity != Severity::error) continue;
    names += (names.empty() ? "" : ", ") + result.words();
    detail += fmt::format("{}\n  {}\n", result.words(), result.check.reason);
    skip += fmt::format(" --skip-check {}", result.check.name);
  }
  return {.reason = fmt::format("{}; nothing ran", names),
          .way_out = fmt::format("bring it in order, or when it does not matter: migrate up{} "
                                 "--reason \"…\"",
                                 skip),
          .detail = detail};
}

}  // namespace

std::optional<core::Refusal> ChecksOfRun::refuse_before() {
  for (const SkippedCheck& skipped : checks_.skipped) {
    records_.emplace_back(core::journal::Logged{
        .event = "check skipped", .message = fmt::format("{}: {}", skipped.name, skipped.reason)});
  }
  if (checks_.before.empty()) return std::nullopt;
  const Look look = look_at(ports_of(ports_, checks_), checks_.before);
  tell(Moment::before, look);
  if (const auto stop = ports_.cancellation.requested()) {
    return core::Refusal{.code = *stop, .reason = "stopped while asking checks; nothing ran"};
  }
  if (!look.has_at_least(Severity::error)) return std::nullopt;
  return refusal_of(look);
}

core::ExitCode ChecksOfRun::ask_after() {
  if (checks_.after.empty()) return core::ExitCode::done;
  Look look;
  try {
    look = look_at(ports_of(ports_, checks_), checks_.after);
  } catch (const core::Fault& fault) {
    // All is done by now: that must be recorded and told, whatever becomes of the checks.
    for (const core::check::Check& check : checks_.after)
      look.results.push_back(core::check::unasked(check, fault.what()));
  }
  tell(Moment::after, look);
  if (look.has_at_least(Severity::error)) return core::ExitCode::check_failed;
  return ports_.cancellation.requested().value_or(core::ExitCode::done);
}

std::vector<core::JournalWrite> ChecksOfRun::take_records() {
  return std::exchange(records_, {});
}

void ChecksOfRun::tell(Moment moment, const Look& look) {
  for (const Result& result : look.results) {
    ports_.events.on(core::event::Checked{moment, result});
    if (!result.is_bad()) continue;
    records_.emplace_back(
        core::journal::Logged{.event = "check failed",
                              .message = fmt::format("{}: {}", name_of(moment), result.words())});
  }
}

}  // namespace migrate::app
