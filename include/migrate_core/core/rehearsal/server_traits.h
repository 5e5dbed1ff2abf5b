#pragma once

#include <string>
#include <vector>

#include "core/server_info.h"

namespace migrate::core::rehearsal {

/// What of a server may make the same files come out another way.
struct ServerTraits {
  ServerFamily family = ServerFamily::mysql;
  std::string version;
  std::string sql_mode;   ///< of the server; steps run with migrate's own
  std::string collation;  ///< of the server
};

/// How a rehearsal on `here` may differ from a run on `there`, a line each; empty: not at all.
std::vector<std::string> trait_warnings(const ServerTraits& here, const ServerTraits& there,
                                        const std::string& name_of_there);

}  // namespace migrate::core::rehearsal
