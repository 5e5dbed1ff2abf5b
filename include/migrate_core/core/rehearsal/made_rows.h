#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/schema/schema.h"

/// Rows that are made up: they fit the types, keys, foreign keys and checks of a table, and are the
/// same each time. No real value is ever in them.
namespace migrate::core::rehearsal {

struct Value {
  enum class Kind {
    null,
    plain,  ///< as it stands: a number, an expression
    text,   ///< UTF-8
    bytes,
  };
  Kind kind = Kind::null;
  std::string text;

  friend bool operator==(const Value&, const Value&) = default;
};

using Values = std::vector<Value>;

/// What the values of a column are like, without any of them: bounds are rounded outwards.
struct ColumnProfile {
  double null_share = 0;
  std::uint64_t distinct = 0;             ///< among the rows that were looked at
  std::optional<std::uint64_t> shortest;  ///< of text and bytes
  std::optional<std::uint64_t> longest;
  std::optional<double> least;  ///< of numbers; of dates, the year
  std::optional<double> greatest;
};

struct TableProfile {
  std::uint64_t rows = 0;       ///< to be made
  std::uint64_t looked_at = 0;  ///< real rows that the columns' numbers are of
  std::map<std::string, ColumnProfile> columns;
};

/// Outwards to a power of ten (0 stays), so that it tells the size and not the value.
double rounded_down(double value);
double rounded_up(double value);

/// Of the rows of other tables that foreign keys refer to: by the key's name, the values of its
/// columns.
using ParentRows = std::map<std::string, std::vector<Values>>;

struct MadeRows {
  std::vector<std::string> columns;
  std::vector<Values> rows;
  std::string impossible;  ///< why there are none; else empty
};

/// Rows `first` to first + count - 1. Left out are generated columns and those of system
/// versioning. Ids are above those that steps give their own rows. Values of unique keys do not
/// repeat where their type has room. Without a profile columns that may repeat do, columns that may
/// be NULL sometimes are, and long, empty and non-ASCII texts are among them: what a NOT NULL, a
/// UNIQUE or a narrower type would stumble over.
MadeRows make_rows(const schema::Table& table, std::uint64_t first, std::uint64_t count,
                   const ParentRows& parents, const TableProfile* profile = nullptr);

}  // namespace migrate::core::rehearsal
