#pragma once

#include <filesystem>
#include <string>

#include "adapter/dump/dump_tool.h"

namespace migrate::dump {

struct FoundTool {
  std::filesystem::path path;
  std::string name;     ///< "mariadb-dump"
  std::string version;  ///< "10.11.19"
};

/// As open_dump_tool().
FoundTool find_tool(const DumpToolOptions& options);

}  // namespace migrate::dump
