#pragma once

#include <CLI/App.hpp>

namespace migrate::cli {

/// A reason that the log keeps: one that says nothing is a mistake on the command line.
CLI::Validator says_something();

}  // namespace migrate::cli
