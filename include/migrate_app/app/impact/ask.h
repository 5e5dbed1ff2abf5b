#pragma once

#include "app/impact/foresee.h"
#include "app/rehearsal/rehearsal_ports.h"
#include "core/rehearsal/server_traits.h"

namespace migrate::app {

/// Where a server is asked.
enum class AskedServer {
  own,   ///< a private one, with nothing else on it
  real,  ///< one that holds data: statements that reach out of the scratch schema are not run
};

/// Runs the schema statements of a plan on an empty copy of the schema, each with the mildest
/// algorithm and lock that the server takes, and notes that in the impact, with what became of the
/// objects that it names. Statements of rows are left out. `there`: the server that the plan is
/// for. Throws Fault where it cannot be asked at all.
void ask_how(Foresight& foresight, const core::Plan& plan,
             const core::rehearsal::ServerTraits& there, AskedServer where,
             const RehearsalPorts& ports);

}  // namespace migrate::app
