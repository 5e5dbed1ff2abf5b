#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/guard/window.h"
#include "core/plan.h"
#include "core/server_info.h"
#include "port/programs.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// The tool of an environment that alters tables while others write to them.
struct OnlineTool {
  std::vector<std::string> command;  ///< with placeholders: core/online.h; empty: there is none
  /// ALTER TABLEs of larger tables go through it also where their file does not say so; nothing:
  /// none does.
  std::optional<core::guard::LargeTable> above;
  /// What {host}, {port}, {socket} and {user} are.
  std::vector<std::pair<std::string, std::string>> values;
  /// An option file with the password, for a server of that family.
  std::function<std::string(core::ServerFamily)> option_file;
  port::Programs* programs = nullptr;
};

/// What of a plan goes through the tool, one a statement, or why it would be refused; for people.
/// Costs a round trip for each ALTER TABLE of which only the size of the table decides.
std::vector<std::string> told_online(const core::Plan& plan, port::StepSource& steps,
                                     const OnlineTool* tool, port::Session& session);

}  // namespace migrate::app
