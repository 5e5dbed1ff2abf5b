#pragma once

#include <functional>

#include "core/packet.h"
#include "port/cancellation.h"
#include "port/session.h"

namespace migrate::app {

/// Session::run() for statements of a file: a signal cancels them, and only them. What the program
/// sends afterwards (a reset, a journal write) is never hit: a KILL QUERY that came too late is
/// absorbed here. After a signal nothing of an open transaction is left.
core::PacketOutcome run_cancellable(port::Session& session, port::Cancellation& cancellation,
                                    const core::Packet& packet,
                                    const std::function<void(const core::ItemResult&)>& on_result);

}  // namespace migrate::app
