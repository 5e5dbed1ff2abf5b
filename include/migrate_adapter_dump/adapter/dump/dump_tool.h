#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/connection.h"
#include "core/server_info.h"
#include "port/backup.h"

namespace migrate::dump {

struct DumpToolOptions {
  core::ServerFamily family = core::ServerFamily::mysql;
  std::string server_version;
  /// The tool's path, or a name in PATH; empty: mariadb-dump or mysqldump, whichever is of this
  /// family, beside `server_program` or in PATH.
  std::string wanted;
  std::filesystem::path server_program;  ///< may be empty
  core::ConnectionOptions connection;    ///< its schema is dumped
};

/// Looks for the tool and asks it what it is. Throws Fault(configuration), which says what to
/// install, when there is none, or when it is of an older major version than the server. The tool
/// gets the password in an option file in memory: it is in no argument, no variable, on no disk.
std::unique_ptr<port::DumpTool> open_dump_tool(DumpToolOptions options);

}  // namespace migrate::dump
