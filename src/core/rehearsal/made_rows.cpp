#include "core/rehearsal/made_rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "made_value.h"

namespace migrate::core::rehearsal {
namespace {

bool filled_by_server(const schema::Column& column) {
  return column.generated != schema::Generated::no;
}

bool is_column_of(const std::vector<std::string>& columns, const std::string& name) {
  return std::ranges::find(columns, name) != columns.end();
}

/// Of each unique key the column that keeps it unique: the last one that is free to.
std::set<std::string> distinct_columns(const schema::Table& table) {
  std::set<std::string> distinct;
  const auto refers = [&](const std::string& name) {
    return std::ranges::any_of(table.foreign_keys, [&](const schema::ForeignKey& key) {
      return is_column_of(key.columns, name);
    });
  };
  for (const schema::Index& index : table.indexes) {
    if (!index.unique) continue;
    const bool is_kept = std::ranges::any_of(index.parts, [&](const schema::IndexPart& part) {
      const schema::Column* column = table.find_column(part.column);
      return distinct.contains(part.column) || (column != nullptr && column->auto_increment);
    });
    if (is_kept) continue;
    std::string chosen;
    for (const schema::IndexPart& part : index.parts) {
      const schema::Column* column = table.find_column(part.column);
      if (column == nullptr || column->generated != schema::Generated::no) continue;
      if (chosen.empty() || !refers(part.column)) chosen = part.column;
    }
    if (!chosen.empty()) distinct.insert(chosen);
  }
  return distinct;
}

/// The expressions that mention the column.
std::vector<std::string> checks_of(const schema::Table& table, const schema::Column& column) {
  std::vector<std::string> checks;
  if (!column.check.empty()) checks.push_back(column.check);
  // A row that no partition takes is refused as well.
  const bool listed = table.partitioning.starts_with("PARTITION BY LIST");
  if (listed && mentions_column(table.partitioning, column.name))
    checks.push_back(table.partitioning);
  for (const schema::Check& check : table.checks) {
    if (check.enforced && mentions_column(check.expression, column.name))
      checks.push_back(check.expression);
  }
  return checks;
}

class Maker {
 public:
  Maker(const schema::Table& table, const ParentRows& parents, const TableProfile* profile)
      : table_(table), parents_(parents), profile_(profile), distinct_(distinct_columns(table)) {}

  MadeRows make(std::uint64_t first, std::uint64_t count) {
    std::vector<ValueMaker> makers;
    for (const schema::Column& column : table_.columns) {
      if (filled_by_server(column)) continue;
      made_.columns.push_back(column.name);
      makers.push_back(maker(column, count));
    }
    for (std::uint64_t row = first; row < first + count; ++row) {
      Values values;
      for (const ValueMaker& maker : makers) values.push_back(maker.value(row));
      if (!refer_to_parents(values, row)) {
        made_.rows.clear();
        return std::move(made_);
      }
      made_.rows.push_back(std::move(values));
    }
    return std::move(made_);
  }

 private:
  ValueMaker maker(const schema::Column& column, std::uint64_t count) const {
    const ColumnProfile* profile = nullptr;
    if (profile_ != nullptr) {
      const auto found = profile_->columns.find(column.name);
      if (found != profile_->columns.end()) profile = &found->second;
    }
    // Where nearly every row has its own value, so have the made-up ones.
    const bool differs = profile != nullptr && profile_->looked_at > 0 &&
                         profile->distinct * 10 >= profile_->looked_at * 9;
    const bool unique = column.auto_increment || distinct_.contains(column.name);
    const auto repeats = unique || differs ? Repeats::never : Repeats::often;
    return {table_.name, column, checks_of(table_, column), repeats, count, profile};
  }

  bool refer_to_parents(Values& values, std::uint64_t row) {
    std::set<std::string> done;
    for (const schema::ForeignKey& key : table_.foreign_keys) {
      if (std::ranges::any_of(key.columns,
                              [&](const std::string& name) { return done.contains(name); }))
        continue;
      const auto parents = parents_.find(key.name);
      const bool none = parents == parents_.end() || parents->second.empty();
      const bool is_null = none || may_be_left_null(key, row);
      if (none && !nullable(key)) {
        made_.impossible = fmt::format("its foreign key {} needs rows in {}, which has none",
                                       key.name, key.referenced_table);
        return false;
      }
      const bool one_each = std::ranges::any_of(
          key.columns, [&](const std::string& name) { return distinct_.contains(name); });
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const auto at = std::ranges::find(made_.columns, key.columns[i]);
        if (at == made_.columns.end()) continue;
        Value& value = values[static_cast<std::size_t>(at - made_.columns.begin())];
        if (is_null) {
          value = {};
        } else {
          const auto& rows = parents->second;
          const std::uint64_t pick = one_each ? row : mixed(row, key.name);
          value = rows[pick % rows.size()].at(i);
        }
        done.insert(key.columns[i]);
      }
    }
    return true;
  }

  bool nullable(const schema::ForeignKey& key) const {
    return std::ranges::all_of(key.columns, [&](const std::string& name) {
      const schema::Column* column = table_.find_column(name);
      return column != nullptr && column->nullable;
    });
  }

  bool may_be_left_null(const schema::ForeignKey& key, std::uint64_t row) const {
    return nullable(key) && mixed(row, key.name + "?") % 5 == 0;
  }

  const schema::Table& table_;
  const ParentRows& parents_;
  const TableProfile* profile_;
  std::set<std::string> distinct_;
  MadeRows made_;
};

double power_of_ten(double magnitude, bool up) {
  const double power = std::log10(magnitude);
  return std::pow(10.0, up ? std::ceil(power) : std::floor(power));
}

}  // namespace

double rounded_down(double value) {
  if (value == 0) return 0;
  return value > 0 ? power_of_ten(value, false) : -power_of_ten(-value, true);
}

double rounded_up(double value) {
  if (value == 0) return 0;
  return value > 0 ? power_of_ten(value, true) : -power_of_ten(-value, false);
}

MadeRows make_rows(const schema::Table& table, std::uint64_t first, std::uint64_t count,
                   const ParentRows& parents, const TableProfile* profile) {
  return Maker(table, parents, profile).make(first, count);
}

}  // namespace migrate::core::rehearsal
