#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/lint/tables.h"
#include "core/schema/definition_text.h"
#include "core/schema/kept.h"
#include "core/schema/schema.h"

/// What a whole schema is measured by, and what is not as it should be.
namespace migrate::core::audit {

/// A view that the server no longer takes, with its words.
struct BrokenView {
  std::string view;
  std::string error;
};

/// A column that holds 0000-00-00 in one of its rows.
struct ZeroDates {
  std::string table;
  std::string column;
};

/// A table that is there, as a ddl file declares it.
struct Declaration {
  std::string path;  ///< "ddl/outbox.sql"
  lint::KnownTable table;
};

/// A live schema and what else its server tells of it.
struct Facts {
  schema::Schema schema;
  std::map<std::string, std::string> row_formats;  ///< by table, as it is: "Dynamic"
  /// "`user`@`host`"; nothing: this account may not see them.
  std::optional<std::set<std::string>> accounts;
  std::vector<BrokenView> broken_views;
  std::vector<ZeroDates> zero_dates;
  /// What the history keeps; nothing: there is no history, or it does not know.
  std::optional<std::vector<schema::KeptObject>> kept;
  std::map<std::string, Declaration> declared;  ///< by table
  schema::DefaultCollations default_collations;
  /// What a client gets that asks for nothing.
  std::string connection_charset;
  std::string connection_collation;
  std::vector<std::string> unseen;  ///< what could not be looked at, a line each
};

}  // namespace migrate::core::audit
