#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/exit_code.h"
#include "core/packet.h"
#include "core/position.h"
#include "core/schema/difference.h"
#include "core/server_info.h"
#include "core/step.h"

/// Steps are rehearsed on a schema that is thrown away, and what that proves of each.
namespace migrate::core::rehearsal {

enum class Proof {
  up,             ///< it can be applied
  down,           ///< its down file brings the schema back
  up_again,       ///< applied again it gives the same
  stepwise,       ///< its first k statements are undone by the last k of its down file, for every k
  idempotent,     ///< a ddl file that is applied twice changes nothing the second time
  converges,      ///< a ddl file gives the same on the shape before as on an empty schema
  deterministic,  ///< with another clock and session it gives the same schema and rows
};
inline constexpr int proof_count = 7;

/// The order in which they are shown.
std::vector<Proof> all_proofs();
/// "up", "down", "up again", …: stable, attestations have them.
std::string_view word(Proof proof);

enum class ProofState {
  proven,
  failed,
  not_applicable,  ///< the step does not promise it: it has no down file, is not stepwise
  not_tried,       ///< something before it failed, or what it needs was not given
};

/// A statement of a file, as a person has to find it.
struct Place {
  std::string path;
  Position position;
  std::uint64_t statement = 0;  ///< of the file, from 1
  std::string text;             ///< at most the first failed_text_bytes
};

/// Something that does not hold.
struct Finding {
  Proof proof = Proof::up;
  std::string message;  ///< what was done and what came of it
  /// What the server, or the runner, refused; nothing where all ran and the outcome is wrong.
  std::optional<ServerError> error;
  std::vector<schema::Difference> differences;  ///< expected and found, object by object
  std::vector<std::string> rows;    ///< the same of rows: "table orders: other values …"
  std::optional<Place> place;       ///< the statement that did it, as far as it is known
  std::vector<std::string> causes;  ///< what in it: "NOW gives another value on each run"
};

struct StepVerification {
  Step step;
  std::map<Proof, ProofState> proofs;
  std::vector<Finding> findings;
  std::vector<std::string> notes;  ///< worth reading; nothing that fails
  std::uint64_t duration_us = 0;

  ProofState state(Proof proof) const;
  /// It was tried, and nothing was found.
  bool passed() const { return findings.empty() && state(Proof::up) == ProofState::proven; }
};

/// What a rehearsal showed.
struct Verification {
  ServerInfo server;
  std::string where;   ///< "the private server", "a scratch schema on the server of staging"
  std::string origin;  ///< what it began with: "an empty schema", "the schema of production", …
  std::string rows;    ///< the made-up rows, in words; empty: none
  std::vector<std::string> warnings;
  std::vector<StepVerification> steps;  ///< that were to be proven, in order
  std::uint64_t duration_us = 0;
  std::string attestation;               ///< path of the file; empty: none was written
  std::vector<std::string> recorded_in;  ///< environments
  std::optional<ExitCode> stopped;       ///< by a signal

  /// done; statement_failed when one could not run; drift when all ran and the outcome is wrong.
  ExitCode code() const;
  std::uint64_t passed() const;
};

}  // namespace migrate::core::rehearsal
