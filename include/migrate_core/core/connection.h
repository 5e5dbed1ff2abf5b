#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace migrate::core {

/// As the mysql client's --ssl-mode.
enum class TlsMode { disabled, preferred, required, verify_ca, verify_identity };

struct TlsOptions {
  TlsMode mode = TlsMode::preferred;
  std::string ca;    ///< path of a PEM file; empty: the system's
  std::string cert;  ///< path; empty: no client certificate
  std::string key;   ///< path
};

/// Everything needed to open one connection. `password` is the only secret; nothing prints this
/// struct as a whole.
struct ConnectionOptions {
  std::string host = "localhost";
  std::uint16_t port = 3306;
  std::string socket;  ///< path; when set, host and port are not used
  std::string user;
  std::string password;
  std::string schema;
  TlsOptions tls;
  std::chrono::seconds connect_timeout{10};
  /// For each answer of the server, behind which the connection counts as lost; 0: however long.
  std::chrono::seconds answer_timeout{0};
};

}  // namespace migrate::core
