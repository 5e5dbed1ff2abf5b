#pragma once

#include "core/estimate/outlook.h"
#include "core/plan.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// What a plan is at and how long it may take. Reads the files of the plan; asks the server in one
/// round trip for the sizes of tables, in none where no statement is at one, and for what was
/// measured here where that counts. Writes nothing. Throws Fault for a file that cannot be read,
/// and where the server is lost.
core::estimate::Outlook outlook_of(const core::Plan& plan, port::Session& session,
                                   port::StepSource& steps);

}  // namespace migrate::app
