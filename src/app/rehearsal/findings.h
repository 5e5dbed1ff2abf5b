#pragma once

#include <string>
#include <vector>

#include "core/rehearsal/verification.h"
#include "port/step_source.h"
#include "stage.h"

namespace migrate::app {

/// A run that did not get through; `message` says what was tried.
core::rehearsal::Finding failed(core::rehearsal::Proof proof, const std::string& message,
                                const StageRun& run);

/// Adds the finding, and that this proof failed.
void add(core::rehearsal::StepVerification& verification, core::rehearsal::Finding finding);

/// What is found is not what is expected: adds a finding, with the statement of `made_by` that made
/// the difference; where there is none, that it is proven. True: proven.
bool compare(core::rehearsal::StepVerification& verification, core::rehearsal::Proof proof,
             const std::string& message, const core::schema::Schema& expected,
             const core::schema::Schema& found, const core::ScriptFile& made_by,
             port::StepSource& steps);

}  // namespace migrate::app
