#pragma once

#include <chrono>
#include <memory>

#include "core/connection.h"
#include "port/audit_facts.h"

namespace migrate::mysql {

/// Of the schema that `options` name, over a connection of its own. `date_patience`: for the rows
/// of one table that are read for dates that are none.
std::unique_ptr<port::AuditFacts> open_audit_facts(
    const core::ConnectionOptions& options,
    std::chrono::milliseconds date_patience = std::chrono::seconds(10));

}  // namespace migrate::mysql
