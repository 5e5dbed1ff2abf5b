#include "plan.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/freezing.h"
#include "app/inspection.h"
#include "app/planning.h"
#include "commands.h"
#include "confirmation.h"
#include "core/check/check.h"
#include "foreseen.h"
#include "guard_warnings.h"

namespace migrate::cli {
namespace {

std::vector<std::string> names_of_checks(core::check::Moment moment,
                                         const std::vector<core::check::Check>& all) {
  std::vector<std::string> names;
  for (const core::check::Check& check : core::check::checks_for(moment, all))
    names.push_back(check.name);
  return names;
}

}  // namespace

core::ExitCode run_plan(World& world, const PlanOptions& options) {
  const core::UpRequest request = request_of(world, options.selection);
  const auto session = world.connect();
  core::PlanResult result =
      app::plan_up_on(*session, world.steps(), app::load_catalog(world.steps()), request);
  auto* plan = std::get_if<core::Plan>(&result);
  if (plan == nullptr) return show_plan(world, result, *session);
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
    foresee(world, options.ask, *plan, *session, shown);
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
