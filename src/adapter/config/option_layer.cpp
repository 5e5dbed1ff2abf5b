#include "adapter/config/option_layer.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace migrate::config {
namespace {

constexpr std::array<std::pair<std::string_view, Setting>, 10> options{
    {{"host", Setting::host},
     {"port", Setting::port},
     {"socket", Setting::socket},
     {"user", Setting::user},
     {"database", Setting::schema},
     {"ssl-mode", Setting::tls_mode},
     {"ssl-ca", Setting::tls_ca},
     {"ssl-cert", Setting::tls_cert},
     {"ssl-key", Setting::tls_key},
     {"connect-timeout", Setting::connect_timeout}}};

PasswordSource password_of(const FileOption& option) {
  if (!option.value) return PasswordPrompt{};
  if (option.value->empty()) return NoPassword{};
  return PasswordText{*option.value};
}

}  // namespace

Layer option_layer(const OptionFile& file, std::span<const std::string_view> groups,
                   Level named_at) {
  const FileOption* chosen_host = nullptr;
  const FileOption* chosen_socket = nullptr;
  Layer layer(Level::option_file);
  for (const FileOption& option : file.options) {
    if (std::ranges::find(groups, option.group) == groups.end()) continue;
    if (option.name == "password") {
      layer.set_password(
          {{password_of(option), option.origin}, PasswordScope::this_server, named_at});
      continue;
    }
    const auto* const known =
        std::ranges::find_if(options, [&](const auto& o) { return o.first == option.name; });
    if (known == options.end()) continue;
    if (!option.value || option.value->empty()) {
      throw fault_at(option.origin, fmt::format("'{}' needs a value", option.name));
    }
    if (known->second == Setting::host) chosen_host = &option;
    if (known->second == Setting::socket) {
      chosen_socket = &option;
    } else if (known->second != Setting::port || option.value != "0") {
      layer.set(known->second, *option.value, option.origin);
    }
  }
  if (chosen_socket != nullptr && (chosen_host == nullptr || is_localhost(*chosen_host->value))) {
    layer.set(Setting::socket, *chosen_socket->value, chosen_socket->origin);
  }
  return layer;
}

}  // namespace migrate::config
