#pragma once

#include "core/catalog.h"
#include "core/history.h"
#include "core/plan.h"
#include "port/schema.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// Loads every file. Throws Fault(configuration) that lists all problems when there is one.
core::Catalog load_catalog(port::StepSource& steps);

/// What `up` would do now on the server of `session`: the plan of core::plan_up, if the guards that
/// need the server let it pass: no statement is longer than the server takes, and a table that a
/// ddl file declares has, if it exists, that shape. Writes nothing (the shape is asked for through
/// a temporary table).
core::PlanResult plan_up_on(port::Session& session, port::StepSource& steps,
                            const core::Catalog& catalog, const core::UpRequest& request);

/// The same for `down` and `redo`.
core::PlanResult plan_down_on(port::Session& session, port::StepSource& steps,
                              const core::Catalog& catalog, const core::DownRequest& request);
core::PlanResult plan_redo_on(port::Session& session, port::StepSource& steps,
                              const core::Catalog& catalog);

/// What is left of a plan whose run was broken off behind `done` of its steps; a refusal where an
/// intent cannot be decided, or where the session that was lost is missed.
core::PlanResult go_on_with(const core::Plan& plan, std::size_t done, port::Session& session,
                            port::StepSource& steps);

}  // namespace migrate::app
