#pragma once

#include <CLI/App.hpp>

namespace migrate::cli {

/// "0" and less are mistakes on the command line.
CLI::Validator at_least_one();

}  // namespace migrate::cli
