#include "schema_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema/definition_text.h"
#include "definition_hash.h"
#include "history_tables.h"
#include "literal.h"

namespace migrate::mysql {
namespace {

using core::schema::Creation;
using core::schema::Starts;

std::uint64_t number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

/// An object of which the definition is asked for, and what was known of it before.
struct Listed {
  std::string show;  ///< "TABLE", …: what stands behind SHOW CREATE
  std::string name;
  std::string collation;                ///< of a table
  std::uint64_t rows = 0;               ///< of a table
  std::uint64_t bytes = 0;              ///< of a table
  std::uint64_t order = 0;              ///< of a trigger
  Starts starts = Starts::as_declared;  ///< of an event
};

struct Charset {
  std::string charset;
  std::string collation;
};

/// It was there a moment ago.
bool means_gone(unsigned code) {
  constexpr std::array gone{1146U,   // ER_NO_SUCH_TABLE
                            1305U,   // ER_SP_DOES_NOT_EXIST
                            1360U,   // ER_TRG_DOES_NOT_EXIST
                            1539U};  // ER_EVENT_DOES_NOT_EXIST
  return std::ranges::find(gone, code) != gone.end();
}

class Reader {
 public:
  Reader(Connection& connection, const std::string& schema)
      : connection_(connection), schema_(schema) {
    result_.name = schema;
  }

  core::schema::Schema read() {
    connection_.set_multi_statements(true);
    list();
    show();
    arrange();
    return std::move(result_);
  }

 private:
  /// Calls `take` with the number of the statement for each row. The error that ended it, and which
  /// statement has it.
  std::optional<std::pair<std::size_t, core::ServerError>> run(
      const std::string& sql, const std::function<void(std::size_t, const RowView&)>& take) {
    std::size_t statement = 0;
    std::optional<std::pair<std::size_t, core::ServerError>> failed;
    connection_.query(
        sql,
        [&](const StatementOutcome& outcome) {
          if (outcome.lost) connection_.throw_lost();
          if (outcome.error) failed.emplace(statement, *outcome.error);
          ++statement;
        },
        [&](const RowView& row) { take(statement, row); });
    return failed;
  }

  void list() {
    const std::string schema = literal(schema_);
    // An event that was made without STARTS starts when it was made
    // (https://dev.mysql.com/doc/refman/9.7/en/create-event.html); its time is in its own zone.
    const std::string sql = fmt::format(
        "SELECT VERSION(), default_character_set_name, default_collation_name"
        " FROM information_schema.schemata WHERE schema_name = {0};"
        "SELECT table_type, table_name, table_collation, table_rows, data_length + index_length"
        " FROM information_schema.tables WHERE table_schema = {0};"
        "SELECT table_name, column_name, character_set_name, collation_name"
        " FROM information_schema.columns WHERE table_schema = {0}"
        " AND character_set_name IS NOT NULL;"
        "SELECT routine_type, routine_name"
        " FROM information_schema.routines WHERE routine_schema = {0};"
        "SELECT trigger_name, action_order"
        " FROM information_schema.triggers WHERE trigger_schema = {0};"
        "SELECT event_name, starts = CONVERT_TZ(created, @@session.time_zone, time_zone)"
        " FROM information_schema.events WHERE event_schema = {0}",
        schema);
    const auto failed = run(sql, [this](std::size_t statement, const RowView& row) {
      take_listed(statement, row.copy());
    });
    if (failed) throw ServerRefused(failed->second, sql);
    if (result_.charset.empty()) {
      throw core::Fault(core::ExitCode::configuration,
                        fmt::format("there is no schema {}", schema_));
    }
  }

  void take_listed(std::size_t statement, const Row& row) {
    switch (statement) {
      case 0:
        if (row[0].value().find("MariaDB") != std::string::npos)
          result_.family = core::ServerFamily::mariadb;
        result_.charset = row[1].value();
        result_.collation = row[2].value();
        break;
      case 1:
        take_table_row(row);
        break;
      case 2:
        charsets_.insert_or_assign({row[0].value(), row[1].value()},
                                   Charset{row[2].value(), row[3].value_or("")});
        break;
      case 3:
        listed_.push_back({.show = row[0].value(), .name = row[1].value()});
        break;
      case 4:
        listed_.push_back({.show = "TRIGGER", .name = row[0].value(), .order = number(row[1])});
        break;
      default:
        listed_.push_back({.show = "EVENT",
                           .name = row[0].value(),
                           .starts = row[1] == "1" ? Starts::when_created : Starts::as_declared});
    }
  }

  void take_table_row(const Row& row) {
    const std::string& type = row[0].value();
    if (is_history_table(row[1].value())) return;
    const bool other = type == "VIEW" || type == "SEQUENCE";
    listed_.push_back({.show = other ? type : "TABLE",
                       .name = row[1].value(),
                       .collation = row[2].value_or(""),
                       .rows = number(row[3]),
                       .bytes = number(row[4])});
  }

  /// Many in a packet; where one is gone meanwhile, on behind it.
  void show() {
    constexpr std::size_t most = 500;
    for (std::size_t first = 0; first < listed_.size();) {
      const std::size_t end = std::min(first + most, listed_.size());
      std::string sql;
      for (std::size_t i = first; i < end; ++i) {
        sql += fmt::format("{}SHOW CREATE {} {}.{}", i == first ? "" : ";", listed_[i].show,
                           identifier(schema_), identifier(listed_[i].name));
      }
      const auto failed = run(sql, [this, first](std::size_t statement, const RowView& row) {
        take_shown(listed_[first + statement], row.copy());
      });
      if (failed && !means_gone(failed->second.code)) throw ServerRefused(failed->second, sql);
      first = failed ? first + failed->first + 1 : end;
    }
  }

  void take_shown(const Listed& listed, const Row& row) {
    if (listed.show == "TABLE") {
      take(listed, core::schema::read_create_table(text(listed, row, 1), schema_), result_.tables);
    } else if (listed.show == "VIEW") {
      auto view = core::schema::read_create_view(text(listed, row, 1), schema_);
      if (view)
        view->creation = {.charset = text(listed, row, 2), .collation = text(listed, row, 3)};
      take(listed, std::move(view), result_.views);
    } else if (listed.show == "SEQUENCE") {
      take(listed, core::schema::read_create_sequence(text(listed, row, 1), schema_),
           result_.sequences);
    } else if (listed.show == "TRIGGER") {
      auto trigger =
          core::schema::read_create_trigger(text(listed, row, 2), creation(listed, row, 3));
      if (trigger) trigger->order = listed.order;
      take(listed, std::move(trigger), result_.triggers);
    } else if (listed.show == "EVENT") {
      Creation made = creation(listed, row, 4);
      made.time_zone = text(listed, row, 2);
      take(listed,
           core::schema::read_create_event(text(listed, row, 3), std::move(made), listed.starts),
           result_.events);
    } else {
      take(listed,
           core::schema::read_create_routine(text(listed, row, 2), creation(listed, row, 3)),
           result_.routines);
    }
  }

  /// The server shows NULL of what this account may not see.
  static std::string text(const Listed& listed, const Row& row, std::size_t column) {
    if (column < row.size() && row[column]) return *row[column];
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("this account may not see the definition of {} {}", listed.show, listed.name),
        "give it the privileges that the README names for snapshot and drift");
  }

  static Creation creation(const Listed& listed, const Row& row, std::size_t charset) {
    return {.sql_mode = text(listed, row, 1),
            .charset = text(listed, row, charset),
            .collation = text(listed, row, charset + 1),
            .database_collation = text(listed, row, charset + 2)};
  }

  template <class Object>
  void take(const Listed& listed, std::optional<Object> object, std::vector<Object>& objects) {
    if (!object) {
      throw core::Fault(core::ExitCode::internal,
                        fmt::format("what the server shows of {} {} has a form that this version "
                                    "of migrate does not know",
                                    listed.show, listed.name));
    }
    if constexpr (std::is_same_v<Object, core::schema::Table>) complete(listed, *object);
    object->fingerprint = definition_hash(fingerprint_text(*object));
    objects.push_back(*std::move(object));
  }

  void complete(const Listed& listed, core::schema::Table& table) const {
    table.collation = listed.collation;
    table.estimated_rows = listed.rows;
    table.bytes = listed.bytes;
    for (core::schema::Column& column : table.columns) {
      const auto resolved = charsets_.find({table.name, column.name});
      column.charset = resolved == charsets_.end() ? "" : resolved->second.charset;
      column.collation = resolved == charsets_.end() ? "" : resolved->second.collation;
    }
    settle_charsets(table);
  }

  void arrange() {
    std::ranges::sort(result_.tables, {}, &core::schema::Table::name);
    std::ranges::sort(result_.views, {}, &core::schema::View::name);
    std::ranges::sort(result_.events, {}, &core::schema::Event::name);
    std::ranges::sort(result_.sequences, {}, &core::schema::Sequence::name);
    std::ranges::sort(result_.routines, {}, [](const core::schema::Routine& routine) {
      return std::tuple(routine.kind, std::string_view(routine.name));
    });
    std::ranges::sort(result_.triggers, {}, [](const core::schema::Trigger& trigger) {
      return std::tuple(std::string_view(trigger.table), std::string_view(trigger.timing),
                        std::string_view(trigger.event), trigger.order,
                        std::string_view(trigger.name));
    });
  }

  Connection& connection_;
  const std::string& schema_;
  core::schema::Schema result_;
  std::vector<Listed> listed_;
  std::map<std::pair<std::string, std::string>, Charset> charsets_;  ///< of table, column
};

}  // namespace

core::schema::Schema read_schema(Connection& connection, const std::string& schema) {
  return Reader(connection, schema).read();
}

}  // namespace migrate::mysql
