#include "core/blocker.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::core {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// LIKE of host names: without escapes, in upper or lower case.
bool is_like(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '%') {
    for (std::size_t skipped = 0; skipped <= text.size(); ++skipped) {
      if (is_like(text.substr(skipped), pattern.substr(1))) return true;
    }
    return false;
  }
  if (text.empty()) return false;
  const bool fits = pattern.front() == '_' || lower(pattern.front()) == lower(text.front());
  return fits && is_like(text.substr(1), pattern.substr(1));
}

/// Rather one too many.
bool may_hold_password(std::string_view statement) {
  std::string text(statement);
  std::ranges::transform(text, text.begin(), lower);
  return text.find("identified") != std::string::npos || text.find("password") != std::string::npos;
}

}  // namespace

std::string words_of(const Blocker& blocker) {
  constexpr std::size_t longest = 120;
  std::string words = fmt::format("connection {}", blocker.connection_id);
  if (!blocker.user.empty()) words += fmt::format(" ({}@{})", blocker.user, blocker.host);
  words += fmt::format(", for {} s", blocker.age_s);
  if (blocker.idle) words += ", idle in a transaction";
  if (blocker.statement.empty()) return words;
  if (may_hold_password(blocker.statement)) return words + ", a statement that may hold a password";
  const bool whole = blocker.statement.size() <= longest;
  return words + fmt::format(", {}: {}{}", blocker.idle ? "last" : "running",
                             blocker.statement.substr(0, longest), whole ? "" : "…");
}

std::string held_by(const Blocker& blocker) {
  if (blocker.certainty == Blocker::Certainty::perhaps) return "an open transaction";
  return blocker.lock.empty() ? "a metadata lock"
                              : fmt::format("a metadata lock ({})", blocker.lock);
}

bool is_account(const Blocker& blocker, std::string_view pattern) {
  const std::size_t at = pattern.rfind('@');
  if (at == std::string_view::npos || blocker.user.empty()) return false;
  return blocker.user == pattern.substr(0, at) && is_like(blocker.host, pattern.substr(at + 1));
}

bool may_be_ended(const Blocker& blocker, const std::vector<std::string>& accounts) {
  if (blocker.certainty != Blocker::Certainty::certain) return false;
  if (blocker.kind != Blocker::Kind::client) return false;
  return std::ranges::any_of(
      accounts, [&](const std::string& account) { return is_account(blocker, account); });
}

}  // namespace migrate::core
