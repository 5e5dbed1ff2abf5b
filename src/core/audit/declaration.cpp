#include "audit/declaration.h"

#include <algorithm>

namespace migrate::core::audit {
namespace {

/// Empty: neither is named. A character set alone means the server's default for it.
std::string named_collation(const std::string& charset, const std::string& collation,
                            const schema::DefaultCollations& defaults) {
  if (!collation.empty() || charset.empty()) return collation;
  const auto found = defaults.find(charset == "utf8" ? "utf8mb3" : charset);
  return found == defaults.end() ? std::string() : found->second;
}

}  // namespace

const Declaration* declaration_of(const Facts& facts, std::string_view object) {
  const auto found = facts.declared.find(std::string(object.substr(0, object.find('.'))));
  return found == facts.declared.end() ? nullptr : &found->second;
}

bool is_declared_otherwise(const Facts& facts, const Canon& canon, std::string_view object) {
  const Declaration* declaration = declaration_of(facts, object);
  if (declaration == nullptr) return false;
  const lint::KnownTable& table = declaration->table;
  std::string collation = named_collation(table.charset, table.collation, facts.default_collations);
  const std::size_t dot = object.find('.');
  const lint::KnownColumn* column =
      dot == std::string_view::npos ? nullptr : table.column(object.substr(dot + 1));
  if (column != nullptr) {
    const std::string own =
        named_collation(column->type.charset, column->type.collation, facts.default_collations);
    if (!own.empty()) collation = own;
  }
  return !collation.empty() && collation != canon.collation;
}

bool is_declared_nullable(const Facts& facts, std::string_view key) {
  const Declaration* declaration = declaration_of(facts, key);
  if (declaration == nullptr) return false;
  const schema::Table* table = facts.schema.find_table(std::string(key.substr(0, key.find('.'))));
  if (table == nullptr) return false;
  const auto index =
      std::ranges::find(table->indexes, key.substr(key.find('.') + 1),
                        [](const schema::Index& one) -> std::string_view { return one.name; });
  if (index == table->indexes.end()) return false;
  return std::ranges::all_of(index->parts, [&](const schema::IndexPart& part) {
    const schema::Column* column = table->find_column(part.column);
    if (column == nullptr || !column->nullable) return true;
    const lint::KnownColumn* declared = declaration->table.column(part.column);
    return declared != nullptr && declared->says_null;
  });
}

}  // namespace migrate::core::audit
