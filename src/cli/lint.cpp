#include "app/lint.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands.h"
#include "core/fault.h"

namespace migrate::cli {
namespace {

using core::lint::Severity;

struct LintOptions {
  std::vector<std::string> which;
  std::string explained;
  bool list = false;
  Severity fail_on = Severity::error;
  port::LintFormat format = port::LintFormat::own;
  enum class Facts { files, server } facts = Facts::files;
};

core::ExitCode explain(World& world, const std::string& name) {
  const std::vector<core::lint::Rule> rules = core::lint::all_rules();
  const core::lint::Rule* rule = core::lint::find_rule(rules, name);
  if (rule == nullptr) {
    throw core::Fault(core::ExitCode::usage, core::lint::unknown_rule(rules, name),
                      "see all of them with: migrate lint --rules");
  }
  world.presenter().lint_rules({*rule});
  return core::ExitCode::done;
}

core::ExitCode run_lint(World& world, const LintOptions& options) {
  if (!options.explained.empty()) return explain(world, options.explained);
  if (options.list) {
    world.presenter().lint_rules(core::lint::all_rules());
    return core::ExitCode::done;
  }
  std::optional<app::LintFacts> facts;
  if (options.facts == LintOptions::Facts::server) facts = app::facts_of(*world.connect());
  const app::LintRequest request{.which = options.which, .severities = world.lint_severities()};
  const core::lint::Report report = app::lint(world.steps(), request, facts ? &*facts : nullptr);
  world.presenter().lint(report, options.fail_on, options.format);
  return report.has_at_least(options.fail_on) ? core::ExitCode::refused : core::ExitCode::done;
}

constexpr const char* footer =
    R"(Exit code: 0 nothing of the severity of --fail-on or above, 4 something, 78 a file that cannot be
read. What is meant is allowed in the file, in its header or in front of one statement:
  -- migrate: allow=drop-table reason="the archive of 2019 is in the backup"
Examples:
  migrate lint                              every step
  migrate lint 20260113090000               one step
  migrate lint --on production              what is pending there, knowing its tables
  migrate lint --format sarif > lint.sarif  for a tool that shows findings)";

}  // namespace

void add_lint(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "lint", "Look for what loses data, breaks programs or blocks tables; needs no server");
  command->footer(footer);
  const auto options = std::make_shared<LintOptions>();
  command->add_option("which", options->which, "Files, versions or steps (default: all)")
      ->type_name("FILE|VERSION");
  command
      ->add_option_function<std::string>(
          "--on",
          [&request, options](const std::string& environment) {
            request.global.settings["env"] = environment;
            request.global.env_flag = "--on";
            options->facts = LintOptions::Facts::server;
          },
          "Look at what is pending in this environment, knowing its tables")
      ->type_name("ENV");
  command
      ->add_option_function<std::string>(
          "--fail-on",
          [options](const std::string& severity) {
            options->fail_on = *core::lint::severity_named(severity);
          },
          "Least severity that fails (default: error)")
      ->check(CLI::IsMember({"error", "warning", "notice"}))
      ->type_name("SEVERITY");
  command
      ->add_option_function<std::string>(
          "--format",
          [&request, options](const std::string& format) {
            if (format == "json") request.global.format = Format::json;
            if (format == "sarif") options->format = port::LintFormat::sarif;
            if (format == "github") options->format = port::LintFormat::github;
          },
          "text, json, sarif or github")
      ->check(CLI::IsMember({"text", "table", "json", "sarif", "github"}))
      ->type_name("FORMAT");
  auto* explained = command->add_option("--explain", options->explained, "Show what a rule is for")
                        ->type_name("RULE");
  command->add_flag("--rules", options->list, "Show all rules")->excludes(explained);
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_lint(world, *options); };
  });
}

}  // namespace migrate::cli
