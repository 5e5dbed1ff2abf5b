#pragma once

#include <optional>
#include <string>

#include "core/version.h"

namespace migrate::cli {

/// The version that an option names; with leading zeros or without. Throws Fault(usage) for
/// anything but digits.
std::optional<core::Version> version_option(const std::string& flag,
                                            const std::optional<std::string>& text);

}  // namespace migrate::cli
