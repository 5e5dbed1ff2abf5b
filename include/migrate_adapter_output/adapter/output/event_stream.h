#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "port/event_sink.h"

namespace migrate::output {

/// Writes each event as a JSON object on a line of its own, with the time in UTC, and flushes it:
/// see runbooks/json-output.md. Passwords in SQL are written as '***'. Events may come from several
/// threads. `out` must outlive it.
std::unique_ptr<port::EventSink> make_event_stream(std::ostream& out);

/// The same at the end of the file at `path`. Throws Fault(configuration) when it cannot be opened.
std::unique_ptr<port::EventSink> make_event_file(const std::string& path);

}  // namespace migrate::output
