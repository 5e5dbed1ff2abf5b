#include "killer.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGKILL is POSIX

#include "interruption.h"

namespace migrate::torture {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

steady_clock::duration time_until(const Kill& kill, const Expectation& expected) {
  const auto part = [&](milliseconds time) {
    return duration_cast<steady_clock::duration>(time * kill.moment);
  };
  return kill.within == Within::statements ? expected.until_statements + part(expected.statements)
                                           : part(expected.until_statements + expected.statements);
}

}  // namespace

// What it asks and sets when it begins, and waiting for a lock, is not what a kill should hit.
std::string Killer::statement_of_the_run() {
  return look_->value(
      "SELECT REGEXP_REPLACE(info, '^/[*] migrate [^*]*[*]/ *', '') FROM "
      "information_schema.processlist WHERE db = '" +
      ground_.schema() +
      "' AND id <> CONNECTION_ID() AND command <> 'Sleep' AND info IS NOT NULL "
      "AND info NOT REGEXP '^(SELECT|SHOW|SET NAMES|SET SESSION)' LIMIT 1");
}

std::string Killer::open_intents() {
  try {
    return look_->value(
        "SELECT GROUP_CONCAT('step ', id, ' statement ', first_statement ORDER BY id, "
        "first_statement) FROM " +
        ground_.schema() + ".migrate_journal WHERE state = 'intended'");
  } catch (const std::runtime_error&) {
    return {};  // the run has not made its tables yet
  }
}

bool Killer::carry_out(const Kill& kill, const testing::Process& up) {
  switch (kill.kind) {
    case KillKind::client:
      up.signal(SIGKILL);
      break;
    case KillKind::server:
      ground_.kill_server();
      look_.reset();
      break;
    case KillKind::all_cut:
      return ground_.proxy().cut_all() > 0;
    case KillKind::work_cut:
      return ground_.proxy().cut_last() > 0;
    case KillKind::control_cut:
      return ground_.proxy().cut_first() > 0;
  }
  return true;
}

std::optional<Strike> Killer::strike(const Kill& kill, testing::Process& up,
                                     const Expectation& expected) {
  const auto start = steady_clock::now();
  if (!look_) look_ = ground_.connect();
  const auto moment = start + time_until(kill, expected);
  while (steady_clock::now() < moment) {
    stop_if_interrupted();
    if (up.has_ended()) return std::nullopt;
    std::this_thread::sleep_for(std::min<steady_clock::duration>(moment - steady_clock::now(),
                                                                 std::chrono::milliseconds(1)));
  }
  Strike strike{.kill = kill};
  strike.intents = open_intents();
  strike.statement = statement_of_the_run();
  while (kill.aim == Aim::statement && strike.statement.empty()) {
    stop_if_interrupted();
    if (up.has_ended()) return std::nullopt;
    strike.statement = statement_of_the_run();
  }
  if (up.has_ended()) return std::nullopt;
  strike.after = duration_cast<milliseconds>(steady_clock::now() - start);
  if (!carry_out(kill, up)) return std::nullopt;
  // The server goes on for so long with nobody there, as when a network breaks.
  std::this_thread::sleep_for(kill.server_is_told_after);
  ground_.proxy().hang_up();
  return strike;
}

}  // namespace migrate::torture
