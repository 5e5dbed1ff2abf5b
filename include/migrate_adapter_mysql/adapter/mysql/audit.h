#pragma once

#include <memory>

#include "core/connection.h"
#include "port/audit_facts.h"

namespace migrate::mysql {

/// Of the schema that `options` name, over a connection of its own.
std::unique_ptr<port::AuditFacts> open_audit_facts(const core::ConnectionOptions& options);

}  // namespace migrate::mysql
