#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace migrate::torture {

enum class AfterFailure { stop, go_on };
enum class Mode {
  torture,
  self_test,  ///< whether a difference and a question would be noticed
  rehearsal,  ///< whether the workloads run undisturbed and leave the same each time
};

struct Options {
  std::string server;             ///< a name of MIGRATE_TEST_SERVERS
  std::filesystem::path migrate;  ///< the binary
  std::uint64_t seed = 0;
  double minutes = 5;
  std::optional<std::uint64_t> kills;      ///< end after so many
  std::optional<std::uint64_t> iteration;  ///< only this one, again and again
  AfterFailure after_failure = AfterFailure::stop;
  Mode mode = Mode::torture;
  std::uint64_t rehearsed = 0;  ///< workloads, in a rehearsal
};

/// Exits the program with a message when the command line is wrong or asks for help.
Options parse_options(int argc, char** argv);

}  // namespace migrate::torture
