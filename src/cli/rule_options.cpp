#include "rule_options.h"

namespace migrate::cli {

void add_rule_options(CLI::App& command, RuleOptions& options) {
  command
      .add_option_function<std::string>(
          "--fail-on",
          [&options](const std::string& severity) {
            options.fail_on = *core::lint::severity_named(severity);
          },
          "Least severity that fails (default: error)")
      ->check(CLI::IsMember({"error", "warning", "notice"}))
      ->type_name("SEVERITY");
  auto* explained = command.add_option("--explain", options.explained, "Show what a rule is for")
                        ->type_name("RULE");
  command.add_flag("--rules", options.list, "Show all rules")->excludes(explained);
}

}  // namespace migrate::cli
