#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapter/config/origin.h"

namespace migrate::config {

/// One line of an option file.
struct FileOption {
  std::string group;                 ///< without brackets
  std::string name;                  ///< with `-` for every `_`
  std::optional<std::string> value;  ///< nothing: the name stood alone
  Origin origin;
};

/// An option file, as https://dev.mysql.com/doc/refman/8.0/en/option-files.html describes it.
struct OptionFile {
  std::vector<std::string> groups;  ///< as they were opened; a group may come more than once
  std::vector<FileOption> options;  ///< in the order of the text: the last of several counts
  std::vector<std::filesystem::path> files;  ///< all that were read
};

/// Reads the file and what it includes: `!include FILE` and `!includedir DIR` (its *.cnf, sorted),
/// to a depth of 10; deeper ones are skipped, as the mysql client does. A relative path is relative
/// to the current directory, as there. Throws Fault at the file, line and column on a file or
/// folder that cannot be read, a group without `]` and an option in front of the first group.
/// `named_by`: who names the file.
OptionFile read_my_cnf(const std::filesystem::path& path, const Origin& named_by);

/// The same for a text without includes. `name` stands in messages and origins.
OptionFile parse_option_text(std::string_view text, const std::string& name);

}  // namespace migrate::config
