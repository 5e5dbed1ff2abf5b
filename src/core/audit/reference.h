#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/schema/schema.h"

namespace migrate::core::audit {

/// One column that holds values of another. Points into the schema.
struct Reference {
  const schema::Table* table = nullptr;
  const schema::Column* column = nullptr;
  const schema::Table* parent = nullptr;
  const schema::Column* referenced = nullptr;
  std::string key;  ///< the foreign key; empty: its name alone says so

  bool is_declared() const { return !key.empty(); }
};

/// Those of foreign keys within the schema, and those that names imply: `customer_id` is the
/// primary key, of one column, of `customer` or `customers` (`category_id`, `categories`), where no
/// foreign key says what else it is.
std::vector<Reference> references(const schema::Schema& schema);

/// A column as one of its table.
struct Place {
  const schema::Table* table = nullptr;
  const schema::Column* column = nullptr;
};

/// Columns of one name that is an id's, `id` or `…_id` in any case of letters, in two tables or
/// more.
std::vector<std::vector<Place>> same_ids(const schema::Schema& schema);

/// Whether an index of the table begins with these columns, whole and in any order.
bool has_index_on(const schema::Table& table, const std::vector<std::string>& columns);

}  // namespace migrate::core::audit
