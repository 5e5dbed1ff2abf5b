#include "program_words.h"

#include <string_view>

#include <fmt/format.h>

namespace migrate::wiring {
namespace {

/// As a shell takes it for one word.
std::string shell_word(const std::string& text) {
  constexpr std::string_view harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  if (!text.empty() && text.find_first_not_of(harmless) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string program_words(const cli::GlobalOptions& global) {
  std::string words = "migrate";
  for (const char* name : {"config", "env", "url", "socket", "host", "port", "user", "schema",
                           "defaults-file", "login-path", "password-file", "tls-mode", "tls-ca",
                           "tls-cert", "tls-key", "migrations", "ddl", "server-bin", "state-dir"}) {
    const auto given = global.settings.find(name);
    if (given != global.settings.end())
      words += fmt::format(" --{} {}", name, shell_word(given->second));
  }
  if (global.settings.contains("ask-password")) words += " --ask-password";
  return words;
}

}  // namespace migrate::wiring
