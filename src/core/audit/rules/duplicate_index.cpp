#include <fmt/format.h>

#include "audit/rules.h"
#include "lint/rules.h"

namespace migrate::core::audit {
namespace {

/// A part of a column, or one that runs downwards, serves other queries than all of it.
std::string shown_part(const schema::IndexPart& part) {
  std::string text = part.column.empty() ? part.expression : part.column;
  if (part.prefix > 0) text += fmt::format("({})", part.prefix);
  return part.descending ? text + " DESC" : text;
}

/// With the indexes that a query may choose between.
lint::KnownTable known_table(const schema::Table& table) {
  lint::KnownTable known;
  for (const schema::Index& index : table.indexes) {
    const bool ordered =
        index.kind == schema::IndexKind::btree || index.kind == schema::IndexKind::hash;
    if (!ordered || !index.visible) continue;
    lint::KnownIndex& one =
        known.indexes.emplace_back(lint::KnownIndex{.name = index.name, .is_unique = index.unique});
    for (const schema::IndexPart& part : index.parts) one.columns.push_back(shown_part(part));
  }
  return known;
}

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    const lint::KnownTable known = known_table(table);
    for (const lint::KnownIndex& index : known.indexes) {
      const lint::KnownIndex* other = lint::better_index(index, known);
      if (other == nullptr) continue;
      remarks.push_back({ObjectKind::index, table.name + "." + index.name,
                         fmt::format("index {} of {} adds nothing to {}", lint::shown(index),
                                     table.name, lint::shown(*other)),
                         "drop it"});
    }
  }
  return remarks;
}

}  // namespace

Rule duplicate_index() {
  return {"duplicate-index", Severity::warning, lint::duplicate_index().reason, check};
}

}  // namespace migrate::core::audit
