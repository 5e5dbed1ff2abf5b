#include "plan.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/freezing.h"
#include "app/impact/ask.h"
#include "app/impact/foresee.h"
#include "app/inspection.h"
#include "app/planning.h"
#include "commands.h"
#include "confirmation.h"
#include "core/check/check.h"
#include "core/fault.h"
#include "guard_warnings.h"

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
    not_asked = "not wanted (--ask nobody)";
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

std::vector<std::string> names_of_checks(core::check::Moment moment,
                                         const std::vector<core::check::Check>& all) {
  std::vector<std::string> names;
  for (const core::check::Check& check : core::check::checks_for(moment, all))
    names.push_back(check.name);
  return names;
}

/// What the plan will do to the server, as far as this account may know it.
void foresee(World& world, const PlanOptions& options, const core::Plan& plan,
             port::Session& session, port::PlanShown& shown) {
  try {
    const auto traffic = world.traffic();
    app::Foresight foresight =
        app::foresee(plan, session, *traffic, world.steps(), world.lint_severities());
    // For a page all is tried that changes a definition: it shows what becomes of it.
    const bool wanted = foresight.leaves_open() || (options.format == port::PlanFormat::html &&
                                                    foresight.has_schema_statements);
    if (wanted) ask(world, options.ask, plan, foresight);
    shown.risks = core::impact::risks_of(foresight.impact, foresight.findings);
    shown.impact = std::move(foresight.impact);
  } catch (const core::Fault& fault) {
    if (fault.code() != core::ExitCode::statement_failed) throw;
    shown.warnings.push_back(
        fmt::format("what the plan will do to the server is not known: {}", fault.what()));
  }
}

}  // namespace

core::ExitCode run_plan(World& world, const PlanOptions& options) {
  const core::UpRequest request = request_of(world, options.selection);
  const auto session = world.connect();
  core::PlanResult result =
      app::plan_up_on(*session, world.steps(), app::load_catalog(world.steps()), request);
  auto* plan = std::get_if<core::Plan>(&result);
  if (plan == nullptr) return show_plan(world, result);
  port::PlanShown shown{.format = options.format};
  if (!plan->steps.empty()) {
    if (!options.out.empty()) {
      const core::FrozenPlan frozen = app::freeze(*plan, request, *session, world.tool_version());
      shown.frozen = port::FrozenFile{.path = options.out,
                                      .hash = world.write_frozen_plan(options.out, frozen)};
    }
    std::optional<std::string> hash;
    if (shown.frozen) hash = shown.frozen->hash;
    warn_of_guards(world, "up", *plan, *session, hash);
    shown.steps = app::view(*plan, world.steps());
    foresee(world, options, *plan, *session, shown);
    const std::vector<core::check::Check> checks = world.checks();
    shown.checks_before = names_of_checks(core::check::Moment::before, checks);
    shown.checks_after = names_of_checks(core::check::Moment::after, checks);
  }
  const auto tool = world.online_tool();
  for (std::string& told :
       app::told_online(*plan, world.steps(), tool ? &*tool : nullptr, *session))
    shown.warnings.push_back(std::move(told));
  shown.warnings.insert(shown.warnings.begin(), plan->warnings.begin(), plan->warnings.end());
  world.presenter().plan(shown);
  return plan->steps.empty() ? core::ExitCode::done : core::ExitCode::pending;
}

void add_plan(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "plan", "Show what `up` would do, statement by statement, and what that does to the server");
  command->footer(
      "Writes nothing to the server. How it runs each ALTER is tried on an empty copy of the\n"
      "schema, on a private server like it (--ask).\n"
      "Example: the plan for production, as one page for who reviews it\n"
      "  migrate plan --env production --format html > plan.html\n"
      "Example: a run sheet for the ticket\n"
      "  migrate plan --env production --format markdown\n"
      "Example: freeze it, to be approved and run exactly so\n"
      "  migrate plan --env production --out plan.json");
  const auto options = std::make_shared<PlanOptions>();
  add_selection(*command, options->selection);
  command->add_option("--out", options->out, "Freeze the plan in this file")->type_name("FILE");
  static const std::map<std::string, AskWhere> places{{"private", AskWhere::private_server},
                                                      {"target", AskWhere::target},
                                                      {"nobody", AskWhere::nobody}};
  command
      ->add_option_function<std::string>(
          "--ask", [options](const std::string& place) { options->ask = places.at(place); },
          "Who is asked how statements run: private (default), target (in a scratch schema on "
          "its server) or nobody")
      ->check(CLI::IsMember({"private", "target", "nobody"}))
      ->type_name("WHERE");
  command
      ->add_option_function<std::string>(
          "--format",
          [&request, options](const std::string& format) {
            if (format == "json") request.global.format = Format::json;
            if (format == "markdown") options->format = port::PlanFormat::markdown;
            if (format == "html") options->format = port::PlanFormat::html;
          },
          "text, json, markdown or html")
      ->check(CLI::IsMember({"text", "table", "json", "markdown", "html"}))
      ->type_name("FORMAT");
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_plan(world, *options); };
  });
}

}  // namespace migrate::cli
