#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "adapter/sandbox/sandbox.h"
#include "core/server_info.h"

namespace migrate::sandbox {

/// A server that is installed on this machine.
struct ServerProgram {
  std::filesystem::path path;
  core::ServerFamily family = core::ServerFamily::mysql;
  std::string version;
};

/// The server at the path `wanted`, or of that name in PATH and the usual folders beside it; when
/// it is empty the first mariadbd or mysqld there. What it is, it is asked: on some systems mysqld
/// is a link to mariadbd. Throws Fault(configuration) when there is none.
ServerProgram find_server_program(const std::filesystem::path& wanted);

/// "MariaDB" or "MySQL".
std::string family_name(core::ServerFamily family);

/// argv of the program that fills the empty directory `data`; its superuser has no password. No
/// other server may use the folder `temporary`: MariaDB deletes the temporary files of others.
std::vector<std::string> initialise_command(const ServerProgram& server,
                                            const std::filesystem::path& data,
                                            const std::filesystem::path& temporary,
                                            Durability durability);

struct ServeOptions {
  std::filesystem::path data;
  std::filesystem::path socket;
  std::filesystem::path temporary;
  Durability durability = Durability::relaxed;
  std::vector<std::string> more;
};

/// argv of the server itself: no TCP, no configuration file.
std::vector<std::string> serve_command(const ServerProgram& server, const ServeOptions& options);

}  // namespace migrate::sandbox
