#pragma once

#include <memory>

#include "cli/world.h"
#include "core/connection.h"
#include "core/journal_write.h"

namespace migrate::wiring {

/// An empty schema on the server of `options`, which name none.
std::unique_ptr<cli::ScratchSchema> make_scratch_schema(core::ConnectionOptions options,
                                                        core::RunIdentity identity);

}  // namespace migrate::wiring
