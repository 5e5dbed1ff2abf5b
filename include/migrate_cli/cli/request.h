#pragma once

#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "app/patience.h"
#include "cli/world.h"
#include "core/exit_code.h"
#include "core/guard/verdict.h"

namespace migrate::cli {

enum class Format { table, json };
enum class Detail { quiet, normal, verbose };

/// What every command takes.
struct GlobalOptions {
  /// Flags that configure, by name without dashes ("host"), as they were typed; a flag without
  /// value holds "true".
  std::map<std::string, std::string> settings;
  std::string env_flag = "--env";  ///< what the environment was named with, for messages
  Format format = Format::table;
  Detail detail = Detail::normal;
  bool no_color = false;
  app::Orphans orphans = app::Orphans::wait;
  std::vector<core::guard::Override> overrides;
  std::vector<std::string> drop_protected;  ///< objects
  std::string log_file;
  std::string events;  ///< a file; "-": stdout, and what else would go there goes to stderr
};

/// A parsed command line.
struct Request {
  GlobalOptions global;
  /// The command that was named.
  std::function<core::ExitCode(World&)> run;
};

/// Text to print instead of running anything: help goes to stdout with `done`, a mistake to stderr
/// with `usage`.
struct Text {
  core::ExitCode code = core::ExitCode::done;
  std::string text;
};

/// Parses the command line. Reads nothing but its arguments.
std::variant<Request, Text> parse(int argc, const char* const* argv);

}  // namespace migrate::cli
