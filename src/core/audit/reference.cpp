#include "audit/reference.h"

#include <algorithm>
#include <map>
#include <set>

#include "ascii.h"
#include "id_name.h"
#include "lint/name.h"

namespace migrate::core::audit {
namespace {

/// The tables that may be meant by a name in the singular.
std::vector<std::string> names_of_tables(const std::string& singular) {
  std::vector<std::string> names{singular, singular + "s", singular + "es"};
  if (singular.ends_with('y')) names.push_back(singular.substr(0, singular.size() - 1) + "ies");
  return names;
}

class Finder {
 public:
  explicit Finder(const schema::Schema& schema) {
    for (const schema::Table& table : schema.tables) tables_.emplace(to_lower(table.name), &table);
    for (const schema::Table& table : schema.tables) look_at(table);
  }
  std::vector<Reference> take() { return std::move(found_); }

 private:
  void look_at(const schema::Table& table) {
    std::set<std::string> declared;
    for (const schema::ForeignKey& key : table.foreign_keys) {
      declared.insert(key.columns.begin(), key.columns.end());
      if (!key.referenced_schema.empty()) continue;
      const auto parent = tables_.find(to_lower(key.referenced_table));
      if (parent == tables_.end()) continue;
      for (std::size_t i = 0; i < key.columns.size() && i < key.referenced_columns.size(); ++i)
        add(table, key.columns[i], *parent->second, key.referenced_columns[i], key.name);
    }
    for (const schema::Column& column : table.columns) {
      if (!declared.contains(column.name)) imply(table, column);
    }
  }

  void add(const schema::Table& table, const std::string& column, const schema::Table& parent,
           const std::string& referenced, const std::string& key) {
    const schema::Column* from = find(table, column);
    const schema::Column* to = find(parent, referenced);
    if (from != nullptr && to != nullptr) found_.push_back({&table, from, &parent, to, key});
  }

  static const schema::Column* find(const schema::Table& table, const std::string& name) {
    const auto found = std::ranges::find_if(table.columns, [&name](const schema::Column& column) {
      return lint::same_name(column.name, name);
    });
    return found == table.columns.end() ? nullptr : &*found;
  }

  void imply(const schema::Table& table, const schema::Column& column) {
    const std::string name = to_lower(column.name);
    if (!name.ends_with(id_suffix) || name.size() == id_suffix.size()) return;
    const std::string singular = name.substr(0, name.size() - id_suffix.size());
    for (const std::string& parent : names_of_tables(singular)) {
      const auto found = tables_.find(parent);
      if (found == tables_.end() || found->second == &table) continue;
      const schema::Index* key = found->second->primary_key();
      if (key == nullptr || key->parts.size() != 1) continue;
      const std::string& referenced = key->parts.front().column;
      if (!lint::same_name(referenced, "id") && !lint::same_name(referenced, name)) continue;
      return add(table, column.name, *found->second, referenced, {});
    }
  }

  std::map<std::string, const schema::Table*> tables_;
  std::vector<Reference> found_;
};

}  // namespace

std::vector<Reference> references(const schema::Schema& schema) {
  return Finder(schema).take();
}

std::vector<std::vector<Place>> same_ids(const schema::Schema& schema) {
  std::map<std::string, std::vector<Place>> by_name;
  for (const schema::Table& table : schema.tables) {
    for (const schema::Column& column : table.columns) {
      if (is_id_name(column.name)) by_name[to_lower(column.name)].push_back({&table, &column});
    }
  }
  std::vector<std::vector<Place>> groups;
  for (auto& [name, places] : by_name) {
    if (places.size() > 1) groups.push_back(std::move(places));
  }
  return groups;
}

bool has_index_on(const schema::Table& table, const std::vector<std::string>& columns) {
  return std::ranges::any_of(table.indexes, [&](const schema::Index& index) {
    if (index.kind == schema::IndexKind::fulltext || index.kind == schema::IndexKind::spatial)
      return false;
    if (index.parts.size() < columns.size()) return false;
    const auto served = [&](std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) {
        const schema::IndexPart& part = index.parts[i];
        const bool one = std::ranges::any_of(columns, [&part](const std::string& column) {
          return part.prefix == 0 && lint::same_name(part.column, column);
        });
        if (!one) return false;
      }
      return true;
    };
    return served(columns.size());
  });
}

}  // namespace migrate::core::audit
