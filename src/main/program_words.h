#pragma once

#include <string>

#include "cli/request.h"

namespace migrate::wiring {

/// "migrate" with the options that lead to the same database again, as a shell takes them.
std::string program_words(const cli::GlobalOptions& global);

}  // namespace migrate::wiring
