#pragma once

#include <string>
#include <string_view>

#include "core/journal_write.h"

namespace migrate::wiring {

/// This moment, in UTC. `format`: of the fmt library, e.g. "{:%Y%m%d}".
std::string utc_timestamp(const char* format);
inline constexpr const char* iso_time = "{:%Y-%m-%dT%H:%M:%SZ}";

/// "user@host" of this process.
std::string client_name();

/// Of a run of `command` that begins now.
core::RunIdentity run_identity(std::string_view command);

}  // namespace migrate::wiring
