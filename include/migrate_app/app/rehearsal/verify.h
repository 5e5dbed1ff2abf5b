#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/rehearsal/ground.h"
#include "app/rehearsal/rehearsal_ports.h"
#include "core/plan.h"
#include "core/rehearsal/made_rows.h"
#include "core/rehearsal/verification.h"
#include "core/step.h"

namespace migrate::app {

struct VerifyRequest {
  std::vector<core::Step> steps;  ///< to be applied, in order
  /// Those of them that are to be proven; the others are only applied.
  std::function<bool(const core::Step&)> is_chosen;
  Ground ground;
  std::uint64_t rows = 0;  ///< to be made up for each table
  /// What the tables of a real schema hold, by name; then they get as many rows as they have there,
  /// but at most `rows`, and others get none.
  std::optional<std::map<std::string, core::rehearsal::TableProfile>> profiles;
  /// The ddl files as they were before: each changed one is applied to what they made.
  port::StepSource* previous = nullptr;
};

/// Rehearses steps on scratch schemas and tells what that proved: `steps`, and `stopped` after a
/// signal; the rest of the answer is the caller's to fill. Every file is run by the runner that
/// `up` and `down` use. It ends at a step that cannot be applied. Throws Fault when the server is
/// lost or the ground cannot be made.
core::rehearsal::Verification verify(const RehearsalPorts& ports, const VerifyRequest& request);

/// Refuses a step that names another schema than the one it is applied to, since a rehearsal would
/// reach out of its own: one of `schemas`, by USE, CREATE DATABASE, or in front of a name. With
/// `on_real_server` also what changes the server or its accounts. What is in the text of dynamic
/// SQL is not seen.
enum class OnServer { own, real };
std::optional<core::Refusal> refuse_reaching_out(const std::vector<core::Step>& steps,
                                                 port::StepSource& source,
                                                 const std::vector<std::string>& schemas,
                                                 OnServer server);

}  // namespace migrate::app
