#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/object_name.h"

namespace migrate::core::lint {

struct FunctionCall {
  std::string name;  ///< upper case
  std::size_t offset = 0;
};

/// A statement that writes rows, as far as rules ask.
struct DataStatement {
  enum class Verb { insert, replace, update, remove, load, other };

  Verb verb = Verb::other;
  ObjectName target;                ///< of several tables the first; empty name: not found
  bool selects = false;             ///< INSERT or REPLACE from rows of other tables
  bool names_columns = false;       ///< INSERT INTO t (a, b), or INSERT INTO t SET
  bool ignores = false;             ///< IGNORE: what would be an error is bent or left out
  bool is_qualified = false;        ///< a WHERE that is not always true, a join or a LIMIT
  std::optional<std::size_t> star;  ///< SELECT *
  std::optional<std::size_t> unordered_limit;  ///< LIMIT without ORDER BY in front of it
  std::optional<std::size_t> on_duplicate;     ///< ON DUPLICATE KEY UPDATE
  std::vector<FunctionCall> calls;             ///< also those that need no parentheses

  bool writes() const { return verb != Verb::other; }
};

/// Reads any statement; what is no INSERT, REPLACE, UPDATE, DELETE or LOAD DATA is Verb::other.
/// Only what is used of a SELECT is read then: star, unordered_limit and calls.
DataStatement read_data_statement(std::string_view statement);

}  // namespace migrate::core::lint
