#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"

namespace migrate::mysql {

/// port::Schema::fingerprints(): SHA-256 of what SHOW CREATE shows, first 32 hex digits.
/// https://dev.mysql.com/doc/refman/8.4/en/show.html
class Fingerprints {
 public:
  /// Names without schema are in `schema`. `connection` must outlive it.
  Fingerprints(Connection& connection, std::string schema);

  std::vector<std::optional<std::string>> of(const std::vector<core::ObjectName>& objects);

 private:
  std::string qualified(const core::ObjectName& object) const;
  std::string show_create(const core::ObjectName& object) const;
  std::optional<std::string> one(const core::ObjectName& object);
  std::optional<std::string> of_account(const core::ObjectName& account);
  std::vector<bool> exist(const std::vector<core::ObjectName>& objects);

  Connection& connection_;
  std::string schema_;
};

}  // namespace migrate::mysql
