#pragma once

#include <memory>

#include "core/connection.h"
#include "port/running_statement.h"

namespace migrate::mysql {

/// Connects with the first look.
std::unique_ptr<port::StatementLook> open_statement_look(core::ConnectionOptions options);

}  // namespace migrate::mysql
