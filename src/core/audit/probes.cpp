#include "audit/probes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "audit/key_limits.h"
#include "lint/narrowing.h"

namespace migrate::core::audit {
namespace {

using schema::Column;
using schema::ForeignKey;
using schema::Index;
using schema::Table;

/// https://dev.mysql.com/doc/refman/9.7/en/storage-requirements.html; nothing: it is measured in
/// characters, which do not become more.
std::optional<std::uint64_t> most_bytes(const Column& column) {
  static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 3> sizes{
      {{"tinytext", 255}, {"text", 65535}, {"mediumtext", 16777215}}};
  for (const auto& [type, bytes] : sizes) {
    if (column.data_type == type) return bytes;
  }
  return std::nullopt;
}

class Probing {
 public:
  Probing(const schema::Schema& before, const schema::Schema& after)
      : before_(before), after_(after) {}

  std::vector<Probe> take() {
    for (const Table& table : before_.tables) {
      const Table& then = *after_.find_table(table.name);
      if (then.definition == table.definition) continue;
      for (const Column& column : table.columns)
        values(table, column, *then.find_column(column.name));
      for (const Index& index : then.indexes) collisions(table, then, index);
    }
    for (const Table& table : before_.tables) {
      for (const ForeignKey& key : table.foreign_keys) orphans(table, key);
    }
    return std::move(probes_);
  }

 private:
  void add(const Table& table, const std::string& columns, std::string what, std::string sql) {
    probes_.push_back({table.name, columns, std::move(what), std::move(sql)});
  }

  void count(const Table& table, const Column& column, std::string what,
             const std::string& condition) {
    add(table, column.name, std::move(what),
        fmt::format("SELECT COUNT(*) FROM {} WHERE {}", schema::quoted_name(table.name),
                    condition));
  }

  void values(const Table& table, const Column& column, const Column& made) {
    const std::string name = schema::quoted_name(column.name);
    if (made.is_unsigned && !column.is_unsigned)
      count(table, column, "values are negative, and the type becomes unsigned", name + " < 0");
    if (made.charset == column.charset || column.charset.empty()) return;
    const std::string there = fmt::format("CONVERT({} USING {})", name, made.charset);
    if (lint::loses_characters(column.charset, made.charset)) {
      count(table, column, fmt::format("values hold characters that {} lacks", made.charset),
            fmt::format("CAST(CONVERT({} USING {}) AS BINARY) <> CAST({} AS BINARY)", there,
                        column.charset, name));
    }
    const auto most = most_bytes(column);
    if (most && bytes_of_character(made.charset) > 1) {
      count(table, column,
            fmt::format("values are longer than the {} bytes that {} holds, in {}", *most,
                        column.type, made.charset),
            fmt::format("LENGTH({}) > {}", there, *most));
    }
  }

  /// Rows that a unique key takes for different now, and for the same then.
  void collisions(const Table& table, const Table& then, const Index& index) {
    if (!index.unique) return;
    std::string groups;
    std::string present;
    std::string columns;
    bool other = false;
    for (const schema::IndexPart& part : index.parts) {
      const Column* column = table.find_column(part.column);
      if (column == nullptr) return;
      const Column& made = *then.find_column(part.column);
      std::string value = schema::quoted_name(column->name);
      present += fmt::format("{}{} IS NOT NULL", present.empty() ? "" : " AND ", value);
      if (made.collation != column->collation) {
        other = true;
        value = fmt::format("CONVERT({} USING {}) COLLATE {}", value, made.charset, made.collation);
      }
      if (part.prefix > 0) value = fmt::format("LEFT({}, {})", value, part.prefix);
      groups += (groups.empty() ? "" : ", ") + value;
      columns += (columns.empty() ? "" : ", ") + column->name;
    }
    if (!other) return;
    add(table, columns,
        fmt::format("values come more than once for unique key {} in the new collation",
                    index.name),
        fmt::format("SELECT COUNT(*) FROM (SELECT COUNT(*) FROM {} WHERE {} GROUP BY {} "
                    "HAVING COUNT(*) > 1) AS alike",
                    schema::quoted_name(table.name), present, groups));
  }

  bool changes(const std::string& table, const std::vector<std::string>& columns) const {
    const Table* is = before_.find_table(table);
    const Table* as = after_.find_table(table);
    return is != nullptr && as != nullptr &&
           std::ranges::any_of(columns, [&](const std::string& name) {
             const Column* column = is->find_column(name);
             const Column* made = as->find_column(name);
             return column != nullptr && made != nullptr &&
                    (column->type != made->type || column->collation != made->collation);
           });
  }

  /// A key that is made again is checked against all rows.
  void orphans(const Table& table, const ForeignKey& key) {
    if (!key.referenced_schema.empty()) return;
    if (!changes(table.name, key.columns) && !changes(key.referenced_table, key.referenced_columns))
      return;
    std::string same;
    std::string present;
    std::string columns;
    for (std::size_t i = 0; i < key.columns.size() && i < key.referenced_columns.size(); ++i) {
      const std::string column = "child." + schema::quoted_name(key.columns[i]);
      const std::string_view glue = i == 0 ? "" : " AND ";
      same += fmt::format("{}{} = parent.{}", glue, column,
                          schema::quoted_name(key.referenced_columns[i]));
      present += fmt::format("{}{} IS NOT NULL", glue, column);
      columns += (columns.empty() ? "" : ", ") + key.columns[i];
    }
    add(table, columns,
        fmt::format("rows have no parent in {}, and foreign key {} is made again",
                    key.referenced_table, key.name),
        fmt::format("SELECT COUNT(*) FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS "
                    "parent WHERE {})",
                    schema::quoted_name(table.name), present,
                    schema::quoted_name(key.referenced_table), same));
  }

  const schema::Schema& before_;
  const schema::Schema& after_;
  std::vector<Probe> probes_;
};

}  // namespace

std::vector<Probe> probes(const schema::Schema& before, const schema::Schema& after) {
  return Probing(before, after).take();
}

}  // namespace migrate::core::audit
