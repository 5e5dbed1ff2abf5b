#pragma once

#include <memory>
#include <string>

#include "port/event_sink.h"

namespace migrate::output {

/// Appends one line an event to the file at `path`: time in UTC, level, what happened; flushed line
/// by line. Passwords in SQL are written as '***'. Throws Fault(configuration) when the file cannot
/// be opened.
std::unique_ptr<port::EventSink> make_log_sink(const std::string& path);

}  // namespace migrate::output
