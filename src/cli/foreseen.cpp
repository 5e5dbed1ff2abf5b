#include "foreseen.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/impact/ask.h"
#include "app/impact/foresee.h"
#include "core/fault.h"

namespace migrate::cli {
namespace {

bool is_signal(core::ExitCode code) {
  return code == core::ExitCode::interrupted || code == core::ExitCode::terminated;
}

/// The private server of the project is its own target: a scratch schema there harms nobody.
ScratchPlace scratch_place(const Target& target, AskWhere ask) {
  return ask == AskWhere::target || target.place == Place::private_server
             ? ScratchPlace::target
             : ScratchPlace::private_server;
}

/// Where nobody can be asked, the impact says why.
void ask(World& world, AskWhere where, const core::Plan& plan, app::Foresight& foresight) {
  std::string& not_asked = foresight.impact.not_asked;
  const Target target = world.target();
  if (where == AskWhere::nobody) {
    not_asked = "nobody was asked";
    return;
  }
  if (where == AskWhere::target && target.protection == Protection::on) {
    not_asked = fmt::format("environment {} is protected: no scratch schema is made on its server",
                            target.environment);
    return;
  }
  const bool own = where == AskWhere::private_server && target.place == Place::server;
  try {
    const core::rehearsal::ServerTraits there = world.facts()->traits();
    world.rehearse(scratch_place(target, where), there, [&](const app::RehearsalPorts& ports) {
      app::ask_how(foresight, plan, there, own ? app::AskedServer::own : app::AskedServer::real,
                   ports);
    });
  } catch (const core::Fault& fault) {
    if (is_signal(fault.code())) throw;
    not_asked = fault.what();
    not_asked.resize(std::min(not_asked.size(), not_asked.find('\n')));
  }
}

}  // namespace

void foresee(World& world, AskWhere where, const core::Plan& plan, port::Session& session,
             port::PlanShown& shown) {
  try {
    const auto traffic = world.traffic();
    app::Foresight foresight =
        app::foresee(plan, session, *traffic, world.steps(), world.lint_severities());
    // For a page all is tried that changes a definition: it shows what becomes of it.
    const bool wanted = foresight.leaves_open() ||
                        (shown.format == port::PlanFormat::html && foresight.has_schema_statements);
    if (wanted) ask(world, where, plan, foresight);
    shown.risks = core::impact::risks_of(foresight.impact, foresight.findings);
    shown.impact = std::move(foresight.impact);
  } catch (const core::Fault& fault) {
    if (fault.code() != core::ExitCode::statement_failed) throw;
    shown.warnings.push_back(
        fmt::format("what the plan will do to the server is not known: {}", fault.what()));
  }
}

}  // namespace migrate::cli
