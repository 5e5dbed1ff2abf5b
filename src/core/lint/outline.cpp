#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "token_cursor.h"
#include "view.h"

namespace migrate::core::lint {
namespace {

/// Gathers what one statement adds to the outline of its script.
class Notes {
 public:
  Notes(Outline& outline, const StatementView& view, const Place& place)
      : outline_(outline), view_(view), place_(place) {}

  void take() {
    order();
    objects();
    if (view_.table) clauses(*view_.table);
    data();
  }

 private:
  void order() {
    if (!outline_.first) outline_.first = place_;
    if (view_.statement.effect == Effect::schema && !outline_.first_schema)
      outline_.first_schema = place_;
    if (view_.data.writes() && !outline_.first_data) outline_.first_data = place_;
  }

  void lose(const ObjectName& table, std::string verb) {
    if (view_.is_new(full_name(table))) return;
    outline_.losses.push_back({table, std::move(verb), place_});
  }

  void carry(const std::string& from, const std::string& to) {
    const bool has_rows_from_before =
        !outline_.made.contains(from) || outline_.carried.contains(from);
    outline_.carried.erase(from);
    if (has_rows_from_before) {
      outline_.carried.insert(to);
    } else {
      outline_.carried.erase(to);
    }
  }

  void objects() {
    std::string away;  // what is renamed stands in front of its new name
    for (const ChangedObject& changed : view_.change.objects) {
      const std::string name = full_name(changed.object);
      const std::string key = key_of(changed.object.kind, name);
      switch (changed.change) {
        case Change::created:
          outline_.made.insert(key);
          if (!view_.change.lenient) outline_.carried.erase(key);
          break;
        case Change::renamed_here:
          carry(away, key);
          outline_.made.insert(key);
          outline_.written.insert(name);
          break;
        case Change::dropped:
          if (changed.object.kind == ObjectKind::table) lose(changed.object, "DROP TABLE");
          break;
        case Change::renamed_away:
          away = key;
          break;
        case Change::altered:
          break;
      }
    }
    TokenCursor cursor(view_.statement.text, {});
    if (cursor.take("TRUNCATE") && !view_.change.objects.empty())
      lose(view_.change.objects.front().object, "TRUNCATE");
  }

  void clauses(const TableStatement& table) {
    const std::string name = table.name();
    if (table.replaces) lose(table.table, "CREATE OR REPLACE TABLE");
    if (table.source == TableStatement::Source::select) outline_.written.insert(name);
    for (const Clause& clause : table.clauses) {
      if (const auto* added = std::get_if<AddColumn>(&clause.what)) {
        outline_.made.insert(column_key(name, added->column.name));
      } else if (const auto* changed = std::get_if<ChangeColumn>(&clause.what)) {
        outline_.changed.insert(column_key(name, changed->old_name));
        outline_.changed.insert(column_key(name, changed->column.name));
      } else if (const auto* renamed = std::get_if<RenameColumn>(&clause.what)) {
        outline_.made.insert(column_key(name, renamed->to));
      } else if (const auto* index = std::get_if<AddIndex>(&clause.what)) {
        outline_.made.insert(index_key(name, index->index.name));
      } else if (std::holds_alternative<DropColumn>(clause.what)) {
        lose(table.table, "DROP COLUMN");
      } else if (std::holds_alternative<LosePartition>(clause.what)) {
        lose(table.table, "DROP or TRUNCATE PARTITION");
      } else if (std::holds_alternative<ConvertCharset>(clause.what)) {
        outline_.changed.insert(column_key(name, "*"));
      } else if (const auto* dropped = std::get_if<DropForeignKey>(&clause.what)) {
        outline_.dropped_keys.emplace_back(to_lower(name + "." + dropped->name), place_);
      } else if (const auto* key = std::get_if<AddForeignKey>(&clause.what)) {
        outline_.added_keys.insert(to_lower(name + "." + key->name));
        outline_.made.insert(index_key(name, key->name));
      }
    }
  }

  void data() {
    const DataStatement& data = view_.data;
    if (!data.writes() || data.target.name.empty()) return;
    outline_.written.insert(full_name(data.target));
    if (data.verb == DataStatement::Verb::remove) lose(data.target, "DELETE");
    if (data.verb == DataStatement::Verb::update) lose(data.target, "UPDATE");
  }

  Outline& outline_;
  const StatementView& view_;
  const Place& place_;
};

}  // namespace

std::string StatementView::rows_of(const std::string& table_name) const {
  const KnownTable* known = tables.find(table_name);
  return known == nullptr || !known->rows ? "" : fmt::format(" (about {} rows)", *known->rows);
}

std::string key_of(ObjectKind kind, const std::string& name) {
  return std::string(word_of(kind)) + " " + to_lower(name);
}

std::string column_key(const std::string& table, const std::string& column) {
  return "column " + to_lower(table + "." + column);
}

std::string index_key(const std::string& table, const std::string& index) {
  return "index " + to_lower(table + "." + index);
}

void add_to(Outline& outline, const StatementView& view, const Place& place) {
  Notes(outline, view, place).take();
}

}  // namespace migrate::core::lint
