#pragma once

#include <memory>

#include "port/terminal.h"

namespace migrate::output {

/// The terminal that controls this process: /dev/tty, so that a question is never answered by a
/// redirected input.
std::unique_ptr<port::Terminal> make_terminal();

}  // namespace migrate::output
