#include <algorithm>
#include <utility>

#include "view.h"

namespace migrate::core::lint {
namespace {

KnownColumn known(const ColumnDefinition& column) {
  return {column.name, column.type, !column.is_not_null && !column.is_primary,
          column.is_auto_increment, column.says_null};
}

auto at(std::vector<KnownColumn>& columns, const std::string& name) {
  return std::ranges::find_if(columns,
                              [&](const KnownColumn& c) { return same_name(c.name, name); });
}

/// Does to a known table what the clauses say, one after the other.
class Alteration {
 public:
  explicit Alteration(KnownTable& table) : table_(table) {}

  void operator()(const OtherClause&) {}
  void operator()(const AddForeignKey& key) {
    // InnoDB adds one where none begins with these columns.
    const bool served = std::ranges::any_of(table_.indexes, [&](const KnownIndex& index) {
      return index.columns.size() >= key.columns.size() &&
             std::equal(key.columns.begin(), key.columns.end(), index.columns.begin(), same_name);
    });
    if (!served) table_.indexes.push_back({key.name, key.columns, false});
  }
  void operator()(const AddCheck&) {}
  void operator()(const DropForeignKey&) {}
  void operator()(const RenameTable&) {}
  void operator()(const ChangePartitions&) {}
  void operator()(const LosePartition&) {}
  void operator()(const AddColumn& added) {
    if (at(table_.columns, added.column.name) == table_.columns.end())
      table_.columns.push_back(known(added.column));
  }
  void operator()(const ChangeColumn& changed) {
    const auto column = at(table_.columns, changed.old_name);
    if (column != table_.columns.end()) *column = known(changed.column);
    rename_in_indexes(changed.old_name, changed.column.name);
  }
  void operator()(const DropColumn& dropped) {
    std::erase_if(table_.columns,
                  [&](const KnownColumn& c) { return same_name(c.name, dropped.name); });
    for (KnownIndex& index : table_.indexes) {
      std::erase_if(index.columns,
                    [&](const std::string& name) { return same_name(name, dropped.name); });
    }
    std::erase_if(table_.indexes, [](const KnownIndex& index) { return index.columns.empty(); });
  }
  void operator()(const RenameColumn& renamed) {
    const auto column = at(table_.columns, renamed.from);
    if (column != table_.columns.end()) column->name = renamed.to;
    rename_in_indexes(renamed.from, renamed.to);
  }
  void operator()(const AddIndex& added) {
    table_.indexes.push_back(added.index);
    if (added.index.name != "PRIMARY") return;
    for (const std::string& name : added.index.columns) {
      const auto column = at(table_.columns, name);
      if (column != table_.columns.end()) column->is_nullable = false;
    }
  }
  void operator()(const DropIndex& dropped) {
    std::erase_if(table_.indexes,
                  [&](const KnownIndex& index) { return same_name(index.name, dropped.name); });
  }
  void operator()(const RenameIndex& renamed) {
    for (KnownIndex& index : table_.indexes) {
      if (same_name(index.name, renamed.from)) index.name = renamed.to;
    }
  }
  void operator()(const ConvertCharset& convert) {
    table_.charset = convert.charset;
    table_.collation = convert.collation;
    for (KnownColumn& column : table_.columns) {
      column.type.charset.clear();
      column.type.collation.clear();
    }
  }
  void operator()(const Option& option) {
    if (option.name == "CHARSET") {
      // Columns keep what they had by the old default.
      keep_charset();
      table_.charset = option.value;
      table_.collation.clear();
    } else if (option.name == "COLLATE") {
      table_.collation = option.value;
    }
  }

 private:
  void keep_charset() {
    for (KnownColumn& column : table_.columns) {
      if (column.type.charset.empty()) column.type.charset = table_.charset;
    }
  }
  void rename_in_indexes(const std::string& from, const std::string& to) {
    for (KnownIndex& index : table_.indexes) {
      for (std::string& name : index.columns) {
        if (same_name(name, from)) name = to;
      }
    }
  }

  KnownTable& table_;
};

void create(const TableStatement& statement, Tables& tables) {
  const std::string name = statement.name();
  if (statement.is_temporary || (statement.is_lenient && tables.find(name) != nullptr)) return;
  if (statement.source == TableStatement::Source::select) return tables.forget(name);
  KnownTable table;
  if (statement.source == TableStatement::Source::like) {
    const KnownTable* model = tables.find(full_name(statement.model));
    if (model == nullptr) return tables.forget(name);
    table = *model;
    table.rows.reset();
  }
  Alteration alteration(table);
  for (const Clause& clause : statement.clauses) std::visit(alteration, clause.what);
  tables.put(name, std::move(table));
}

}  // namespace

void declare(Tables& tables, std::string_view create_table, std::optional<std::uint64_t> rows) {
  const auto statement = read_table_statement(create_table);
  if (!statement || !statement->creates()) return;
  create(*statement, tables);
  const KnownTable* created = tables.find(statement->name());
  if (created == nullptr) return;
  KnownTable table = *created;
  table.rows = rows;
  tables.put(statement->name(), std::move(table));
}

void apply(const TableStatement& statement, Tables& tables) {
  if (statement.creates()) return create(statement, tables);
  const std::string name = statement.name();
  const KnownTable* known_table = tables.find(name);
  if (known_table == nullptr) return;
  KnownTable table = *known_table;
  Alteration alteration(table);
  // A column that a MODIFY names takes the new default, in whatever order they are written.
  for (const Clause& clause : statement.clauses) {
    if (std::holds_alternative<Option>(clause.what)) std::visit(alteration, clause.what);
  }
  for (const Clause& clause : statement.clauses) {
    if (!std::holds_alternative<Option>(clause.what)) std::visit(alteration, clause.what);
  }
  tables.put(name, std::move(table));
}

void apply(const SchemaChange& change, Tables& tables) {
  for (std::size_t i = 0; i < change.objects.size(); ++i) {
    const auto& [object, what] = change.objects[i];
    if (object.kind != ObjectKind::table) continue;
    const std::string name = full_name(object);
    if (what == Change::dropped) tables.forget(name);
    if (what != Change::renamed_away || i + 1 == change.objects.size()) continue;
    const KnownTable* table = tables.find(name);
    const std::string to = full_name(change.objects[i + 1].object);
    if (table == nullptr) {
      tables.forget(to);
    } else {
      tables.put(to, *table);
    }
    tables.forget(name);
  }
}

}  // namespace migrate::core::lint
