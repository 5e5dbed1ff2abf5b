#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/directives.h"
#include "core/lint/tables.h"
#include "core/schema_change.h"
#include "core/statement.h"
#include "core/step.h"
#include "data_statement.h"
#include "name.h"
#include "table_statement.h"

// What rules look at. Everything is read once, for all of them.
namespace migrate::core::lint {

/// Where a statement is, for what is found when the whole step was seen.
struct Place {
  std::uint64_t statement = 0;
  Position position;
  std::string excerpt;
};

/// Rows that a script takes away or overwrites.
struct Loss {
  ObjectName table;
  std::string verb;  ///< "DROP TABLE", "UPDATE"
  Place place;
};

/// What is kept of a script when its statements went by; what a script names is kept as
/// "kind name" or "kind table.name", in lower case.
struct Outline {
  std::string path;
  Directives directives;
  std::optional<Place> first;         ///< statement
  std::optional<Place> first_schema;  ///< one that commits by itself
  std::optional<Place> first_data;    ///< one that writes rows
  std::vector<Loss> losses;
  std::set<std::string> made;  ///< tables, views, columns, indexes, …: created, added, renamed to
  /// Tables among those that were renamed to, with the rows that they had before the script.
  std::set<std::string> carried;
  std::set<std::string> changed;  ///< columns
  std::set<std::string>
      written;  ///< tables that rows are written to, or that come back by a rename
  std::vector<std::pair<std::string, Place>> dropped_keys;  ///< foreign keys, "table.name"
  std::set<std::string> added_keys;
};

std::string key_of(ObjectKind kind, const std::string& name);
std::string column_key(const std::string& table, const std::string& column);
std::string index_key(const std::string& table, const std::string& index);

/// One statement with what is around it.
struct StatementView {
  const Statement& statement;
  std::uint64_t number;
  StepKind kind;
  Direction direction;
  const Outline& before;  ///< of the script, up to this statement
  const Outline* up;      ///< of the whole up script, where this is a down script
  const SchemaChange& change;
  const std::optional<TableStatement>& table;
  const std::optional<TableStatement>& previous_table;  ///< of the statement in front of it
  const DataStatement& data;
  const Tables& tables;  ///< before it

  /// The table was created in this script, and is still empty but for what the script itself put
  /// in.
  bool is_new(const std::string& table_name) const {
    const std::string key = key_of(ObjectKind::table, table_name);
    return before.made.contains(key) && !before.carried.contains(key);
  }
  /// " (about 1200000 rows)" where a server told, else nothing: what a message ends with.
  std::string rows_of(const std::string& table_name) const;
  /// This is a down script, and takes back what its up script made.
  bool takes_back(const std::string& key) const { return up != nullptr && up->made.contains(key); }
  /// What was made in this script, or is taken back.
  bool is_own(const std::string& key) const { return before.made.contains(key) || takes_back(key); }
  /// The same of a table, whose rows go with it.
  bool is_own_with_its_rows(const std::string& key) const {
    const bool is_carried =
        before.carried.contains(key) || (up != nullptr && up->carried.contains(key));
    return is_own(key) && !is_carried;
  }
};

/// One step when both its scripts were seen.
struct StepView {
  StepKind kind;
  const Outline& up;
  const Outline* down;  ///< null: the step has none
};

/// Notes what the statement does.
void add_to(Outline& outline, const StatementView& view, const Place& place);

/// What the tables are behind a statement.
void apply(const TableStatement& statement, Tables& tables);
void apply(const SchemaChange& change, Tables& tables);

}  // namespace migrate::core::lint
