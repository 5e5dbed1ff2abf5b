#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace migrate::files {

/// SHA-256 of text whose CRLFs count as LF (core::checksum_rule_sha256_lf, but for the BOM).
class NormalisedDigest {
 public:
  NormalisedDigest();
  ~NormalisedDigest();
  NormalisedDigest(const NormalisedDigest&) = delete;
  NormalisedDigest& operator=(const NormalisedDigest&) = delete;

  void add(std::string_view bytes);
  /// 64 lower-case hex digits. What is added from then on is another text.
  std::string hex();

 private:
  void update(std::string_view bytes);

  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
  bool held_cr_ = false;  ///< the last byte was a CR whose LF may follow in the next bytes
};

}  // namespace migrate::files
