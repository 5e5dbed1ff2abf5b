#pragma once

#include <cstdint>
#include <string>

namespace migrate::core {

enum class ServerFamily { mysql, mariadb };

struct ServerInfo {
  ServerFamily family = ServerFamily::mysql;
  std::string version;  ///< as the server says it, e.g. "10.11.6-MariaDB-0+deb12u1"
  std::string account;  ///< CURRENT_USER()
  std::string schema;
  std::uint64_t connection_id = 0;
  std::uint64_t max_allowed_packet = 0;  ///< bytes
};

/// Who holds a lock, as far as this account may see.
struct LockHolder {
  std::uint64_t connection_id = 0;
  std::string user;  ///< empty: not visible to this account
  std::string host;
  std::string since;  ///< UTC; empty: not known
};

/// What a connection is doing, as far as this account may see.
struct Activity {
  std::uint64_t connection_id = 0;
  bool idle = false;        ///< between statements
  std::string statement;    ///< empty: idle, or not visible
  std::uint64_t age_s = 0;  ///< in this state
  std::string progress;  ///< in words, e.g. "stage 1 of 2, 43 %"; empty: the server does not tell
};

}  // namespace migrate::core
