#pragma once

#include <cstdint>
#include <string>

#include "core/fault.h"

namespace migrate::config {

/// Where settings come from, the strongest first.
enum class Level { flag, variable, config_file, option_file, built_in };

/// Where one setting was given.
struct Origin {
  Level level = Level::built_in;
  std::string name;  ///< "--host", "MIGRATE_HOST" or the file's path; empty for a built-in default
  std::uint64_t line = 0;    ///< in a file, from 1; 0: the file as a whole
  std::uint64_t column = 0;  ///< from 1; 0: the line as a whole

  /// For a table: "flag --host", "MIGRATE_HOST", "migrate.yaml:12", "default".
  std::string shown() const;
  /// For a message: "--host", "MIGRATE_HOST", "migrate.yaml:12:9".
  std::string place() const;
};

/// `<place>: <message>`, with exit code 64 for a flag and 78 for anything else.
core::Fault fault_at(const Origin& origin, const std::string& message, std::string hint = {});

template <class T>
struct Sourced {
  T value{};
  Origin origin;
};

}  // namespace migrate::config
