#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/server_info.h"

namespace migrate::core::rehearsal {

struct KnownServer {
  ServerFamily family = ServerFamily::mysql;
  std::string version;
};

/// The index of the one that is most like `wanted`: of its family, then by the distance of the
/// versions; a newer one before an older one. Of the other family only when there is no other.
std::optional<std::size_t> nearest_server(const std::vector<KnownServer>& servers,
                                          const KnownServer& wanted);

}  // namespace migrate::core::rehearsal
