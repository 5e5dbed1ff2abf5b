#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connection.h"
#include "core/object_name.h"
#include "core/schema/definition_text.h"

namespace migrate::mysql {

/// What SHOW CREATE TABLE shows: its row, or what that says.
using ShownTable = std::variant<Row, core::schema::Table>;

/// By the name that was asked for.
using ShownTables = std::map<std::string, ShownTable>;

/// Tables that are shown while another session works, until somebody reads them.
class TablesAhead {
 public:
  /// Both must outlive it.
  TablesAhead(Connection& connection, const std::string& schema);

  /// The query that shows these, as far as they are in the schema, and as many as fit into a
  /// packet; nothing where none is left. It is to be sent ahead.
  std::optional<AheadQuery> query(const std::vector<core::ObjectName>& tables);

  /// Has the answer to that query, if there is one. What the server did not show, and everything
  /// where the connection is lost, is left to whoever reads.
  void collect();

  /// Reads the rows that were collected, so that this is done while the other session works. One
  /// that is no table's stays a row.
  void read_collected();

  /// All that was shown since the last time.
  ShownTables take();

 private:
  Connection& connection_;
  const std::string& schema_;
  std::string asked_;                ///< empty: nothing is
  std::vector<std::string> tables_;  ///< that it shows
  ShownTables shown_;
  std::vector<ShownTables::iterator> unread_;  ///< the rows in `shown_`
};

}  // namespace migrate::mysql
