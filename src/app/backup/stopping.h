#pragma once

#include <string>

#include "port/cancellation.h"

namespace migrate::app {

/// Throws Fault(interrupted or terminated) when a signal came. `left`: what that leaves.
void stop_if_asked(const port::Cancellation& cancellation, const std::string& left);

}  // namespace migrate::app
