#pragma once

#include <string>

namespace migrate::core {

/// The only rule so far: SHA-256, as 64 lower-case hex digits, of the file's bytes without a
/// leading UTF-8 BOM and with every CRLF made LF. A lone CR stays. The history stores the rule's
/// name beside each checksum, so that a later rule can never turn into a false "this file changed".
inline constexpr const char* checksum_rule_sha256_lf = "sha256-lf";

struct Checksum {
  std::string rule = checksum_rule_sha256_lf;
  std::string hex;

  friend bool operator==(const Checksum&, const Checksum&) = default;
};

}  // namespace migrate::core
