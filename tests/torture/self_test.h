#pragma once

#include "options.h"

namespace migrate::torture {

/// Whether the harness would notice: tampers with what undisturbed runs left, and runs a program
/// that only asks questions in migrate's place. Says on stdout what was and what was not noticed;
/// false when anything was not, or when something was found where nothing is.
bool self_test(const Options& options);

}  // namespace migrate::torture
