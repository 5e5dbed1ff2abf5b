#include "core/row_hash.h"

#include <iterator>

#include <fmt/format.h>

namespace migrate::core {
namespace {

/// https://prng.di.unimi.it/splitmix64.c
std::uint64_t scrambled(std::uint64_t number) {
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9U;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebU;
  return number ^ (number >> 31U);
}

/// FNV-1a.
std::uint64_t hash_from(std::uint64_t start, std::string_view bytes) {
  std::uint64_t hash = start;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return scrambled(hash);
}

}  // namespace

BagHash::Hash BagHash::of(std::string_view bytes) {
  return {hash_from(0xcbf29ce484222325U, bytes), hash_from(0x84222325cbf29ce4U, bytes)};
}

void BagHash::add(const Hash& hash) {
  sum_[0] += hash[0];
  sum_[1] += hash[1];
}

std::string BagHash::hex() const {
  return fmt::format("{:016x}{:016x}", sum_[0], sum_[1]);
}

void append_value(std::string& row, const std::optional<std::string_view>& value) {
  if (value) {
    fmt::format_to(std::back_inserter(row), "{}:", value->size());
    row += *value;
  } else {
    row += '-';
  }
}

}  // namespace migrate::core
