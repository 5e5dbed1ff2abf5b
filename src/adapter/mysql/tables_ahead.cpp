#include "tables_ahead.h"

#include <cstddef>
#include <utility>

#include "history_tables.h"
#include "show_create.h"

namespace migrate::mysql {

TablesAhead::TablesAhead(Connection& connection, const std::string& schema)
    : connection_(connection), schema_(schema) {}

std::optional<AheadQuery> TablesAhead::query(const std::vector<core::ObjectName>& tables) {
  asked_.clear();
  tables_.clear();
  for (const core::ObjectName& table : tables) {
    const bool own = table.schema.empty() || table.schema == schema_;
    if (!own || is_history_table(table.name)) continue;
    if (asked_.size() >= most_shown_bytes) break;
    asked_ += (asked_.empty() ? "" : ";") + show_create("TABLE", schema_, table.name);
    tables_.push_back(table.name);
  }
  if (tables_.empty()) return std::nullopt;
  return AheadQuery{.sql = asked_, .statements = tables_.size()};
}

void TablesAhead::collect() {
  if (asked_.empty()) return;
  std::size_t at = 0;
  connection_.query(
      std::exchange(asked_, {}), [&at](const StatementOutcome&) { ++at; },
      [&](const RowView& row) {
        unread_.push_back(shown_.insert_or_assign(tables_[at], row.copy()).first);
      });
}

void TablesAhead::read_collected() {
  for (const ShownTables::iterator& shown : std::exchange(unread_, {})) {
    const Row* row = std::get_if<Row>(&shown->second);
    if (row == nullptr || !row->at(1)) continue;
    if (auto table = core::schema::read_create_table(*row->at(1), schema_))
      shown->second = *std::move(table);
  }
}

ShownTables TablesAhead::take() {
  collect();
  unread_.clear();
  return std::exchange(shown_, {});
}

}  // namespace migrate::mysql
