#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace migrate::core::lint {

/// A column's type as it is written, words in upper case.
struct ColumnType {
  std::string name;                    ///< INT, VARCHAR, ENUM, …; of synonyms the usual one
  std::vector<std::string> arguments;  ///< length, precision, values: without quotes
  bool is_unsigned = false;
  bool is_zerofill = false;
  std::string charset;    ///< lower case, as the next one; empty: the table's
  std::string collation;  ///< empty: the charset's

  friend bool operator==(const ColumnType&, const ColumnType&) = default;
};

/// A column of a table, as far as files or the server tell.
struct KnownColumn {
  std::string name;
  ColumnType type;
  bool is_nullable = true;
  bool is_auto_increment = false;
  bool says_null = false;  ///< NULL was written, which is the default
};

struct KnownIndex {
  std::string name;                  ///< "PRIMARY" for the primary key; empty: the server names it
  std::vector<std::string> columns;  ///< in order; an expression as "()"
  bool is_unique = false;
};

struct KnownTable {
  std::optional<std::uint64_t> rows;  ///< about so many, where a server told
  std::string charset;                ///< lower case; empty: not known
  std::string collation;
  std::vector<KnownColumn> columns;
  std::vector<KnownIndex> indexes;

  /// Names of columns and indexes are compared without case, as the servers do.
  const KnownColumn* column(std::string_view name) const;
  const KnownIndex* index(std::string_view name) const;
};

/// The tables that are known at a point of the files: what earlier statements declared, or what a
/// server has. A table that nobody told of is simply not there, and rules that need it say nothing.
/// A layer can be put over another one, which stays as it is.
class Tables {
 public:
  /// Nothing of its own yet. `below` must outlive it.
  static Tables over(const Tables& below);

  const KnownTable* find(const std::string& name) const;
  void put(const std::string& name, KnownTable table) { own_[name] = std::move(table); }
  /// From here on nothing is known of it.
  void forget(const std::string& name) { own_[name] = std::nullopt; }

 private:
  const Tables* below_ = nullptr;
  std::map<std::string, std::optional<KnownTable>> own_;
};

/// Takes in a table as a CREATE TABLE makes it, for example one that SHOW CREATE TABLE shows, with
/// about so many rows. Another statement changes nothing.
void declare(Tables& tables, std::string_view create_table,
             std::optional<std::uint64_t> rows = std::nullopt);

}  // namespace migrate::core::lint
