#include "schema_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/fault.h"
#include "core/schema/definition_text.h"
#include "definition_hash.h"
#include "history_tables.h"
#include "literal.h"
#include "show_create.h"

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
  /// To be a table, as it is named; it may not be there, or be of another kind.
  bool assumed = false;
  std::uint64_t rows = 0;               ///< of a table, where asked for
  std::uint64_t bytes = 0;              ///< of a table, where asked for
  Starts starts = Starts::as_declared;  ///< of an event
};

/// Statements that tell what there is.
struct Listing {
  std::string sql;
  std::size_t statements = 0;

  void add(const std::string& statement) {
    sql += (sql.empty() ? "" : ";") + statement;
    ++statements;
  }
};

/// It was there a moment ago.
bool means_gone(unsigned code) {
  constexpr std::array gone{1146U,   // ER_NO_SUCH_TABLE
                            1305U,   // ER_SP_DOES_NOT_EXIST
                            1360U,   // ER_TRG_DOES_NOT_EXIST
                            1539U};  // ER_EVENT_DOES_NOT_EXIST
  return std::ranges::find(gone, code) != gone.end();
}

/// This account may not see the definition.
bool means_hidden(unsigned code) {
  constexpr std::array hidden{1044U,   // ER_DBACCESS_DENIED_ERROR
                              1142U,   // ER_TABLEACCESS_DENIED_ERROR
                              1143U,   // ER_COLUMNACCESS_DENIED_ERROR
                              1227U,   // ER_SPECIFIC_ACCESS_DENIED_ERROR
                              1370U};  // ER_PROCACCESS_DENIED_ERROR
  return std::ranges::find(hidden, code) != hidden.end();
}

core::ObjectKind kind_of(std::string_view show) {
  if (show == "VIEW") return core::ObjectKind::view;
  if (show == "SEQUENCE") return core::ObjectKind::sequence;
  if (show == "PROCEDURE") return core::ObjectKind::procedure;
  if (show == "FUNCTION") return core::ObjectKind::function;
  if (show.starts_with("PACKAGE")) return core::ObjectKind::package;
  if (show == "TRIGGER") return core::ObjectKind::trigger;
  if (show == "EVENT") return core::ObjectKind::event;
  return core::ObjectKind::table;
}

class Reader {
 public:
  Reader(Connection& connection, core::ServerFamily family, const std::string& schema)
      : connection_(connection), schema_(schema) {
    result_.family = family;
    result_.name = schema;
  }

  core::schema::Schema read(TableSizes sizes) {
    connection_.set_multi_statements(true);
    show(all(sizes));
    arrange();
    return std::move(result_);
  }

  core::schema::Schema read(const std::vector<core::ObjectName>& objects) {
    connection_.set_multi_statements(true);
    show(named(objects));
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

  /// What the schema is, as far as what is in it depends on that.
  Listing defaults() const {
    Listing listing;
    listing.add(
        fmt::format("SELECT default_character_set_name, default_collation_name"
                    " FROM information_schema.schemata WHERE schema_name = {}",
                    literal(schema_)));
    listing.add(
        "SELECT character_set_name, default_collate_name FROM information_schema.character_sets");
    return listing;
  }

  /// What is there, of every kind.
  Listing all(TableSizes sizes) const {
    Listing listing = defaults();
    listing.add(fmt::format(
        "SELECT table_type, table_name, {} FROM information_schema.tables WHERE table_schema = {}",
        sizes == TableSizes::estimated ? "table_rows, data_length + index_length" : "NULL, NULL",
        literal(schema_)));
    listing.add(
        fmt::format("SELECT routine_type, routine_name, NULL, NULL"
                    " FROM information_schema.routines WHERE routine_schema = {}",
                    literal(schema_)));
    listing.add(triggers("TRIGGER"));
    // An event that was made without STARTS starts when it was made
    // (https://dev.mysql.com/doc/refman/9.7/en/create-event.html); its time is in its own zone.
    listing.add(events(""));
    return listing;
  }

  /// All of them, with their places; `type`: what the rows say that they are.
  std::string triggers(std::string_view type) const {
    return fmt::format(
        "SELECT '{}', trigger_name, action_order,"
        " CONCAT_WS(' ', event_object_table, action_timing, event_manipulation)"
        " FROM information_schema.triggers WHERE trigger_schema = {}",
        type, literal(schema_));
  }

  std::string events(const std::string& condition) const {
    return fmt::format(
        "SELECT 'EVENT', event_name,"
        " starts = CONVERT_TZ(created, @@session.time_zone, time_zone), NULL"
        " FROM information_schema.events WHERE event_schema = {}{}",
        literal(schema_), condition);
  }

  /// Those of these that are there, where that is to be asked for by name; the others are listed as
  /// they are.
  Listing named(const std::vector<core::ObjectName>& objects) {
    Listing listing = defaults();
    std::vector<std::string> tables;
    const bool places = std::ranges::any_of(objects, [](const core::ObjectName& object) {
      return object.kind == core::ObjectKind::trigger;
    });
    if (places) listing.add(triggers("PLACE"));
    for (const core::ObjectName& object : objects) {
      if (!object.schema.empty() && object.schema != schema_) continue;
      switch (object.kind) {
        case core::ObjectKind::table:
          // Nearly all are there, and to look each up takes as long as to show it.
          if (!is_history_table(object.name))
            listed_.push_back({.show = "TABLE", .name = object.name, .assumed = true});
          break;
        case core::ObjectKind::view:
        case core::ObjectKind::sequence:
          tables.push_back(object.name);
          break;
        case core::ObjectKind::event:
          listing.add(events(" AND event_name = " + literal(object.name)));
          break;
        case core::ObjectKind::procedure:
          listed_.push_back({.show = "PROCEDURE", .name = object.name});
          break;
        case core::ObjectKind::function:
          listed_.push_back({.show = "FUNCTION", .name = object.name});
          break;
        case core::ObjectKind::package:
          listed_.push_back({.show = "PACKAGE", .name = object.name});
          listed_.push_back({.show = "PACKAGE BODY", .name = object.name});
          break;
        case core::ObjectKind::trigger:
          listed_.push_back({.show = "TRIGGER", .name = object.name});
          break;
        default:
          break;
      }
    }
    if (!tables.empty()) listing.add(look_up(tables));
    return listing;
  }

  /// Which of these tables, views and sequences are there, and what they are.
  std::string look_up(const std::vector<std::string>& names) const {
    std::vector<std::string> lists;
    lists.reserve(names.size());
    for (const std::string& name : names) lists.push_back(literal(name));
    // MariaDB lists the whole schema unless it is asked for one name
    // (https://mariadb.com/kb/en/information-schema-tables/); MySQL plans each SELECT anew.
    if (result_.family == core::ServerFamily::mysql)
      lists = {fmt::format("{}", fmt::join(lists, ", "))};
    std::string sql;
    for (const std::string& list : lists) {
      sql += fmt::format(
          "{}SELECT table_type, table_name, 0, 0 FROM information_schema.tables"
          " WHERE table_schema = {} AND table_name IN ({})",
          sql.empty() ? "" : " UNION ALL ", literal(schema_), list);
    }
    return sql;
  }

  void take_listed(std::size_t statement, const Row& row) {
    if (statement == 0) {
      result_.charset = row[0].value();
      result_.collation = row[1].value();
    } else if (statement == 1) {
      default_collations_.insert_or_assign(row[0].value(), row[1].value());
    } else {
      take_object(row);
    }
  }

  void take_object(const Row& row) {
    const std::string& type = row[0].value();
    Listed listed{.show = type, .name = row[1].value()};
    if (type == "TRIGGER" || type == "PLACE") {
      firing_[row[3].value_or("")].emplace_back(number(row[2]), listed.name);
      if (type == "PLACE") return;
    } else if (type == "EVENT") {
      if (row[2] == "1") listed.starts = Starts::when_created;
    } else if (type.ends_with("TABLE") || type.ends_with("VERSIONED")) {
      if (is_history_table(listed.name)) return;
      listed.show = "TABLE";
      listed.rows = number(row[2]);
      listed.bytes = number(row[3]);
    }
    listed_.push_back(std::move(listed));
  }

  /// What is listed already, and what `listing` tells, which is asked for with the first of these.
  /// Many in a packet; where one is gone meanwhile, on behind it.
  void show(Listing listing) {
    std::size_t first = 0;
    do {
      const std::size_t in_front = std::exchange(listing.statements, 0);
      std::string sql = std::exchange(listing.sql, {});
      std::size_t end = first;
      for (; end < listed_.size() && sql.size() < most_shown_bytes; ++end) {
        sql +=
            (sql.empty() ? "" : ";") + show_create(listed_[end].show, schema_, listed_[end].name);
      }
      const auto failed =
          run(sql, [this, first, in_front](std::size_t statement, const RowView& row) {
            if (statement < in_front) return take_listed(statement, row.copy());
            take_shown(listed_[first + statement - in_front], row.copy());
          });
      if (failed && failed->first < in_front) throw ServerRefused(failed->second, sql);
      if (result_.charset.empty()) {
        throw core::Fault(core::ExitCode::configuration,
                          fmt::format("there is no schema {}", schema_));
      }
      first = failed ? first + failed->first - in_front + 1 : end;
      if (!failed) continue;
      if (means_gone(failed->second.code)) {
        if (listed_[first - 1].assumed) look_up_assumed(first);
        continue;
      }
      if (!means_hidden(failed->second.code)) throw ServerRefused(failed->second, sql);
      hide(listed_[first - 1]);
    } while (first < listed_.size());
  }

  /// Where one is not there, more may be gone: from here on only what is there is asked for.
  void look_up_assumed(std::size_t first) {
    const auto rest = std::ranges::stable_partition(
        listed_.begin() + static_cast<std::ptrdiff_t>(first), listed_.end(),
        [](const Listed& listed) { return !listed.assumed; });
    std::vector<std::string> names;
    for (Listed& listed : rest) names.push_back(std::move(listed.name));
    listed_.erase(rest.begin(), rest.end());
    if (names.empty()) return;
    const std::string sql = look_up(names);
    const auto failed =
        run(sql, [this](std::size_t, const RowView& row) { take_object(row.copy()); });
    if (failed) throw ServerRefused(failed->second, sql);
  }

  void hide(const Listed& listed) {
    result_.hidden.push_back({.kind = kind_of(listed.show), .name = listed.name});
  }

  void take_shown(const Listed& listed, const Row& row) {
    // The server shows NULL of what this account may not see.
    if (std::ranges::any_of(row, [](const auto& value) { return !value; })) return hide(listed);
    if (listed.show == "TABLE") {
      take_table(listed, row);
    } else if (listed.show == "VIEW") {
      auto view = core::schema::read_create_view(*row.at(1), schema_);
      if (view) view->creation = {.charset = *row.at(2), .collation = *row.at(3)};
      take(listed, std::move(view), result_.views);
    } else if (listed.show == "SEQUENCE") {
      take(listed, core::schema::read_create_sequence(*row.at(1), schema_), result_.sequences);
    } else if (listed.show == "TRIGGER") {
      auto trigger = core::schema::read_create_trigger(*row.at(2), creation(row, 3));
      if (trigger) place(*trigger);
      take(listed, std::move(trigger), result_.triggers);
    } else if (listed.show == "EVENT") {
      Creation made = creation(row, 4);
      made.time_zone = *row.at(2);
      take(listed, core::schema::read_create_event(*row.at(3), std::move(made), listed.starts),
           result_.events);
    } else {
      take(listed, core::schema::read_create_routine(*row.at(2), creation(row, 3)),
           result_.routines);
    }
  }

  void take_table(const Listed& listed, const Row& row) {
    constexpr std::size_t columns_of_a_view = 4;
    if (row.size() == columns_of_a_view) return list_as("VIEW", listed.name);
    take_table(listed, core::schema::read_create_table(*row.at(1), schema_));
  }

  void take_table(const Listed& listed, std::optional<core::schema::Table> table) {
    if (table && is_sequence(*table)) return list_as("SEQUENCE", listed.name);
    take(listed, std::move(table), result_.tables);
  }

  /// What was taken for a table is shown once more as what it is.
  void list_as(std::string_view show, const std::string& name) {
    listed_.push_back({.show = std::string(show), .name = name});
  }

  /// MariaDB shows one as a table too.
  static bool is_sequence(const core::schema::Table& table) {
    return std::ranges::find(table.options, "SEQUENCE", &core::schema::TableOption::name) !=
           table.options.end();
  }

  static Creation creation(const Row& row, std::size_t charset) {
    return {.sql_mode = *row.at(1),
            .charset = *row.at(charset),
            .collation = *row.at(charset + 1),
            .database_collation = *row.at(charset + 2)};
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

  void place(core::schema::Trigger& trigger) const {
    const auto group =
        firing_.find(fmt::format("{} {} {}", trigger.table, trigger.timing, trigger.event));
    if (group == firing_.end()) return;
    const auto own = std::ranges::find(group->second, trigger.name, &Place::second);
    if (own == group->second.end()) return;
    trigger.order = own->first;
    std::vector<Place> before;
    std::ranges::copy_if(group->second, std::back_inserter(before),
                         [&own](const Place& other) { return other.first < own->first; });
    std::ranges::sort(before);
    trigger.fires_behind.emplace();
    for (Place& other : before) trigger.fires_behind->push_back(std::move(other.second));
  }

  void complete(const Listed& listed, core::schema::Table& table) const {
    table.estimated_rows = listed.rows;
    table.bytes = listed.bytes;
    settle_charsets(table, default_collations_);
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
  using Place = std::pair<std::uint64_t, std::string>;  ///< among those of its group; its trigger
  std::map<std::string, std::vector<Place>> firing_;    ///< by table, timing and event
  core::schema::DefaultCollations default_collations_;
};

}  // namespace

core::schema::Schema read_schema(Connection& connection, core::ServerFamily family,
                                 const std::string& schema, TableSizes sizes) {
  return Reader(connection, family, schema).read(sizes);
}

core::schema::Schema read_schema(Connection& connection, core::ServerFamily family,
                                 const std::string& schema,
                                 const std::vector<core::ObjectName>& objects) {
  return Reader(connection, family, schema).read(objects);
}

}  // namespace migrate::mysql
