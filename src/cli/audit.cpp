#include "app/audit.h"

#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "commands.h"
#include "core/audit/rule.h"
#include "rule_options.h"

namespace migrate::cli {
namespace {

struct AuditOptions {
  RuleOptions rules;
  std::string fix_into;
};

/// Writes the step, unless there is nothing that a statement could mend.
port::AuditFix write_fix(World& world, port::AuditFacts& server, const core::audit::Facts& facts,
                         const core::audit::Report& report, const std::string& folder) {
  const core::audit::Alignment alignment = core::audit::align(facts, world.audit_policy(), report);
  port::AuditFix fix{.mended = alignment.mended.size(),
                     .statements = alignment.moves.size(),
                     .probes = alignment.probes.size(),
                     .left = alignment.left};
  if (alignment.moves.empty()) return fix;
  fix.losses = app::losses(server, alignment);
  const core::audit::StepTexts texts = core::audit::step_texts(alignment, report, fix.losses);
  std::tie(fix.up, fix.down) = world.write_step(folder, "align_schema", texts);
  return fix;
}

core::ExitCode run_audit(World& world, const AuditOptions& options) {
  const auto show = [&world](const auto& rules) { world.presenter().audit_rules(rules); };
  if (show_rules(options.rules, "audit", core::audit::all_rules(), show))
    return core::ExitCode::done;
  const core::audit::Policy policy = world.audit_policy();
  const auto session = world.connect();
  const auto server = world.audit_facts();
  const auto ddl = world.ddl_files();
  const core::audit::Facts facts =
      app::audit_facts(*session, *server, *ddl, world.ignored_objects());
  const core::audit::Report report = core::audit::audit(facts, policy);
  std::optional<port::AuditFix> fix;
  if (!options.fix_into.empty()) fix = write_fix(world, *server, facts, report, options.fix_into);
  const auto fail_on = options.rules.fail_on;
  world.presenter().audit(report, fail_on, fix ? &*fix : nullptr);
  return report.has_at_least(fail_on) ? core::ExitCode::refused : core::ExitCode::done;
}

constexpr const char* footer =
    R"(Exit code: 0 nothing of the severity of --fail-on or above, 4 something. Nothing is written to the
server; --fix-into writes two files, and asks the server what they would lose. What is meant is
allowed in migrate.yaml:
  audit:
    allow:
      - {rule: column-collation, object: sessions.token, reason: compared byte by byte}
Examples:
  migrate audit --env production
  migrate audit --env production --fix-into migrations
  migrate verify --env production)";

}  // namespace

void add_audit(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "audit", "Measure the live schema by rules: collations, ids, indexes, …; reads only");
  command->footer(footer);
  const auto options = std::make_shared<AuditOptions>();
  command
      ->add_option_function<std::string>(
          "--format",
          [&request](const std::string& format) {
            if (format == "json") request.global.format = Format::json;
          },
          "text or json")
      ->check(CLI::IsMember({"text", "table", "json"}))
      ->type_name("FORMAT");
  command
      ->add_option("--fix-into", options->fix_into,
                   "Write a step that mends what statements can mend into this folder")
      ->type_name("DIR");
  add_rule_options(*command, options->rules);
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_audit(world, *options); };
  });
}

}  // namespace migrate::cli
