#include "adapter/config/layer.h"

#include <utility>

#include <fmt/format.h>

#include "adapter/config/url.h"

namespace migrate::config {
namespace {

bool names_the_server(Setting setting) {
  switch (setting) {
    case Setting::host:
    case Setting::port:
    case Setting::socket:
    case Setting::user:
    case Setting::schema:
      return true;
    default:
      return false;
  }
}

const Sourced<std::string>* find_in(const std::map<Setting, Sourced<std::string>>& values,
                                    Setting setting) {
  const auto found = values.find(setting);
  return found == values.end() ? nullptr : &found->second;
}

// A socket on one side, host and port on the other: two ways to the server that exclude each other.
bool excluded_by(const std::map<Setting, Sourced<std::string>>& stronger, Setting setting) {
  switch (setting) {
    case Setting::socket:
      return stronger.contains(Setting::host) || stronger.contains(Setting::port);
    case Setting::host:
    case Setting::port:
      return stronger.contains(Setting::socket);
    default:
      return false;
  }
}

}  // namespace

void Layer::set(Setting setting, std::string_view text, const Origin& origin) {
  std::optional<std::string> value = canonical(setting, text);
  if (!value) {
    throw fault_at(origin, fmt::format("'{}' is not a valid {}; expected {}", text,
                                       name_of(setting), expected(setting)));
  }
  values_[setting] = {std::move(*value), origin};
}

UrlPassword Layer::set_url(std::string_view url, const Origin& origin) {
  ServerUrl parsed = parse_url(url, origin);
  const auto set_by_themselves = values_;
  for (auto& [setting, value] : parsed.parts) {
    if (excluded_by(set_by_themselves, setting)) continue;
    values_.try_emplace(setting, Sourced<std::string>{std::move(value), origin});
  }
  url_ = origin;
  if (!parsed.password) return UrlPassword::absent;
  if (!password_) {
    password_ = LayerPassword{{PasswordText{std::move(*parsed.password)}, origin},
                              PasswordScope::this_server,
                              origin.level};
  }
  return UrlPassword::present;
}

void Layer::check() const {
  const auto* const socket = find(Setting::socket);
  const auto* const host = find(Setting::host);
  if (socket == nullptr || host == nullptr || is_localhost(host->value)) return;
  throw fault_at(socket->origin,
                 fmt::format("a socket is on this machine, but {} names the host '{}'",
                             host->origin.place(), host->value),
                 "keep the socket or the host");
}

const Sourced<std::string>* Layer::find(Setting setting) const {
  return find_in(values_, setting);
}

const Sourced<std::string>* Merged::find(Setting setting) const {
  return find_in(values, setting);
}

Merged merge(std::span<const Layer> layers) {
  Merged merged;
  std::optional<Level> url_level;
  for (const Layer& layer : layers) {
    const auto stronger = merged.values;
    for (const auto& [setting, value] : layer.values()) {
      if (url_level && names_the_server(setting)) continue;
      if (excluded_by(stronger, setting)) continue;
      merged.values.try_emplace(setting, value);
    }
    const auto& password = layer.password();
    const bool for_another_server = password && password->scope == PasswordScope::this_server &&
                                    url_level && *url_level < password->server_named_at;
    if (password && !merged.password && !for_another_server) merged.password = password;
    if (layer.url() && !url_level) url_level = layer.level();
  }
  return merged;
}

bool is_localhost(std::string_view host) {
  return host == "localhost";
}

}  // namespace migrate::config
