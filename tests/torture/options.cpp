#include "options.h"

#include <chrono>
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "support/real_server.h"

namespace migrate::torture {

Options parse_options(int argc, char** argv) {
  Options options;
  options.migrate = MIGRATE_BINARY;
  options.seed = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() /
                                            std::chrono::seconds(1));
  bool keep_going = false;
  bool self_test = false;

  CLI::App app(
      "Kills migrate, its server and its connections at random moments, lets `migrate up` go on, "
      "and compares what comes of it with an undisturbed run. Exit 0: nothing was wrong.",
      "torture");
  app.add_option("--server", options.server, "the server to start")
      ->required()
      ->check(CLI::IsMember(testing::server_names()));
  app.add_option("--minutes", options.minutes, "how long")->capture_default_str();
  app.add_option("--seed", options.seed, "of all that is random (default: the time)");
  app.add_option("--kills", options.kills, "end after so many, should that be sooner");
  app.add_option("--iteration", options.iteration, "only this iteration of the seed, repeatedly");
  app.add_option("--migrate", options.migrate, "the binary")->capture_default_str();
  app.add_flag("--keep-going", keep_going, "go on after a failure, and count");
  app.add_flag("--self-test", self_test, "whether a difference and a question would be noticed");
  const auto* rehearse =
      app.add_option("--rehearse", options.rehearsed,
                     "kill nothing: whether so many workloads leave the same each time");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  options.after_failure = keep_going ? AfterFailure::go_on : AfterFailure::stop;
  if (self_test) options.mode = Mode::self_test;
  if (rehearse->count() > 0) options.mode = Mode::rehearsal;
  options.migrate = std::filesystem::absolute(options.migrate);
  return options;
}

}  // namespace migrate::torture
