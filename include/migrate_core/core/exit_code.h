#pragma once

namespace migrate::core {

/// What the process tells its caller. Scripts rely on these numbers: they never change meaning.
/// 64, 69, 70 and 78 are those of sysexits.h.
enum class ExitCode {
  done = 0,              ///< done; nothing pending
  pending = 2,           ///< steps are pending (status, plan)
  drift = 3,             ///< an applied file changed, or the schema is not what the history says
  refused = 4,           ///< a guard or the planner refused before anything ran
  statement_failed = 5,  ///< the server rejected a statement
  in_doubt = 6,          ///< the outcome of a statement is unknown; needs `migrate resolve`
  locked = 7,            ///< another run holds the lock
  check_failed = 8,      ///< a check does not hold; of `up`: behind all steps, which are recorded
  usage = 64,            ///< the command line is wrong
  unavailable = 69,      ///< the server cannot be reached, or was lost
  internal = 70,         ///< a defect of this program
  configuration = 78,    ///< configuration or input that cannot be read
  interrupted = 130,     ///< SIGINT
  terminated = 143,      ///< SIGTERM
};

}  // namespace migrate::core
