#include <memory>
#include <string>
#include <variant>

#include "app/drift.h"
#include "app/freezing.h"
#include "app/guard/approval.h"
#include "app/inspection.h"
#include "app/planning.h"
#include "commands.h"
#include "core/guard/approval.h"
#include "up_selection.h"

namespace migrate::cli {
namespace {

/// Why a run of what is pending now would lack an approval; empty: it would not.
std::string draft_of(World& world) {
  const auto session = world.connect();
  const core::UpRequest request = request_of(world, UpSelection{});
  const core::PlanResult result =
      app::plan_up_on(*session, world.steps(), app::load_catalog(world.steps()), request);
  const auto* plan = std::get_if<core::Plan>(&result);
  if (plan == nullptr || plan->steps.empty()) return {};
  const std::string hash =
      world.hash_of(app::freeze(*plan, request, *session, world.tool_version()));
  const core::guard::Verdict verdict = core::guard::approval_verdict(
      "up", hash, app::approvals_of(hash, *session), session->info().account, world.approvers());
  if (!verdict.is_against()) return {};
  return verdict.saw + "; freeze it with: migrate plan --out plan.json, and " + verdict.way_out;
}

}  // namespace

void add_status(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "status", "Show which steps are applied, pending or changed; never writes");
  command->footer(
      "Exit code: 0 nothing pending, 2 pending steps, 3 an applied file changed (with --drift: or "
      "the schema), 6 in doubt.\n"
      "Example: fail a build when a step is pending\n  migrate status --env staging --format json");
  const auto drift = std::make_shared<bool>(false);
  command->add_flag("--drift", *drift,
                    "Also look at every object: is the schema as the last run left it?");
  command->callback([&request, drift] {
    request.run = [drift](World& world) {
      core::Status status =
          app::inspect([&] { return world.connect(); }, world.steps(), world.background());
      if (*drift) status.schema = app::schema_status(*world.connect(), world.ignored_objects());
      if (status.exit_code() == core::ExitCode::pending && world.requires_approval())
        status.draft = draft_of(world);
      world.presenter().status(status);
      return status.exit_code();
    };
  });
}

void add_history(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "history", "Show the log: who ran what, when, from where, with what outcome");
  command->footer("Example: the last ten lines\n  migrate history --limit 10");
  const auto limit = std::make_shared<std::uint64_t>(50);
  command->add_option("--limit", *limit, "Newest lines to show (default 50; 0: all)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  command->callback([&request, limit] {
    request.run = [limit](World& world) {
      world.presenter().history(world.connect()->history().log(*limit));
      return core::ExitCode::done;
    };
  });
}

void add_validate(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("validate", "Check the files alone, without a server");
  command->footer("Example: before every commit\n  migrate validate");
  command->callback([&request] {
    request.run = [](World& world) {
      const port::Validation validation = app::validate(world.steps());
      world.presenter().validation(validation);
      return validation.problems.empty() ? core::ExitCode::done : core::ExitCode::configuration;
    };
  });
}

void add_config(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "config", "Show every setting and where it comes from; secrets are masked");
  command->footer("Example: why does it connect there?\n  migrate config --env staging");
  command->callback([&request] {
    request.run = [](World& world) {
      world.presenter().settings(world.settings());
      return core::ExitCode::done;
    };
  });
}

void add_version(CLI::App& app, Request& request) {
  auto* command =
      app.add_subcommand("version", "Show the version of migrate and of its client library");
  command->footer("Example:\n  migrate version --format json");
  command->callback([&request] {
    request.run = [](World& world) {
      world.presenter().facts("version", world.version_facts());
      return core::ExitCode::done;
    };
  });
}

}  // namespace migrate::cli
