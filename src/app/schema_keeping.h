#pragma once

#include <vector>

#include "core/journal_write.h"
#include "core/touched_objects.h"
#include "port/event_sink.h"
#include "port/session.h"

namespace migrate::app {

/// Records `last` in one transaction with what the history has to keep of the schema from now on:
/// of the objects that may have changed, or of all where others may have too. Where the server does
/// not show them, only `last` is recorded, and told why: an account that may not look keeps
/// nothing; in any other case the next run looks.
void keep_schema(port::Session& session, const core::TouchedObjects& touched,
                 std::vector<core::JournalWrite> last, port::EventSink& events);

/// The same of the whole schema.
void keep_whole_schema(port::Session& session, std::vector<core::JournalWrite> last,
                       port::EventSink& events);

/// The same where that is all there is to do. Throws Fault, and records nothing, where the history
/// cannot keep it.
void accept_whole_schema(port::Session& session, const std::vector<core::JournalWrite>& last);

}  // namespace migrate::app
