#include "digest.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

#include <openssl/evp.h>

namespace migrate::files {

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  [[maybe_unused]] const int ok = EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  assert(ok == 1);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
  EVP_DigestInit_ex(context_.get(), nullptr, nullptr);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex(std::size_t{2} * length, '0');
  auto digit = hex.begin();
  for (const unsigned char byte : std::span(digest).first(length)) {
    *digit++ = digits[byte >> 4U];
    *digit++ = digits[byte & 0xFU];
  }
  return hex;
}

void NormalisedDigest::add(std::string_view bytes) {
  if (bytes.empty()) return;
  if (held_cr_ && bytes.front() != '\n') digest_.add("\r");
  held_cr_ = false;
  std::size_t from = 0;
  for (std::size_t cr = bytes.find('\r'); cr != std::string_view::npos;
       cr = bytes.find('\r', cr + 1)) {
    if (cr + 1 == bytes.size()) {
      held_cr_ = true;
      bytes.remove_suffix(1);
      break;
    }
    if (bytes[cr + 1] != '\n') continue;
    digest_.add(bytes.substr(from, cr - from));
    from = cr + 1;
  }
  digest_.add(bytes.substr(from));
}

std::string NormalisedDigest::hex() {
  if (held_cr_) digest_.add("\r");
  held_cr_ = false;
  return digest_.hex();
}

}  // namespace migrate::files
