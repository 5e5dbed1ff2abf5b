#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "interruption.h"
#include "options.h"
#include "self_test.h"
#include "session.h"

namespace migrate::torture {
namespace {

constexpr int interrupted = 130;

int torture(const Options& options) {
  Ground ground(options.server, options.migrate);
  std::cerr << fmt::format("torture: {} {}, seed {}\n", options.server, ground.version(),
                           options.seed);
  Session session(ground, options);
  bool stopped = false;
  try {
    if (options.mode == Mode::rehearsal) {
      session.rehearse();
      std::filesystem::remove_all(ground.folder());
      return EXIT_SUCCESS;
    }
    session.run();
  } catch (const Interrupted&) {
    stopped = true;
  }
  std::cout << fmt::format("server        {} {}\nseed          {}\n{}", options.server,
                           ground.version(), options.seed, session.tally().summary());
  if (session.tally().failures() > 0) {
    std::cout << "kept in       " << ground.folder().string() << '\n';
    return EXIT_FAILURE;
  }
  std::filesystem::remove_all(ground.folder());
  return stopped ? interrupted : EXIT_SUCCESS;
}

}  // namespace
}  // namespace migrate::torture

int main(int argc, char** argv) {
  using namespace migrate::torture;
  // For who runs it by hand; ctest and others name the servers themselves.
  ::setenv("MIGRATE_TEST_SERVERS", MIGRATE_SERVERS_FOUND, 0);
  keep_interrupts_pending();
  try {
    const Options options = parse_options(argc, argv);
    if (options.mode == Mode::self_test) return self_test(options) ? EXIT_SUCCESS : EXIT_FAILURE;
    return torture(options);
  } catch (const Interrupted&) {
    return interrupted;
  } catch (const std::exception& error) {
    std::cerr << "torture: " << error.what() << '\n';
    return 2;
  }
}
