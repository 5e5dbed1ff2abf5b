#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/request.h"
#include "commands.h"
#include "core/guard/name.h"
#include "core/suggestion.h"

namespace migrate::cli {
namespace {

struct SettingFlag {
  const char* name;
  const char* type;
  const char* help;
};

constexpr std::array setting_flags{
    SettingFlag{"env", "NAME", "Environment of migrate.yaml"},
    SettingFlag{"config", "FILE", "Configuration file (default: migrate.yaml here or above)"},
    SettingFlag{"url", "URL", "mysql://user@host:port/schema"},
    SettingFlag{"host", "HOST", "Server"},
    SettingFlag{"port", "PORT", "TCP port"},
    SettingFlag{"socket", "FILE", "Unix socket"},
    SettingFlag{"user", "NAME", "Account"},
    SettingFlag{"schema", "NAME", "Schema to migrate"},
    SettingFlag{"migrations", "DIR", "Folder of versioned steps (default: migrations)"},
    SettingFlag{"ddl", "DIR", "Folder of repeatable steps (default: ddl)"},
    SettingFlag{"tls-mode", "MODE", "disabled, preferred, required, verify_ca or verify_identity"},
    SettingFlag{"tls-ca", "FILE", "Certificate authority"},
    SettingFlag{"tls-cert", "FILE", "Client certificate"},
    SettingFlag{"tls-key", "FILE", "Client key"},
    SettingFlag{"connect-timeout", "SECONDS", "Give up connecting after this long"},
    SettingFlag{"lock-timeout", "SECONDS", "Wait for another run this long (default 30)"},
    SettingFlag{"orphan-timeout", "SECONDS",
                "Wait this long for a statement that a dead run left behind (default 600)"},
    SettingFlag{"reconnect-timeout", "SECONDS",
                "Try this long to go on when the connection is lost in a run (default 60)"},
    SettingFlag{"lock-retries", "N",
                "Send a statement that cannot have its lock again so often (default 5)"},
    SettingFlag{"kill-blockers-after", "SECONDS",
                "From then on end connections in the way whose account is in kill_blockers"},
    SettingFlag{"defaults-file", "FILE", "Option file, groups [client] and [migrate]"},
    SettingFlag{"login-path", "NAME", "Login path of .mylogin.cnf"},
    SettingFlag{"password-file", "FILE", "File that holds the password"},
    SettingFlag{"server-bin", "FILE", "mysqld or mariadbd for the private server"},
    SettingFlag{"state-dir", "DIR", "Folder of the private server"},
};

core::guard::Override override_of(const std::string& word) {
  const std::size_t equals = word.find('=');
  const std::string guard = word.substr(0, equals);
  if (!core::guard::named(guard)) {
    throw CLI::ValidationError("--override",
                               fmt::format("there is no guard '{}'; there are: {}", guard,
                                           fmt::join(core::guard::names, ", ")));
  }
  if (equals == std::string::npos || equals + 1 == word.size()) {
    throw CLI::ValidationError("--override",
                               fmt::format("a reason belongs to it: --override {}=REASON", guard));
  }
  return {.guard = guard, .reason = word.substr(equals + 1)};
}

void add_global_options(CLI::App& app, GlobalOptions& global) {
  for (const SettingFlag& flag : setting_flags) {
    app.add_option_function<std::string>(
           fmt::format("--{}", flag.name),
           [&global, name = std::string(flag.name)](const std::string& value) {
             global.settings[name] = value;
           },
           flag.help)
        ->type_name(flag.type)
        ->group("Configuration (each also as MIGRATE_… variable)");
  }
  app.add_flag_callback(
         "--ask-password", [&global] { global.settings["ask-password"] = "true"; },
         "Ask for the password")
      ->group("Configuration (each also as MIGRATE_… variable)");
  app.add_flag_callback(
      "--kill-orphan", [&global] { global.orphans = app::Orphans::kill; },
      "End a statement that a dead run left behind, instead of waiting for it");
  app.add_option_function<std::vector<std::string>>(
         "--override",
         [&global](const std::vector<std::string>& words) {
           for (const std::string& one : words) global.overrides.push_back(override_of(one));
         },
         "Run although this guard refuses; the log keeps the reason")
      ->type_name("GUARD=REASON")
      ->expected(1)
      ->take_all();
  app.add_option("--drop-protected", global.drop_protected,
                 "A protected object that this run may take away; several times: these")
      ->type_name("NAME")
      ->expected(1)
      ->take_all();
  app.add_option_function<std::string>(
         "--format",
         [&global](const std::string& format) {
           global.format = format == "json" ? Format::json : Format::table;
         },
         "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT")
      ->group("Output");
  auto* quiet = app.add_flag_callback(
      "--quiet", [&global] { global.detail = Detail::quiet; }, "Only what needs somebody");
  auto* verbose = app.add_flag_callback(
      "--verbose", [&global] { global.detail = Detail::verbose; }, "Every statement");
  quiet->group("Output")->excludes(verbose);
  verbose->group("Output");
  app.add_flag("--no-color", global.no_color, "No colour (also: NO_COLOR)")->group("Output");
  app.add_option("--log-file", global.log_file, "Append everything that happens to this file")
      ->type_name("FILE")
      ->group("Output");
  app.add_option("--events", global.events,
                 "Append each event to this file as it happens, a JSON object a line; -: stdout, "
                 "and the report goes to stderr")
      ->type_name("FILE|-")
      ->group("Output");
}

constexpr const char* examples = R"(Examples:
  migrate new add_customer_notes      create the two files of a step
  migrate plan                        see what would run
  migrate up                          run it
  migrate status                      see where the database is

With nothing configured, migrate uses a private server of its own (migrate sandbox --help).
Exit codes: 0 done, 2 pending, 3 drift, 4 refused, 5 statement failed, 6 in doubt, 7 locked,
8 a check failed, 64 usage, 69 server unavailable, 70 internal, 78 configuration, 130/143 stopped by a signal.)";

/// The word that was meant to be a command, when it is none.
std::string unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  bool value_follows = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (std::exchange(value_follows, false)) continue;
    if (word.starts_with("-")) {
      const CLI::Option* option = app.get_option_no_throw(word);
      value_follows = option != nullptr && option->get_items_expected_min() > 0 &&
                      word.find('=') == std::string::npos;
      continue;
    }
    if (std::ranges::find(names, word) != names.end()) return {};
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string nearest = core::nearest(word, known);
    return nearest.empty()
               ? fmt::format("there is no command '{}'", word)
               : fmt::format("there is no command '{}'; did you mean '{}'?", word, nearest);
  }
  return {};
}

/// The flag that neither the program nor the command that was named knows.
std::string unknown_flag(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<const CLI::App*> apps{&app};
  for (const CLI::App* command : app.get_subcommands()) apps.push_back(command);
  std::vector<std::string> names;
  for (const CLI::App* one : apps) {
    for (const CLI::Option* option : one->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string flag = word.substr(0, word.find('='));
    if (!flag.starts_with("--") || flag.size() == 2) continue;
    if (std::ranges::find(names, flag) != names.end()) continue;
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string nearest = core::nearest(flag, known);
    return nearest.empty()
               ? fmt::format("there is no flag '{}'", flag)
               : fmt::format("there is no flag '{}'; did you mean '{}'?", flag, nearest);
  }
  return {};
}

}  // namespace

std::variant<Request, Text> parse(int argc, const char* const* argv) {
  Request request;
  CLI::App app("Schema migrations for MySQL and MariaDB", "migrate");
  app.footer(examples);
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.get_formatter()->column_width(34);
  app.set_version_flag("--version", std::string("migrate ") + MIGRATE_VERSION, "Show the version");
  add_global_options(app, request.global);
  for (const auto add : {add_up,      add_down,      add_redo,     add_status,     add_plan,
                         add_approve, add_preflight, add_history,  add_new,        add_validate,
                         add_lint,    add_audit,     add_check,    add_verify,     add_snapshot,
                         add_drift,   add_backup,    add_baseline, add_reset,      add_resolve,
                         add_exec,    add_config,    add_sandbox,  add_completion, add_version}) {
    add(app, request);
  }
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    command->fallthrough();

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Text{core::ExitCode::done, app.help()};
  } catch (const CLI::CallForVersion& version) {
    return Text{core::ExitCode::done, std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    std::string message = unknown_command(app, argc, argv);
    if (message.empty()) message = unknown_flag(app, argc, argv);
    if (message.empty()) message = error.what();
    return Text{core::ExitCode::usage, fmt::format("migrate: {}\nSee: migrate --help\n", message)};
  }
  if (!request.run) return Text{core::ExitCode::done, app.help()};
  return request;
}

}  // namespace migrate::cli
