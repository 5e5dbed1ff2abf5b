#pragma once

#include <string>

#include "cli/world.h"
#include "up_selection.h"

namespace migrate::cli {

/// Who is asked how statements run.
enum class AskWhere {
  private_server,  ///< one like that of the environment, made for it
  target,          ///< the server of the environment, in a scratch schema
  nobody,
};

struct PlanOptions {
  UpSelection selection;
  std::string out;  ///< the file to freeze it in; empty: none
  AskWhere ask = AskWhere::private_server;
  port::PlanFormat format = port::PlanFormat::own;
};

/// Shows what `up` would do and what that does to the server; freezes it where that is wanted, and
/// adds what the guards would say of a run.
core::ExitCode run_plan(World& world, const PlanOptions& options);

}  // namespace migrate::cli
