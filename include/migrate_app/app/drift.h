#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/ports.h"
#include "core/plan.h"
#include "core/schema/drift.h"
#include "core/status.h"
#include "core/step.h"
#include "port/session.h"

namespace migrate::app {

/// Whether the schema of the session is what the history says that the last run left; a refusal
/// where the history does not know. `ignored`: patterns of objects that do not count. Writes
/// nothing.
std::variant<core::schema::Drift, core::Refusal> drift_from_history(
    port::Session& session, const std::vector<std::string>& ignored);

/// The same in one line.
core::SchemaStatus schema_status(port::Session& session, const std::vector<std::string>& ignored);

/// Writes what drift_from_history() found into the history, so that `status` can tell it without a
/// look. Refuses (locked) while a run is under way.
std::optional<core::Refusal> record_drift(const core::schema::Drift& found, port::Session& session);

/// Whether it is what another one is. `against`: what that is, in words.
core::schema::Drift drift_from(const core::schema::Schema& expected, const std::string& against,
                               port::Session& session, const std::vector<std::string>& ignored);

/// The schema as it is now is what the history expects from now on. Takes the locks; the log keeps
/// the reason.
core::ExitCode accept_schema(const RunPorts& ports, const std::string& reason);

}  // namespace migrate::app
