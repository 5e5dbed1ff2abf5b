#include "adapter/config/url.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/suggestion.h"

namespace migrate::config {
namespace {

constexpr std::string_view scheme = "mysql://";
constexpr std::string_view shape = "the form is mysql://user@host:port/schema?ssl-mode=required";

struct Parameter {
  std::string_view name;
  Setting setting;
};
constexpr std::array<Parameter, 6> parameters{{{"socket", Setting::socket},
                                               {"ssl-mode", Setting::tls_mode},
                                               {"ssl-ca", Setting::tls_ca},
                                               {"ssl-cert", Setting::tls_cert},
                                               {"ssl-key", Setting::tls_key},
                                               {"connect-timeout", Setting::connect_timeout}}};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class UrlReader {
 public:
  explicit UrlReader(const Origin& origin) : origin_(origin) {}

  ServerUrl read(std::string_view url) {
    if (!url.starts_with(scheme)) throw fault("the URL does not begin with mysql://");
    url.remove_prefix(scheme.size());
    if (url.find('#') != std::string_view::npos) {
      throw fault("the URL holds a '#'; write it as %23");
    }
    const std::size_t authority_end = url.find_first_of("/?");
    if (authority_end != std::string_view::npos &&
        url.find('@', authority_end) != std::string_view::npos) {
      // Read on, such a URL would be taken apart in the middle of the password.
      throw fault(
          "the URL holds an '@' behind a '/' or '?'; in user, password and values write "
          "'/' as %2F, '?' as %3F and '@' as %40");
    }
    read_authority(url.substr(0, authority_end));
    if (authority_end == std::string_view::npos) return std::move(result_);
    url.remove_prefix(authority_end);
    const std::size_t query = url.find('?');
    if (url.front() == '/')
      read_schema(url.substr(1, query == std::string_view::npos ? query : query - 1));
    if (query != std::string_view::npos) read_query(url.substr(query + 1));
    return std::move(result_);
  }

 private:
  core::Fault fault(const std::string& message) const {
    return fault_at(origin_, message, std::string(shape));
  }

  std::string decode(std::string_view text, std::string_view what) const {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '%') {
        decoded.push_back(text[i]);
        continue;
      }
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      const int byte = high < 0 || low < 0 ? 0 : high * 16 + low;
      if (byte == 0) {
        throw fault(
            fmt::format("a '%' in the URL's {} is not followed by two hexadecimal digits "
                        "of a byte other than 00; write '%' itself as %25",
                        what));
      }
      decoded.push_back(static_cast<char>(byte));
      i += 2;
    }
    return decoded;
  }

  void set(Setting setting, std::string_view text) {
    const std::optional<std::string> value = canonical(setting, text);
    if (!value) {
      throw fault(fmt::format("the URL's {} is not {}", name_of(setting), expected(setting)));
    }
    result_.parts[setting] = *value;
  }

  void read_authority(std::string_view authority) {
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
      read_user(authority.substr(0, at));
      authority.remove_prefix(at + 1);
    }
    if (authority.starts_with('[')) {
      read_ipv6(authority);
      return;
    }
    const std::size_t colon = authority.find(':');
    if (colon != std::string_view::npos &&
        authority.find(':', colon + 1) != std::string_view::npos) {
      throw fault("the URL's host holds more than one ':'; an IPv6 address stands in brackets");
    }
    const std::string_view host = authority.substr(0, colon);
    if (!host.empty()) set(Setting::host, decode(host, "host"));
    if (colon == std::string_view::npos) return;
    if (host.empty()) throw fault("the URL has a port but no host");
    set(Setting::port, authority.substr(colon + 1));
  }

  void read_user(std::string_view user_and_password) {
    const std::size_t colon = user_and_password.find(':');
    const std::string_view user = user_and_password.substr(0, colon);
    if (user.empty()) throw fault("the URL has an '@' but no user in front of it");
    set(Setting::user, decode(user, "user"));
    if (colon != std::string_view::npos && colon + 1 < user_and_password.size()) {
      result_.password = decode(user_and_password.substr(colon + 1), "password");
    }
  }

  void read_ipv6(std::string_view authority) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) throw fault("the URL's '[' has no ']'");
    const std::string address = decode(authority.substr(1, end - 1), "host");
    const std::string_view digits = std::string_view(address).substr(0, address.find('%'));
    if (digits.find(':') == std::string_view::npos ||
        digits.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) {
      throw fault("the URL has no IPv6 address between '[' and ']'");
    }
    set(Setting::host, address);
    authority.remove_prefix(end + 1);
    if (authority.empty()) return;
    if (authority.front() != ':') throw fault("the URL has neither ':' nor '/' behind ']'");
    set(Setting::port, authority.substr(1));
  }

  void read_schema(std::string_view path) {
    if (path.empty()) return;
    if (path.find('/') != std::string_view::npos) {
      throw fault("the URL's schema holds a '/'; write it as %2F");
    }
    set(Setting::schema, decode(path, "schema"));
  }

  void read_query(std::string_view query) {
    while (!query.empty()) {
      const std::size_t end = query.find('&');
      read_parameter(query.substr(0, end));
      query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    }
  }

  void read_parameter(std::string_view text) {
    const std::size_t equals = text.find('=');
    std::string name(text.substr(0, equals));
    std::ranges::replace(name, '_', '-');
    const auto* const known =
        std::ranges::find_if(parameters, [&](const Parameter& p) { return p.name == name; });
    if (known == parameters.end()) throw unknown_parameter(name);
    if (equals == std::string_view::npos)
      throw fault(fmt::format("the URL's {} has no value", name));
    if (result_.parts.contains(known->setting)) {
      throw fault(fmt::format("the URL has {} twice", known->name));
    }
    set(known->setting, decode(text.substr(equals + 1), known->name));
  }

  core::Fault unknown_parameter(const std::string& name) const {
    std::array<std::string_view, parameters.size()> names{};
    std::ranges::transform(parameters, names.begin(), [](const Parameter& p) { return p.name; });
    const std::string suggestion = core::nearest(name, names);
    return fault(
        suggestion.empty()
            ? fmt::format("the URL has an unknown parameter; known: {}", fmt::join(names, ", "))
            : fmt::format("the URL has an unknown parameter; did you mean '{}'?", suggestion));
  }

  const Origin& origin_;
  ServerUrl result_;
};

}  // namespace

ServerUrl parse_url(std::string_view url, const Origin& origin) {
  return UrlReader(origin).read(url);
}

}  // namespace migrate::config
