#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "port/programs.h"

namespace migrate::posix {

struct UserProgramOptions {
  /// In which they run, and from which a relative path leads; empty: that of this process.
  std::filesystem::path directory;
  /// Names of variables that they do not get.
  std::vector<std::string> secret_variables;
};

/// A program that has to end is sent SIGINT or SIGTERM, and SIGKILL 10 s later; so is its whole
/// process group. Its stdin is empty.
std::unique_ptr<port::Programs> open_user_programs(UserProgramOptions options);

}  // namespace migrate::posix
