#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/guard/verdict.h"
#include "core/rehearsal/attestation.h"
#include "core/step.h"

namespace migrate::core::guard {

/// Whether the way back has to be proven of a step that is applied; of one that is undone it has to
/// be.
enum class DownProof { not_asked, needed };

/// A step of a run, with the newest word that it was rehearsed: with exactly these files, on such a
/// server.
struct RehearsedStep {
  std::string name;
  Direction direction = Direction::up;
  std::optional<rehearsal::Attestation> attestation;
};

/// Passed if every step was rehearsed. `server`: "MariaDB 10.11"; `environment`: where the word
/// should be.
Verdict rehearsal_verdict(const std::vector<RehearsedStep>& steps, DownProof down,
                          std::string_view server, std::string_view environment);

/// Of a command that runs no steps that could have been rehearsed.
Verdict not_rehearsed(std::string_view command);

}  // namespace migrate::core::guard
