#include "app/audit.h"

#include "core/schema/ignore.h"

namespace migrate::app {

core::audit::Facts audit_facts(port::Session& session, port::AuditFacts& server,
                               const std::vector<std::string>& ignored) {
  core::audit::Facts facts =
      server.read(core::schema::without_ignored(session.schema().read(), ignored));
  if (session.history().load().knows_schema()) facts.kept = session.history().kept_schema();
  return facts;
}

std::vector<core::audit::Loss> losses(port::AuditFacts& server,
                                      const core::audit::Alignment& alignment) {
  std::vector<core::audit::Loss> found;
  for (const core::audit::Probe& probe : alignment.probes) {
    const std::uint64_t count = server.count(probe.sql);
    if (count > 0) found.push_back({probe, count});
  }
  return found;
}

}  // namespace migrate::app
