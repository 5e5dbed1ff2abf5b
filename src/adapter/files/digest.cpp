#include "digest.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

#include <openssl/evp.h>

namespace migrate::files {

void NormalisedDigest::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

NormalisedDigest::NormalisedDigest() : context_(EVP_MD_CTX_new()) {
  [[maybe_unused]] const int ok = EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  assert(ok == 1);
}

NormalisedDigest::~NormalisedDigest() = default;

void NormalisedDigest::update(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

void NormalisedDigest::add(std::string_view bytes) {
  if (bytes.empty()) return;
  if (held_cr_ && bytes.front() != '\n') update("\r");
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
    update(bytes.substr(from, cr - from));
    from = cr + 1;
  }
  update(bytes.substr(from));
}

std::string NormalisedDigest::hex() {
  if (held_cr_) update("\r");
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
  EVP_DigestInit_ex(context_.get(), nullptr, nullptr);
  held_cr_ = false;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex(std::size_t{2} * length, '0');
  auto digit = hex.begin();
  for (const unsigned char byte : std::span(digest).first(length)) {
    *digit++ = digits[byte >> 4U];
    *digit++ = digits[byte & 0xFU];
  }
  return hex;
}

}  // namespace migrate::files
