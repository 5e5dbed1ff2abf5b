#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "adapter/config/setting.h"

namespace migrate::config {

/// What the relative paths of one place are relative to.
struct PathBase {
  std::filesystem::path directory;
  std::filesystem::path
      home;  ///< what `~/` stands for; empty: not known, `~` is a name like any other

  /// The path as an absolute one, without `.` and `..`.
  std::filesystem::path resolve(std::string_view path) const;

  /// The value of a setting: resolved when it is a path, as it is otherwise. A server_bin without
  /// `/` is the name of a program to be looked for, not a path. An empty value stays empty.
  std::string value(Setting setting, std::string_view text) const;
};

}  // namespace migrate::config
