#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace migrate::files {

/// SHA-256 of bytes.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// 64 lower-case hex digits. What is added from then on is something else.
  std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// SHA-256 of text whose CRLFs count as LF (core::checksum_rule_sha256_lf, but for the BOM).
class NormalisedDigest {
 public:
  void add(std::string_view bytes);
  /// As of Sha256.
  std::string hex();

 private:
  Sha256 digest_;
  bool held_cr_ = false;  ///< the last byte was a CR whose LF may follow in the next bytes
};

}  // namespace migrate::files
