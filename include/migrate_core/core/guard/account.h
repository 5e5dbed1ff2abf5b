#pragma once

#include <string>
#include <string_view>

namespace migrate::core::guard {

/// As the server tells two of them apart.
struct Account {
  std::string user;
  std::string host;

  friend auto operator<=>(const Account&, const Account&) = default;  // NOLINT: clang's 0
};

/// Of "'db_admin'@'10.%'", quotes or not. `any_host`: what one without a host has.
Account account_of(std::string_view text, std::string_view any_host = "%");

/// With the quotes that GRANT and CREATE USER take.
std::string shown(const Account& account);

}  // namespace migrate::core::guard
