#pragma once

#include <memory>
#include <string_view>

#include "core/connection.h"
#include "core/journal_write.h"
#include "port/facts.h"
#include "port/scratch.h"

namespace migrate::mysql {

/// Their names begin so; nothing else may have such a name, since what a run that was killed left
/// behind is dropped by the next.
inline constexpr std::string_view scratch_prefix = "migrate_verify_";

/// Scratch schemas on the server that `options` lead to; the schema that they name is not touched.
/// While it exists a connection holds a named lock that is in their names, by which the next run
/// knows which of them are left over; those are dropped here. Throws Fault(refused) when this
/// account may not create schemas of that name.
std::unique_ptr<port::ScratchServer> open_scratch_server(core::ConnectionOptions options,
                                                         core::RunIdentity identity);

/// Of the schema that `options` name.
std::unique_ptr<port::Facts> open_facts(const core::ConnectionOptions& options);

}  // namespace migrate::mysql
