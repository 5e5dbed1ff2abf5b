#pragma once

#include <optional>

#include "core/history.h"
#include "core/plan.h"
#include "port/session.h"

namespace migrate::app {

/// Refuses (drift) a plan whose statements rely on objects that are not what the history says that
/// the last run left. Where the request accepts that, the plan says why and of which instead. Asks
/// nothing where the plan relies on no object that is there, or where the history does not know.
std::optional<core::Refusal> refuse_drift(core::Plan& plan, const core::History& history,
                                          port::Session& session, const core::UpRequest& request);

}  // namespace migrate::app
