#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/approve.h"
#include "app/check.h"
#include "app/freezing.h"
#include "app/migration.h"
#include "app/planning.h"
#include "check_names.h"
#include "commands.h"
#include "confirmation.h"
#include "core/fault.h"
#include "guard_warnings.h"
#include "plan.h"
#include "up_selection.h"

namespace migrate::cli {
namespace {

struct UpOptions {
  UpSelection selection;
  std::vector<std::string> skipped_checks;
  std::string skip_reason;
  bool dry_run = false;
  bool yes = false;
  bool wait_for_window = false;
  std::string plan;  ///< the file of a frozen plan to run
};

core::PlanResult plan_now(World& world, port::Session& session, const core::UpRequest& request) {
  return app::plan_up_on(session, world.steps(), app::load_catalog(world.steps()), request);
}

/// Takes what is skipped out of `checks`, which hold those of one moment.
void skip(const UpOptions& options, std::vector<core::check::Check>& checks) {
  std::erase_if(checks, [&options](const core::check::Check& check) {
    return std::ranges::find(options.skipped_checks, check.name) != options.skipped_checks.end();
  });
}

/// Without those that a person says do not matter.
app::RunChecks checks_of(World& world, const UpOptions& options) {
  using core::check::Moment;
  const std::vector<core::check::Check> all = world.checks();
  app::RunChecks checks{.before = core::check::checks_for(Moment::before, all),
                        .after = core::check::checks_for(Moment::after, all)};
  for (const std::string& name : options.skipped_checks) {
    const core::check::Check& check = check_named(all, name);
    if (!check.is_for(Moment::before) && !check.is_for(Moment::after)) {
      throw core::Fault(core::ExitCode::usage,
                        fmt::format("--skip-check: up does not ask '{}'", name),
                        "see when it is asked with: migrate check --list");
    }
    checks.skipped.push_back({name, options.skip_reason});
  }
  skip(options, checks.before);
  skip(options, checks.after);
  return checks;
}

/// Until a window is open, where there is something to run in it; nothing: go on, and plan anew.
std::optional<core::ExitCode> wait_if_pending(World& world, const core::UpRequest& request) {
  const core::PlanResult result = plan_now(world, *world.connect(), request);
  const auto* plan = std::get_if<core::Plan>(&result);
  if (plan == nullptr || plan->steps.empty()) return std::nullopt;
  const core::ExitCode code = world.wait_for_window();
  return code == core::ExitCode::done ? std::nullopt : std::optional(code);
}

using Up = std::function<core::ExitCode(const app::RunPorts&, const app::RunChecks&,
                                        const app::RunHooks&)>;

/// `up` of one kind or another, between the checks and the hooks of the environment.
core::ExitCode run_between(World& world, const UpOptions& options, const core::UpRequest& request,
                           const Up& up) {
  app::RunChecks checks = checks_of(world, options);
  if (options.wait_for_window) {
    if (const auto stop = wait_if_pending(world, request)) return *stop;
  }
  if (world.target().protection == Protection::on && !options.yes) {
    const auto session = world.connect();
    if (auto stop = confirm_plan(world, plan_now(world, *session, request), *session)) return *stop;
  }
  std::unique_ptr<port::CheckQueries> queries;
  if (!checks.before.empty() || !checks.after.empty()) {
    queries = world.check_queries();
    checks.queries = queries.get();
  }
  return world.run_with_hooks("up", [&](const app::RunPorts& ports, const app::RunHooks& hooks) {
    return up(ports, checks, hooks);
  });
}

/// What `up --plan` would do, or why it would refuse.
core::ExitCode show_frozen(World& world, const app::FrozenRequest& frozen) {
  const auto session = world.connect();
  core::PlanResult result = plan_now(world, *session, frozen.plan.request);
  auto* plan = std::get_if<core::Plan>(&result);
  if (plan != nullptr && !plan->steps.empty()) {
    auto refusal = app::refuse_other_plan(frozen, *plan, *session, world.tool_version());
    if (refusal) return show_plan(world, *refusal, *session);
    warn_of_guards(world, "up", *plan, *session, frozen.hash);
  }
  return show_plan(world, result, *session);
}

core::ExitCode run_frozen(World& world, const UpOptions& options) {
  const app::FrozenRequest frozen = world.read_frozen_plan(options.plan);
  const core::UpRequest& request = frozen.plan.request;
  if (options.dry_run) return show_frozen(world, frozen);
  return run_between(
      world, options, request,
      [&](const app::RunPorts& ports, const app::RunChecks& checks, const app::RunHooks& hooks) {
        return app::up_as_frozen(ports, frozen, checks, hooks);
      });
}

core::ExitCode run_up(World& world, const UpOptions& options) {
  const core::UpRequest request = request_of(world, options.selection);
  return run_between(
      world, options, request,
      [&](const app::RunPorts& ports, const app::RunChecks& checks, const app::RunHooks& hooks) {
        return app::up(ports, request, checks, hooks);
      });
}

core::ExitCode run_approve(World& world, const std::string& path, const std::string& comment) {
  const app::FrozenRequest frozen = world.read_frozen_plan(path);
  const std::vector<std::string> approvers = world.approvers();
  return world.run("approve", [&](const app::RunPorts& ports) {
    return app::approve(ports, frozen, approvers, comment);
  });
}

}  // namespace

void add_up(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("up", "Apply the pending steps");
  command->footer("Example: see what would run, then run it\n  migrate up --dry-run\n  migrate up");
  const auto options = std::make_shared<UpOptions>();
  add_selection(*command, options->selection);
  add_frozen(*command, options->plan,
             "Run exactly this frozen plan, or refuse naming what changed");
  command->add_flag("--dry-run", options->dry_run,
                    "Only show what would run; the same as: migrate plan");
  auto* reason = command
                     ->add_option("--reason", options->skip_reason,
                                  "Why the checks of --skip-check do not matter; the log keeps it")
                     ->type_name("TEXT");
  auto* skipped = command
                      ->add_option("--skip-check", options->skipped_checks,
                                   "Run without asking this check; several times: these")
                      ->type_name("NAME")
                      ->expected(1)
                      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  skipped->needs(reason);
  reason->needs(skipped);
  command->add_flag("--yes", options->yes, "Do not ask, also in a protected environment");
  command->add_flag("--wait-for-window", options->wait_for_window,
                    "When something is pending, wait until a window of the environment is open");
  command->callback([&request, options] {
    request.run = [options](World& world) {
      if (!options->plan.empty()) return run_frozen(world, *options);
      if (!options->dry_run) return run_up(world, *options);
      return run_plan(world, {.selection = options->selection});
    };
  });
}

void add_approve(CLI::App& app, Request& request) {
  auto* command =
      app.add_subcommand("approve", "Record that the account that connects approves a frozen plan");
  command->footer(
      "Example: what a colleague froze\n  migrate approve plan.json --env production --comment "
      "\"read, and tried on staging\"");
  struct ApproveOptions {
    std::string plan;
    std::string comment;
  };
  const auto options = std::make_shared<ApproveOptions>();
  command->add_option("plan", options->plan, "What `migrate plan --out` wrote")
      ->required()
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command->add_option("--comment", options->comment, "For the log")->type_name("TEXT");
  command->callback([&request, options] {
    request.run = [options](World& world) {
      return run_approve(world, options->plan, options->comment);
    };
  });
}

}  // namespace migrate::cli
