#pragma once

#include <string>
#include <string_view>

#include "core/event.h"
#include "core/preflight/preflight.h"
#include "core/schema/difference.h"
#include "core/status.h"

namespace migrate::output {

// The lower-case names of values: stable, as JSON has them.
std::string_view word(core::StepStatus status);
std::string_view word(core::Work::Unit unit);
std::string_view word(core::Direction direction);
std::string_view word(core::Effect effect);
std::string_view word(core::Reason reason);
std::string_view word(core::StepKind kind);
std::string_view word(core::ServerFamily family);
std::string_view word(core::schema::Difference::Kind kind);
std::string_view word(core::SchemaStatus::Verdict verdict);
std::string_view word(core::SchemaStatus::Looked looked);
std::string_view word(core::preflight::Outcome outcome);
std::string_view word(core::ProgramEnding::How how);

/// The same as a person would say it of an object: "is gone".
std::string_view spoken(core::schema::Difference::Kind kind);

/// Why the step is in the plan, as a person would say it.
std::string reason_text(const core::PlannedStep& planned);

/// "MariaDB 10.11.6"
std::string server_text(const core::ServerInfo& server);

/// "connection 42 (app@web1, since 2026-01-05 09:00:00 UTC)", with what is known.
std::string holder_text(const core::LockHolder& holder);

/// What is waited for: connection, statement, age, progress.
std::string orphan_text(const core::event::OrphanWaiting& waiting);

/// words_of(), and "perhaps" where the server does not tell what it has locked.
std::string blocker_text(const core::Blocker& blocker);

/// "statement 2 gave up (error 1205); again in 4 s, retry 3 of 5"
std::string retrying_text(const core::event::Retrying& retrying);

/// "stage 1 of 2, 43 %, 0.5 % a second, 114 s left", "43 %, 1,200 rows a second", "waiting for a
/// lock"; empty: nothing is known.
std::string progress_text(const core::event::Progressed& progressed);

/// "dumping shop: 1.2 GiB of 3.4 GiB, table orders", safe to print.
std::string moving_text(const core::event::Moving& moving);

/// display_name(), safe to print.
std::string step_text(const core::StepId& id, const std::string& name);

/// "path:12:1", safe to print.
std::string place_text(const std::string& path, const core::Position& position);

}  // namespace migrate::output
