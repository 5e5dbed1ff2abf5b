#pragma once

#include "cli/world.h"
#include "core/plan.h"
#include "plan.h"
#include "port/presenter.h"

namespace migrate::cli {

/// Adds to what is shown of a plan what it will do to the server, as far as this account may know
/// it.
void foresee(World& world, AskWhere where, const core::Plan& plan, port::Session& session,
             port::PlanShown& shown);

}  // namespace migrate::cli
