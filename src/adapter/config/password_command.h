#pragma once

#include <string>

#include "adapter/config/origin.h"

namespace migrate::config {

/// Runs `command` by /bin/sh -c, with the standard input and error of this process, waits for its
/// end and returns the first line of its output, without the line's end. Throws Fault at `named_by`
/// when it cannot be run, fails (with its exit code) or prints nothing; no message repeats the
/// command or its output.
std::string first_line_of(const std::string& command, const Origin& named_by);

}  // namespace migrate::config
