#pragma once

#include <string>

#include "adapter/config/origin.h"

namespace migrate::config {

/// Writes `question` to /dev/tty and reads a line from it without echo. Backspace and Ctrl-U edit
/// the line. Throws Fault at `asked_by` when the process has no terminal, Fault with code
/// `interrupted` on Ctrl-C or a signal; the terminal is as it was before in either case.
std::string ask_on_terminal(const std::string& question, const Origin& asked_by);

}  // namespace migrate::config
