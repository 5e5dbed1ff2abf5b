#pragma once

#include <string>
#include <string_view>

#include "core/journal_write.h"
#include "core/open_run.h"

namespace migrate::mysql {

/// What a run may change, as the history keeps it: JSON in ASCII.
std::string open_run_json(const core::journal::SchemaOpened& write);

/// Empty, which is what other versions wrote: it may be any object. Throws Fault(configuration) for
/// what migrate never wrote.
core::OpenRun parse_open_run_json(std::string_view run_id, std::string_view text);

}  // namespace migrate::mysql
