#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "ground.h"
#include "kill.h"

namespace migrate::torture {

/// A kill that was carried out, and what it hit.
struct Strike {
  Kill kill;
  std::chrono::milliseconds after{0};  ///< since the run was started
  std::string statement;               ///< that the server was running just before; empty: none
  std::string intents;                 ///< open in the journal just before; empty: none
};

/// How long a run is expected to take.
struct Expectation {
  std::chrono::milliseconds until_statements{0};  ///< connecting, planning
  std::chrono::milliseconds statements{0};
};

/// Carries out kills.
class Killer {
 public:
  explicit Killer(Ground& ground) : ground_(ground) {}

  /// Waits for the moment and kills `up`, which was just started.
  /// Nothing when it ended before, or had no connection to cut yet. The server that it killed is
  /// down when it returns, and the server's ends of connections that it cut are closed. Throws
  /// Interrupted.
  std::optional<Strike> strike(const Kill& kill, testing::Process& up, const Expectation& expected);

 private:
  std::string statement_of_the_run();
  std::string open_intents();
  /// False when there was nothing to kill.
  bool carry_out(const Kill& kill, const testing::Process& up);

  Ground& ground_;
  std::optional<testing::RawConnection> look_;
};

}  // namespace migrate::torture
