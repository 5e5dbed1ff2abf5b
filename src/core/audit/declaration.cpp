#include "audit/declaration.h"

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

}  // namespace migrate::core::audit
