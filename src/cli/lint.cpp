#include "app/lint.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands.h"
#include "rule_options.h"

namespace migrate::cli {
namespace {

struct LintOptions {
  std::vector<std::string> which;
  RuleOptions rules;
  port::LintFormat format = port::LintFormat::own;
  enum class Facts { files, server } facts = Facts::files;
};

core::ExitCode run_lint(World& world, const LintOptions& options) {
  const auto show = [&world](const auto& rules) { world.presenter().lint_rules(rules); };
  if (show_rules(options.rules, "lint", core::lint::all_rules(), show)) return core::ExitCode::done;
  std::optional<app::LintFacts> facts;
  if (options.facts == LintOptions::Facts::server) facts = app::facts_of(*world.connect());
  const app::LintRequest request{.which = options.which, .severities = world.lint_severities()};
  const core::lint::Report report = app::lint(world.steps(), request, facts ? &*facts : nullptr);
  const auto fail_on = options.rules.fail_on;
  world.presenter().lint(report, fail_on, options.format);
  return report.has_at_least(fail_on) ? core::ExitCode::refused : core::ExitCode::done;
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
          "--format",
          [&request, options](const std::string& format) {
            if (format == "json") request.global.format = Format::json;
            if (format == "sarif") options->format = port::LintFormat::sarif;
            if (format == "github") options->format = port::LintFormat::github;
          },
          "text, json, sarif or github")
      ->check(CLI::IsMember({"text", "table", "json", "sarif", "github"}))
      ->type_name("FORMAT");
  add_rule_options(*command, options->rules);
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_lint(world, *options); };
  });
}

}  // namespace migrate::cli
