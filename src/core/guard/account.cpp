#include "core/guard/account.h"

#include <fmt/format.h>

namespace migrate::core::guard {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') result += c;
    result += c;
  }
  return result + '\'';
}

}  // namespace

Account account_of(std::string_view text, std::string_view any_host) {
  std::string plain;
  for (const char c : text) {
    if (c != '\'' && c != '`' && c != '"') plain += c;
  }
  const std::size_t at = plain.rfind('@');  // a user's name may hold one
  if (at == std::string::npos) return {plain, std::string(any_host)};
  return {plain.substr(0, at), plain.substr(at + 1)};
}

std::string shown(const Account& account) {
  return fmt::format("{}@{}", quoted(account.user), quoted(account.host));
}

}  // namespace migrate::core::guard
