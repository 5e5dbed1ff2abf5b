#pragma once

#include <optional>
#include <string>

#include "port/backup.h"
#include "port/cancellation.h"
#include "port/event_sink.h"

namespace migrate::app {

/// How the file differs from its manifest; nothing: not at all. Reads it whole.
std::optional<std::string> damage_of(port::StoredBackup& backup, port::EventSink& events,
                                     const port::Cancellation& cancellation);

/// Runs the statements of the dump, one by one; a signal cancels the one in flight. Throws Fault:
/// statement_failed with the line of the dump, unavailable when the server is lost, interrupted or
/// terminated after a signal.
void load_dump(port::StoredBackup& backup, port::RestoreTarget& target, port::EventSink& events,
               port::Cancellation& cancellation);

}  // namespace migrate::app
