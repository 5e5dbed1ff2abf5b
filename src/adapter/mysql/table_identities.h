#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"

namespace migrate::mysql {

/// port::Schema::identities(): the numbers that InnoDB knows tables by.
/// https://dev.mysql.com/doc/refman/8.4/en/information-schema-innodb-tables-table.html
/// https://mariadb.com/kb/en/information-schema-innodb_sys_tables-table/
class TableIdentities {
 public:
  /// Names without schema are in `schema`. `connection` must outlive it.
  TableIdentities(Connection& connection, std::string schema)
      : connection_(connection), schema_(std::move(schema)) {}

  std::vector<std::optional<std::string>> of(const std::vector<core::ObjectName>& tables);

 private:
  Connection& connection_;
  std::string schema_;
};

}  // namespace migrate::mysql
