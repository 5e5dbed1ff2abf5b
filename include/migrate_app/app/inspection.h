#pragma once

#include <functional>
#include <memory>

#include "core/plan.h"
#include "core/status.h"
#include "port/background.h"
#include "port/presenter.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// The use cases that only look. None of them writes anything to the server's tables, and all work
/// with a read-only account.

/// Throws Fault(configuration) that lists what is wrong with the files, of those that were applied
/// and did not change only what shows without splitting them.
core::Status inspect(const std::function<std::unique_ptr<port::Session>()>& connect,
                     port::StepSource& steps, port::Background& background);

/// Every file, from end to end, without a server.
port::Validation validate(port::StepSource& steps);

/// The statements of each planned step, for showing: at most 1,000 a step, the text cut to its
/// first 200 bytes.
std::vector<port::PlanView> view(const core::Plan& plan, port::StepSource& steps);

}  // namespace migrate::app
