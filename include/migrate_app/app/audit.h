#pragma once

#include <string>
#include <vector>

#include "core/audit/alignment.h"
#include "core/audit/audit.h"
#include "port/audit_facts.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// All that an audit looks at, without objects that match `ignored`. `ddl`: the project's ddl
/// files; which tables they declare, and how. Only looks. Throws as they do.
core::audit::Facts audit_facts(port::Session& session, port::AuditFacts& server,
                               port::StepSource& ddl, const std::vector<std::string>& ignored);

/// What the probes of a step find, without those that find nothing. One that the server refuses is
/// a Fault: what is not known is not written down as harmless.
std::vector<core::audit::Loss> losses(port::AuditFacts& server,
                                      const core::audit::Alignment& alignment);

}  // namespace migrate::app
