#include "rehearsal.h"

#include <regex>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/ranges.h>

#include "core/alter_algorithm.h"
#include "core/fault.h"
#include "literal.h"
#include "table_shape.h"

namespace migrate::mysql {
namespace {

using Lines = std::vector<std::string>;

bool is_foreign_key(std::string_view line) {
  return line.starts_with("  CONSTRAINT ") && line.find(" FOREIGN KEY (") != std::string_view::npos;
}

bool begins_partitions(std::string_view line) {
  return line.starts_with(" PARTITION BY") || line.starts_with("/*!50100 PARTITION BY");
}

/// What a temporary table cannot have.
Lines without_foreign_keys_and_partitions(const std::string& create_table) {
  Lines lines;
  std::istringstream text(create_table);
  for (std::string line; std::getline(text, line) && !begins_partitions(line);) {
    if (!is_foreign_key(line)) {
      lines.push_back(std::move(line));
    } else if (!line.ends_with(',') && lines.back().ends_with(',')) {
      lines.back().pop_back();
    }
  }
  return lines;
}

/// The character set of a column; whether it is written depends on how the table was made.
std::string without_character_sets(const std::string& create_table) {
  static const std::regex words(" (CHARACTER SET|COLLATE) [0-9A-Za-z_]+");
  return std::regex_replace(create_table, words, "");
}

/// A name that is a temporary table's for a while: that hides the real one of its name, for this
/// session only.
class Stage {
 public:
  Stage(Connection& connection, std::string table)
      : connection_(connection), table_(std::move(table)) {}
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage() {
    try {
      connection_.rows(fmt::format("DROP TEMPORARY TABLE IF EXISTS {}", table_));
    } catch (const core::Fault&) {  // NOLINT(bugprone-empty-catch): the connection is gone, and the
                                    // table with it
    }
  }

  /// False where the real table still shows: what follows must never reach it.
  bool set(const std::string& create_table) {
    Lines lines = without_foreign_keys_and_partitions(create_table);
    lines.front() = fmt::format("CREATE TEMPORARY TABLE {} (", table_);
    connection_.rows(fmt::format("{}", fmt::join(lines, "\n")));
    return show().starts_with("CREATE TEMPORARY TABLE");
  }

  /// What is compared. An index that only a foreign key needs goes by itself when another one can
  /// do its work, and a temporary table has no foreign keys: so, where the table had some, the
  /// indexes that it had do not count.
  std::string shape(const std::string& before) {
    Lines lines = without_foreign_keys_and_partitions(table_shape(show()));
    if (before.find(" FOREIGN KEY (") != std::string::npos) {
      std::erase_if(lines, [&before](const std::string& line) {
        return line.starts_with("  KEY ") && before.find(line) != std::string::npos;
      });
    }
    std::string text = without_character_sets(fmt::format("{}", fmt::join(lines, "\n")));
    for (const Row& column : connection_.rows(fmt::format("SHOW FULL COLUMNS FROM {}", table_)))
      text += fmt::format("\n{} {}", column.at(0).value_or(""), column.at(2).value_or(""));
    return text;
  }

 private:
  std::string show() {
    return connection_.rows(fmt::format("SHOW CREATE TABLE {}", table_)).at(0).at(1).value();
  }

  Connection& connection_;
  std::string table_;
};

}  // namespace

port::Schema::Rehearsed rehearse(Connection& connection, const std::string& schema,
                                 const core::ObjectName& table, const core::Rehearsal& rehearsal) {
  using Rehearsed = port::Schema::Rehearsed;
  // The statement may not qualify the name. In another current schema it would find another table.
  if (!table.schema.empty() && table.schema != schema) return Rehearsed::unknown;
  try {
    Stage stage(connection, fmt::format("{}.{}", identifier(schema), identifier(table.name)));
    const std::string found = stage.shape(rehearsal.create_table);
    if (!stage.set(rehearsal.create_table)) return Rehearsed::unknown;
    connection.rows(core::with_default_algorithm(rehearsal.statement));
    return stage.shape(rehearsal.create_table) == found ? Rehearsed::as_found
                                                        : Rehearsed::otherwise;
  } catch (const ServerRefused&) {
    return Rehearsed::unknown;
  }
}

}  // namespace migrate::mysql
