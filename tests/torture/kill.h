#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "random.h"
#include "workload.h"

namespace migrate::torture {

enum class KillKind {
  client,       ///< SIGKILL of migrate
  server,       ///< SIGKILL of the server, which is started again
  all_cut,      ///< all connections are reset
  work_cut,     ///< only the last one that was opened, which runs the statements
  control_cut,  ///< only the first one, which holds the run's lock
};
inline constexpr KillKind all_kill_kinds[] = {KillKind::client, KillKind::server, KillKind::all_cut,
                                              KillKind::work_cut, KillKind::control_cut};

enum class Aim {
  moment,     ///< when its moment has come, whatever happens then
  statement,  ///< when its moment has come and the server is seen running a statement of the run
};

/// The time that a moment is a part of, as far as it can be foretold.
enum class Within {
  statements,  ///< while the steps run
  whole_run,   ///< from the start of the process: connecting, planning, too
};

enum class NextRun {
  when_ready,  ///< after the server is back
  at_once,     ///< before, to be told that there is none
};

/// One kill of one run of `migrate up`.
struct Kill {
  KillKind kind = KillKind::client;
  Aim aim = Aim::moment;
  Within within = Within::statements;
  double moment = 0;  ///< from 0 to 1 of that time
  /// How long after a cut the server is not told of it.
  std::chrono::milliseconds server_is_told_after{0};
  NextRun next_run = NextRun::when_ready;  ///< after a kill of the server
};

/// The kills of one iteration of a seed, one a run, one run after the other.
std::vector<Kill> plan_kills(std::uint64_t seed, std::uint64_t iteration, TableSize size);

/// Whether it needs a run that comes by the proxy.
bool cuts(KillKind kind);
std::string name_of(KillKind kind);
/// In words, for a report.
std::string describe(const Kill& kill);

}  // namespace migrate::torture
