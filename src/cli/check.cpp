#include "app/check.h"

#include <charconv>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "check_names.h"
#include "commands.h"
#include "core/fault.h"

namespace migrate::cli {
namespace {

using core::check::Check;
using core::check::Look;
using core::check::Severity;
using std::chrono::seconds;

struct CheckOptions {
  std::vector<std::string> names;
  std::optional<core::check::Moment> when;
  std::string explained;
  bool list = false;
  Severity fail_on = Severity::error;
  port::CheckFormat format = port::CheckFormat::own;
  std::optional<seconds> interval;
};

/// "60s", "5m", "60".
std::optional<seconds> interval_of(std::string_view text) {
  constexpr std::uint64_t most = 86400;
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  if (error != std::errc() || number == 0 || number > most) return std::nullopt;
  if (unit.empty() || unit == "s") return seconds(number);
  if (unit == "m") return seconds(number * 60);
  return std::nullopt;
}

std::vector<Check> chosen(const std::vector<Check>& all, const CheckOptions& options) {
  std::vector<Check> checks = all;
  if (options.when) checks = core::check::checks_for(*options.when, checks);
  if (options.names.empty()) return checks;
  std::vector<Check> named;
  named.reserve(options.names.size());
  for (const std::string& name : options.names) named.push_back(check_named(all, name));
  return named;
}

core::ExitCode run_check(World& world, const CheckOptions& options) {
  const std::vector<Check> all = world.checks();
  if (!options.explained.empty()) {
    world.presenter().check_list({check_named(all, options.explained)});
    return core::ExitCode::done;
  }
  const std::vector<Check> checks = chosen(all, options);
  if (options.list) {
    world.presenter().check_list(checks);
    return core::ExitCode::done;
  }
  port::CheckView view{.environment = world.target().environment,
                       .fail_on = options.fail_on,
                       .format = options.format};
  return world.ask([&](const app::CheckPorts& ports) {
    if (options.interval) {
      view.occasion = port::CheckView::Occasion::watching;
      return app::watch(ports, checks, *options.interval, [&](const Look& now, const Look* before) {
        view.before = before;
        world.presenter().checks(now, view);
      });
    }
    const Look look = app::look_at(ports, checks);
    if (const auto stop = ports.cancellation.requested()) return *stop;
    world.presenter().checks(look, view);
    return look.has_at_least(options.fail_on) ? core::ExitCode::check_failed : core::ExitCode::done;
  });
}

constexpr const char* footer =
    R"(Exit code: 0 all of the severity of --fail-on or above hold, 8 one does not. Nothing is written to
the server: each query runs in a transaction that only reads, and for no longer than its limit.
The shipped checks and your own are set in migrate.yaml:
  checks:
    outbox-dead-letters: {expect: "<= 500", when: [monitor, after]}
    outbox-error-rate: off
    orders-without-customer:
      query: SELECT COUNT(*) FROM orders LEFT JOIN customers ON … WHERE customers.id IS NULL
      expect: "= 0"
      when: [before, after]
      reason: an order without a customer cannot be invoiced
Examples:
  migrate check --env production
  migrate check --env production --watch 60s
  migrate check --env production --format prometheus > metrics.prom)";

void add_format(CLI::App& command, Request& request, CheckOptions& options) {
  command
      .add_option_function<std::string>(
          "--format",
          [&request, &options](const std::string& name) {
            if (name == "json") request.global.format = Format::json;
            if (name == "junit") options.format = port::CheckFormat::junit;
            if (name == "prometheus") options.format = port::CheckFormat::prometheus;
          },
          "text, json, junit or prometheus")
      ->check(CLI::IsMember({"text", "table", "json", "junit", "prometheus"}))
      ->type_name("FORMAT");
  // Behind the other, so that its callback runs behind the other's.
  command
      .add_option_function<std::string>(
          "--watch",
          [&options](const std::string& text) {
            options.interval = interval_of(text);
            if (!options.interval) {
              throw CLI::ValidationError(
                  "--watch", fmt::format("'{}' is no interval; expected 60s or 5m", text));
            }
            if (options.format != port::CheckFormat::own)
              throw CLI::ValidationError("--watch", "goes with --format text or json");
          },
          "Ask again and again, e.g. every 60s, until stopped; tells what changed")
      ->type_name("INTERVAL");
}

}  // namespace

void add_check(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "check", "Ask the server questions whose answers are known: is the outbox delivered, …");
  command->footer(footer);
  const auto options = std::make_shared<CheckOptions>();
  command->add_option("name", options->names, "Only these checks")->type_name("NAME");
  command
      ->add_option_function<std::string>(
          "--when",
          [options](const std::string& name) { options->when = core::check::moment_named(name); },
          "Only those for before, after or monitor (default: all)")
      ->check(CLI::IsMember({"before", "after", "monitor"}))
      ->type_name("MOMENT");
  command
      ->add_option_function<std::string>(
          "--fail-on",
          [options](const std::string& severity) {
            options->fail_on = *core::lint::severity_named(severity);
          },
          "Least severity that fails (default: error)")
      ->check(CLI::IsMember({"error", "warning", "notice"}))
      ->type_name("SEVERITY");
  add_format(*command, request, *options);
  auto* explained = command->add_option("--explain", options->explained, "Show one check in full")
                        ->type_name("NAME");
  command->add_flag("--list", options->list, "Show which checks there are")->excludes(explained);
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_check(world, *options); };
  });
}

}  // namespace migrate::cli
