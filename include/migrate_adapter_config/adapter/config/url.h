#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "adapter/config/origin.h"
#include "adapter/config/setting.h"

namespace migrate::config {

/// What a URL says; what it does not say is absent.
struct ServerUrl {
  std::map<Setting, std::string> parts;  ///< canonical values
  std::optional<std::string> password;
};

/// Reads `mysql://[user[:password]@][host[:port]][/schema][?parameter=value&…]`. User, password,
/// host, schema and the values are percent-decoded; an IPv6 address stands in brackets. Parameters:
/// socket, ssl-mode, ssl-ca, ssl-cert, ssl-key, connect-timeout, with `-` or `_`. Throws
/// fault_at(origin) on anything else. No message repeats any of the URL's text: whatever is
/// mistyped could be a piece of the password.
ServerUrl parse_url(std::string_view url, const Origin& origin);

}  // namespace migrate::config
