#pragma once

#include <memory>

#include "core/connection.h"
#include "port/check_queries.h"

namespace migrate::mysql {

/// In the schema that `options` name. Does not connect yet.
std::unique_ptr<port::CheckQueries> open_check_queries(const core::ConnectionOptions& options);

}  // namespace migrate::mysql
