#pragma once

#include <functional>
#include <optional>

#include "core/catalog.h"
#include "core/history.h"
#include "core/plan.h"
#include "port/background.h"
#include "port/schema.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// Loads every file and splits none. Throws Fault(configuration) that lists all problems when there
/// is one.
core::Catalog load_catalog(port::StepSource& steps);

/// The same, while `meanwhile` asks the server in the background, which has ended then. Of two
/// faults that of the files is thrown.
core::Catalog load_catalog_while(port::StepSource& steps, port::Background& background,
                                 const std::function<void()>& meanwhile);

/// The history, if no run is under way and none left anything unfinished.
std::optional<core::History> history_at_rest(port::Session& session);

/// The plan of `up` on such a history, if it has no steps: then there is nothing to take a lock
/// for. Throws Fault(configuration) for bad files that are due.
std::optional<core::Plan> empty_plan_up(const core::History& at_rest, port::StepSource& steps,
                                        const core::Catalog& catalog,
                                        const core::UpRequest& request);

/// What `up` would do now on the server of `session`: the plan of core::plan_up, if the guards that
/// need the server let it pass: no statement is longer than the server takes, and a table that a
/// ddl file declares has, if it exists, that shape. Writes nothing (the shape is asked for through
/// a temporary table). Throws Fault(configuration) that lists what is wrong with the files that are
/// due.
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
