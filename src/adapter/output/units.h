#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/counted.h"

namespace migrate::output {

/// "840 µs", "35 ms", "1.2 s", "3 min 5 s", "2 h 10 min".
std::string human_duration(std::uint64_t microseconds);

/// "59 s", then as human_duration(): does not flicker where it is shown again and again.
std::string whole_seconds(std::uint64_t seconds);

using core::counted;
using core::human_number;

/// A server's UTC time ("YYYY-MM-DD HH:MM:SS.ffffff") to the second.
std::string human_time(std::string_view utc);

/// The same as ISO 8601: "YYYY-MM-DDTHH:MM:SS.ffffffZ". What has another shape stays as it is.
std::string iso_time(std::string_view utc);

}  // namespace migrate::output
