#include "app/check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/fault.h"

namespace migrate::app {
namespace {

using core::check::Check;
using core::check::Look;
using std::chrono::milliseconds;

std::vector<std::string> needed_tables(const std::vector<Check>& checks) {
  std::vector<std::string> tables;
  for (const Check& check : checks) {
    for (const std::string& table : check.needs) {
      if (std::ranges::find(tables, table) == tables.end()) tables.push_back(table);
    }
  }
  return tables;
}

const std::string* missing(const Check& check, const std::vector<std::string>& there) {
  const auto found = std::ranges::find_if(check.needs, [&there](const std::string& table) {
    return std::ranges::find(there, table) == there.end();
  });
  return found == check.needs.end() ? nullptr : &*found;
}

core::check::Result ask(const CheckPorts& ports, const Check& check) {
  ports.cancellation.watch(ports.queries.connection_id());
  try {
    const core::check::Answer answer = ports.queries.ask(check.query, check.time_limit);
    ports.cancellation.watch(0);
    return core::check::judge(check, answer);
  } catch (...) {
    ports.cancellation.watch(0);
    throw;
  }
}

Look nothing_to_be_asked(const std::vector<Check>& checks, const std::string& why) {
  Look look;
  for (const Check& check : checks) look.results.push_back(core::check::unasked(check, why));
  return look;
}

/// False: a signal came.
bool wait(const CheckPorts& ports, std::chrono::steady_clock::time_point until) {
  constexpr milliseconds slice{100};
  for (;;) {
    if (ports.cancellation.requested()) return false;
    const auto left = std::chrono::duration_cast<milliseconds>(until - ports.clock.now());
    if (left <= milliseconds(0)) return true;
    ports.clock.sleep(std::min(slice, left));
  }
}

}  // namespace

Look look_at(const CheckPorts& ports, const std::vector<Check>& checks) {
  Look look;
  if (checks.empty()) return look;
  const auto ground = ports.queries.ground(needed_tables(checks));
  look.at = ground.at;
  for (const Check& check : checks) {
    if (ports.cancellation.requested()) break;
    if (const std::string* table = missing(check, ground.tables)) {
      look.results.push_back(core::check::left_out(check, *table));
      continue;
    }
    core::check::Result result = ask(ports, check);
    // What it says then is that it was told to end.
    if (ports.cancellation.requested()) break;
    look.results.push_back(std::move(result));
  }
  return look;
}

core::ExitCode watch(const CheckPorts& ports, const std::vector<Check>& checks,
                     milliseconds interval,
                     const std::function<void(const Look&, const Look* before)>& show) {
  std::optional<Look> before;
  for (;;) {
    const auto next = ports.clock.now() + interval;
    Look now;
    try {
      now = look_at(ports, checks);
    } catch (const core::Fault& fault) {
      if (fault.code() != core::ExitCode::unavailable) throw;
      now = nothing_to_be_asked(checks, fault.what());
    }
    // A look that was broken off tells nothing of what it did not come to.
    if (const auto stop = ports.cancellation.requested()) return *stop;
    show(now, before ? &*before : nullptr);
    before = std::move(now);
    if (!wait(ports, next)) return ports.cancellation.requested().value_or(core::ExitCode::done);
  }
}

}  // namespace migrate::app
