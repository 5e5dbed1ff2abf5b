#include "app/audit.h"

#include "core/lint/linter.h"
#include "core/schema/ignore.h"

namespace migrate::app {
namespace {

/// As the linter reads them: what is behind PREPARE is not seen.
void read_declarations(port::StepSource& ddl, core::audit::Facts& facts) {
  using core::lint::Linter;
  for (const core::Step& step : ddl.load().catalog.repeatable) {
    Linter linter({},
                  [&](const core::ScriptFile& file, const auto& take) { ddl.read(file, take); });
    linter.look_at(step, Linter::Telling::nothing);
    for (const core::schema::Table& table : facts.schema.tables) {
      if (const core::lint::KnownTable* declared = linter.tables().find(table.name))
        facts.declared.emplace(table.name, core::audit::Declaration{step.up.path, *declared});
    }
  }
}

}  // namespace

core::audit::Facts audit_facts(port::Session& session, port::AuditFacts& server,
                               port::StepSource& ddl, const std::vector<std::string>& ignored) {
  core::audit::Facts facts =
      server.read(core::schema::without_ignored(session.schema().read(), ignored));
  read_declarations(ddl, facts);
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
