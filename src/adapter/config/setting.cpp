#include "adapter/config/setting.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 5> tls_modes{"disabled", "preferred", "required",
                                                    "verify_ca", "verify_identity"};
constexpr std::int64_t most_retries = 1000;
constexpr std::int64_t seconds_in_a_year = 365LL * 24 * 60 * 60;

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t least,
                                         std::int64_t most) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end || number < least || number > most) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::string> number_as_text(std::optional<std::int64_t> number) {
  if (!number) return std::nullopt;
  return std::to_string(*number);
}

std::optional<std::string> canonical_tls_mode(std::string_view text) {
  std::string mode(text);
  std::ranges::transform(mode, mode.begin(), [](char c) {
    if (c == '-') return '_';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (std::ranges::find(tls_modes, mode) == tls_modes.end()) return std::nullopt;
  return mode;
}

}  // namespace

std::string_view name_of(Setting setting) {
  switch (setting) {
    case Setting::host:
      return "host";
    case Setting::port:
      return "port";
    case Setting::socket:
      return "socket";
    case Setting::user:
      return "user";
    case Setting::schema:
      return "schema";
    case Setting::tls_mode:
      return "tls.mode";
    case Setting::tls_ca:
      return "tls.ca";
    case Setting::tls_cert:
      return "tls.cert";
    case Setting::tls_key:
      return "tls.key";
    case Setting::connect_timeout:
      return "connect_timeout";
    case Setting::lock_timeout:
      return "lock_timeout";
    case Setting::orphan_timeout:
      return "orphan_timeout";
    case Setting::reconnect_timeout:
      return "reconnect_timeout";
    case Setting::lock_retries:
      return "lock_retries";
    case Setting::kill_blockers_after:
      return "kill_blockers_after";
    case Setting::defaults_file:
      return "defaults_file";
    case Setting::login_path:
      return "login_path";
    case Setting::is_protected:
      return "protected";
    case Setting::sandbox:
      return "sandbox";
    case Setting::server_bin:
      return "server_bin";
    case Setting::migrations:
      return "migrations";
    case Setting::ddl:
      return "ddl";
    case Setting::state_dir:
      return "state_dir";
  }
  return {};
}

bool is_path(Setting setting) {
  switch (setting) {
    case Setting::socket:
    case Setting::tls_ca:
    case Setting::tls_cert:
    case Setting::tls_key:
    case Setting::defaults_file:
    case Setting::server_bin:
    case Setting::migrations:
    case Setting::ddl:
    case Setting::state_dir:
      return true;
    default:
      return false;
  }
}

std::string_view expected(Setting setting) {
  switch (setting) {
    case Setting::port:
      return "a number from 1 to 65535";
    case Setting::tls_mode:
      return "one of disabled, preferred, required, verify_ca, verify_identity";
    case Setting::connect_timeout:
      return "whole seconds, from 1 to 31536000";
    case Setting::lock_timeout:
    case Setting::orphan_timeout:
    case Setting::reconnect_timeout:
    case Setting::kill_blockers_after:
      return "whole seconds, from 0 to 31536000";
    case Setting::lock_retries:
      return "a number from 0 to 1000";
    case Setting::is_protected:
    case Setting::sandbox:
      return "true or false";
    default:
      return "a value that is not empty";
  }
}

std::optional<std::string> canonical(Setting setting, std::string_view text) {
  switch (setting) {
    case Setting::port:
      return number_as_text(whole_number(text, 1, 65535));
    case Setting::tls_mode:
      return canonical_tls_mode(text);
    case Setting::connect_timeout:
      return number_as_text(whole_number(text, 1, seconds_in_a_year));
    case Setting::lock_timeout:
    case Setting::orphan_timeout:
    case Setting::reconnect_timeout:
    case Setting::kill_blockers_after:
      return number_as_text(whole_number(text, 0, seconds_in_a_year));
    case Setting::lock_retries:
      return number_as_text(whole_number(text, 0, most_retries));
    case Setting::is_protected:
    case Setting::sandbox:
      if (text != "true" && text != "false") return std::nullopt;
      return std::string(text);
    default:
      // A NUL would silently end the value in the client library.
      if (text.empty() || text.find('\0') != std::string_view::npos) return std::nullopt;
      return std::string(text);
  }
}

std::uint16_t port_of(std::string_view text) {
  return static_cast<std::uint16_t>(whole_number(text, 1, 65535).value());
}

core::TlsMode tls_mode_of(std::string_view text) {
  const auto* const found = std::ranges::find(tls_modes, text);
  return static_cast<core::TlsMode>(found - tls_modes.begin());
}

std::chrono::seconds seconds_of(std::string_view text) {
  return std::chrono::seconds(whole_number(text, 0, seconds_in_a_year).value());
}

std::uint64_t retries_of(std::string_view text) {
  return static_cast<std::uint64_t>(whole_number(text, 0, most_retries).value());
}

}  // namespace migrate::config
