#include "definition_hash.h"

#include <array>
#include <cassert>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace migrate::mysql {

std::string definition_hash(std::string_view definition) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  [[maybe_unused]] const int ok = EVP_Digest(definition.data(), definition.size(), digest.data(),
                                             &length, EVP_sha256(), nullptr);
  assert(ok == 1);
  std::string hex;
  for (std::size_t i = 0; i < 16; ++i) hex += fmt::format("{:02x}", digest.at(i));
  return hex;
}

}  // namespace migrate::mysql
