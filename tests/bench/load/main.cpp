// scripts/load: see tests/README.md.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "outbox.h"
#include "outcome.h"
#include "support/raw_connection.h"
#include "support/real_server.h"
#include "tokens.h"

namespace migrate::load {
namespace {

struct Options {
  std::vector<std::string> servers;
  OutboxLoad outbox;
  TokenLoad tokens;
};

/// A tenth: does it all run?
void make_quick(Options& options) {
  constexpr unsigned part = 10;
  options.outbox.messages /= part;
  options.tokens.presentations /= part;
  options.tokens.families /= part;
}

using Column = std::map<std::string, std::string>;

void print(const std::vector<std::string>& names, const std::vector<std::string>& titles,
           const std::vector<Column>& columns) {
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, name.size());
  constexpr std::size_t column_width = 24;
  std::cout << fmt::format("{:{}}", "", width);
  for (const std::string& title : titles) std::cout << fmt::format("  {:>{}}", title, column_width);
  std::cout << '\n';
  for (const std::string& name : names) {
    std::cout << fmt::format("{:{}}", name, width);
    for (const Column& column : columns) {
      const auto found = column.find(name);
      std::cout << fmt::format("  {:>{}}", found == column.end() ? "-" : found->second,
                               column_width);
    }
    std::cout << '\n';
  }
}

int run(const Options& options) {
  std::vector<std::string> names;
  std::vector<std::string> titles;
  std::vector<Column> columns;
  bool good = true;
  for (const std::string& name : options.servers) {
    testing::RealServer& server = testing::RealServer::named(name);
    const std::string version =
        testing::RawConnection(server.connection()).value("SELECT VERSION()");
    titles.push_back(fmt::format("{} {}", name, version.substr(0, version.find('-'))));
    Column& column = columns.emplace_back();
    const auto drive = [&](const char* what, const auto& load) {
      std::cerr << fmt::format("load: {}, {}\n", titles.back(), what);
      Outcome outcome;
      load(outcome);
      for (const auto& [figure, value] : outcome.figures()) {
        if (std::ranges::find(names, figure) == names.end()) names.push_back(figure);
        column[figure] = value;
      }
      for (const std::string& problem : outcome.problems())
        std::cerr << fmt::format("{}, {}: {}\n", name, what, problem);
      if (outcome.complaints() > outcome.problems().size())
        std::cerr << fmt::format("{}, {}: {} in all\n", name, what, outcome.complaints());
      good = good && outcome.complaints() == 0;
    };
    drive("the outbox", [&](Outcome& outcome) { drive_outbox(server, options.outbox, outcome); });
    drive("the refresh tokens",
          [&](Outcome& outcome) { drive_tokens(server, options.tokens, outcome); });
  }
  print(names, titles, columns);
  std::cout << (good ? "nothing was lost, out of order or unaccounted for\n" : "FAILED\n");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int parse_and_run(int argc, char** argv) {
  // For who runs it by hand; ctest names the servers itself.
  ::setenv("MIGRATE_TEST_SERVERS", MIGRATE_SERVERS_FOUND, 0);
  Options options;
  bool quick = false;
  CLI::App app(
      "Drives the shipped outbox and refresh tokens as their runbooks say, on private "
      "servers, and counts that nothing is lost",
      "scripts/load");
  app.add_option("--server", options.servers, "mariadb or mysql (default: each that is found)")
      ->check(CLI::IsMember(testing::server_names()));
  app.add_option("--messages", options.outbox.messages, "Messages to write (20,000)");
  app.add_option("--writers", options.outbox.writers, "Programs that write messages (4)");
  app.add_option("--workers", options.outbox.workers, "Workers that claim and deliver (8)");
  app.add_option("--presentations", options.tokens.presentations, "Tokens to present (20,000)");
  app.add_option("--clients", options.tokens.clients, "Programs that present them (8)");
  app.add_option("--seed", options.outbox.seed, "What goes wrong, and where (1)");
  app.add_flag("--quick", quick, "A tenth of everything: does it all run?");
  CLI11_PARSE(app, argc, argv);
  options.tokens.seed = options.outbox.seed;
  if (quick) make_quick(options);
  if (options.servers.empty()) options.servers = testing::server_names();
  if (options.servers.empty()) throw std::runtime_error("no server found");
  return run(options);
}

}  // namespace
}  // namespace migrate::load

int main(int argc, char** argv) {
  int code = EXIT_FAILURE;
  try {
    code = migrate::load::parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "load: " << error.what() << '\n';
  }
  migrate::testing::stop_servers();
  return code;
}
