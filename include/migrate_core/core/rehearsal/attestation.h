#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/checksum.h"
#include "core/server_info.h"
#include "core/step.h"

namespace migrate::core::rehearsal {

struct Verification;

/// The word that a step was rehearsed, and what that proved.
struct Attestation {
  StepId id;
  std::string name;
  Checksum up;
  std::optional<Checksum> down;
  ServerFamily family = ServerFamily::mysql;
  std::string version;              ///< as the server says it
  std::string origin;               ///< what the rehearsal began with
  std::string rows;                 ///< made-up rows; empty: none
  std::vector<std::string> proven;  ///< words of Proof
  // Who, when and with which tool are the log's own columns; in a file they stand once.
  std::string at;  ///< UTC
  std::string by;
  std::string tool_version;
};

/// The event of the log's rows that hold one.
inline constexpr const char* attested_event = "attested";

/// One of each step that passed.
std::vector<Attestation> attestations(const Verification& verification);

/// What the log keeps as the message of the row: JSON, without what other columns have.
std::string attestation_json(const Attestation& attestation);

/// The same for people: "proven on MariaDB 10.11.6: up, down, up again".
std::string attestation_text(const Attestation& attestation);

/// The file: all of one rehearsal. They have `at`, `by` and `tool_version` in common.
std::string attestation_file(const std::vector<Attestation>& attestations);

/// "10.11" of "10.11.6-MariaDB-0+deb12u1": servers of one series count as the same.
std::string server_series(std::string_view version);

}  // namespace migrate::core::rehearsal
