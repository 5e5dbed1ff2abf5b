#pragma once

#include <memory>
#include <optional>

#include "adapter/config/settings.h"
#include "adapter/sandbox/throw_away_server.h"
#include "core/backup/manifest.h"
#include "core/rehearsal/server_traits.h"

namespace migrate::wiring {

// Both throw Fault(configuration) where there is no state folder, and as port::Sandbox::start().

/// One for rehearsals; if there is a choice, the one most like `like`.
std::unique_ptr<sandbox::ThrowAwayServer> server_for_rehearsal(
    const config::Folders& where, const std::optional<core::rehearsal::ServerTraits>& like);

/// One like that of the backup, with room for it. Throws Fault(refused) where there is none.
std::unique_ptr<sandbox::ThrowAwayServer> server_to_restore_into(
    const config::Folders& where, const core::backup::Manifest& manifest);

}  // namespace migrate::wiring
