#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace migrate::core {

/// A prepared statement and where its text comes from; neither text nor variable: from an
/// expression (MariaDB), which only the server can evaluate.
struct Prepared {
  std::string name;                     ///< as everything without case here, in lower case (ASCII)
  std::optional<std::string> text;      ///< the literal's value
  std::optional<std::string> variable;  ///< without its @, in lower case

  friend bool operator==(const Prepared&, const Prepared&) = default;
};

// Statements are read with the default sql_mode: in a literal, a backslash escapes.

/// Of PREPARE name FROM …; nothing for another statement
/// (https://dev.mysql.com/doc/refman/8.4/en/prepare.html).
std::optional<Prepared> prepared_by(std::string_view statement);

/// Of DEALLOCATE PREPARE name or DROP PREPARE name, in lower case; nothing for another statement.
std::optional<std::string> deallocated_by(std::string_view statement);

/// Of EXECUTE name [USING …], in lower case; nothing for another statement.
std::optional<std::string> executed_name(std::string_view statement);

/// Of EXECUTE IMMEDIATE … [USING …], with an empty name; nothing for another statement
/// (https://mariadb.com/kb/en/execute-immediate/).
std::optional<Prepared> executed_immediately(std::string_view statement);

}  // namespace migrate::core
