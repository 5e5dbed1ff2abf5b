#pragma once

#include <optional>
#include <string>

#include "core/frozen_plan.h"
#include "core/plan.h"
#include "port/session.h"

namespace migrate::app {

/// A frozen plan that was read again. `hash` names it in the log.
struct FrozenRequest {
  core::FrozenPlan plan;
  std::string hash;
};

/// The plan with all that it rests on: the history, and the objects that it changes as they are
/// now. Costs two round trips.
core::FrozenPlan freeze(const core::Plan& plan, const core::UpRequest& request,
                        port::Session& session, const std::string& tool_version);

/// Refuses a plan that is not the one that was frozen, naming what changed since. What is left of
/// it after a run that was cut off is the same plan.
std::optional<core::Refusal> refuse_other_plan(const FrozenRequest& frozen, const core::Plan& now,
                                               port::Session& session,
                                               const std::string& tool_version);

}  // namespace migrate::app
