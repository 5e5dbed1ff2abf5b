#pragma once

#include <cstdint>
#include <functional>

#include "core/connection.h"
#include "core/journal_write.h"

namespace migrate::wiring {

/// Cancels the statement of a connection, from one of its own. That is in no schema: connecting to
/// one waits for whoever waits to change that very schema, and so perhaps for the statement itself.
std::function<void(std::uint64_t)> canceller(core::ConnectionOptions server,
                                             const core::RunIdentity& run);

}  // namespace migrate::wiring
