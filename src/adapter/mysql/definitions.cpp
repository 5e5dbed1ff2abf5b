#include "definitions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "create_table_text.h"
#include "definition_hash.h"
#include "literal.h"
#include "show_create.h"

namespace migrate::mysql {
namespace {

// Errors of mysqld_error.h; those above 4000 are MariaDB's.
constexpr unsigned er_table_access_denied = 1142;
constexpr std::array absent_codes{1049U,  // ER_BAD_DB_ERROR
                                  1146U,  // ER_NO_SUCH_TABLE
                                  1305U,  // ER_SP_DOES_NOT_EXIST
                                  1360U,  // ER_TRG_DOES_NOT_EXIST
                                  1539U,  // ER_EVENT_DOES_NOT_EXIST
                                  // ER_TRG_CORRUPTED_FILE: a MariaDB that died in its DROP or
                                  // CREATE has left a file of it, which its table does not know.
                                  1602U};
constexpr std::array other_kind_codes{1347U,   // ER_WRONG_OBJECT
                                      4089U};  // ER_NOT_SEQUENCE
/// Another time it may go well, so it is no verdict on the object.
constexpr std::array passing_codes{1205U,   // ER_LOCK_WAIT_TIMEOUT
                                   1213U,   // ER_LOCK_DEADLOCK
                                   1317U,   // ER_QUERY_INTERRUPTED
                                   1969U,   // ER_STATEMENT_TIMEOUT
                                   3024U};  // ER_QUERY_TIMEOUT

template <std::size_t size>
bool among(unsigned code, const std::array<unsigned, size>& codes) {
  return std::ranges::find(codes, code) != codes.end();
}

/// A statement that shows the definition of an object.
struct Probe {
  std::size_t object = 0;
  core::ObjectKind kind = core::ObjectKind::table;  ///< that it asks for
  std::string sql;
};

struct Question {
  std::string sql;
  bool looks_up = false;  ///< its first statement does
};

/// Every value, each with its length, so that no two rows read alike.
void append(std::string& text, const Row& row) {
  for (const auto& value : row) text += fmt::format("{}:{};", value->size(), *value);
}

bool has_null(const Row& row) {
  return std::ranges::any_of(row, [](const auto& value) { return !value; });
}

/// What the server shows of an object; empty: there is none.
struct Shown {
  bool readable = true;
  std::string all;           ///< every value
  std::string create_table;  ///< of a table
  std::string engine;
};

class Reader {
 public:
  Reader(core::ServerFamily family, const std::string& schema,
         const std::vector<core::ObjectName>& objects)
      : family_(family), schema_(schema), objects_(objects), shown_(objects.size()) {}

  std::vector<std::optional<port::Definition>> read(Connection& connection) {
    for (std::size_t object = 0; object < objects_.size(); ++object) add_probes(object);
    while (!probes_.empty()) ask(connection, std::exchange(probes_, {}));
    std::vector<std::optional<port::Definition>> definitions;
    for (Shown& shown : shown_) {
      definitions.emplace_back();
      if (!shown.readable) continue;
      definitions.back().emplace(
          port::Definition{.fingerprint = shown.all.empty() ? "" : definition_hash(shown.all),
                           .create_table = std::move(shown.create_table),
                           .engine = std::move(shown.engine)});
    }
    return definitions;
  }

 private:
  const std::string& schema_of(std::size_t object) const {
    return objects_[object].schema.empty() ? schema_ : objects_[object].schema;
  }

  void add_probes(std::size_t object) {
    switch (objects_[object].kind) {
      case core::ObjectKind::table:
        return add_show(object, core::ObjectKind::table, "TABLE");
      case core::ObjectKind::sequence:
        return add_show(object, core::ObjectKind::sequence, "SEQUENCE");
      case core::ObjectKind::view:
        return add_view(object);
      case core::ObjectKind::procedure:
        return add_show(object, core::ObjectKind::procedure, "PROCEDURE");
      case core::ObjectKind::function:
        return add_show(object, core::ObjectKind::function, "FUNCTION");
      case core::ObjectKind::trigger:
        return add_show(object, core::ObjectKind::trigger, "TRIGGER");
      case core::ObjectKind::event:
        return add_show(object, core::ObjectKind::event, "EVENT");
      case core::ObjectKind::package:
        add_show(object, core::ObjectKind::package, "PACKAGE");
        return add_show(object, core::ObjectKind::package, "PACKAGE BODY");
      case core::ObjectKind::schema:
        return add(object, core::ObjectKind::schema,
                   fmt::format("SHOW CREATE DATABASE {}", identifier(objects_[object].name)));
      case core::ObjectKind::account:
        return add_account(object);
      case core::ObjectKind::index:  // is never asked for: it is part of its table
        shown_[object].readable = false;
    }
  }

  void add(std::size_t object, core::ObjectKind kind, std::string sql) {
    shown_[object] = {};
    probes_.push_back({object, kind, std::move(sql)});
  }

  void add_show(std::size_t object, core::ObjectKind kind, std::string_view words) {
    add(object, kind, show_create(words, schema_of(object), objects_[object].name));
  }

  // SHOW CREATE VIEW shows another text as soon as a table under the view is gone.
  void add_view(std::size_t object) {
    const std::string where =
        fmt::format("table_schema = {} AND table_name = {}", literal(schema_of(object)),
                    literal(objects_[object].name));
    add(object, core::ObjectKind::view,
        fmt::format("SELECT view_definition, check_option, definer, security_type, "
                    "character_set_client, collation_connection "
                    "FROM information_schema.views WHERE {0} "
                    "UNION ALL SELECT table_type, NULL, NULL, NULL, NULL, NULL "
                    "FROM information_schema.tables WHERE {0} AND table_type NOT LIKE '%VIEW'",
                    where));
  }

  void add_account(std::size_t object) {
    const std::string& name = objects_[object].name;
    const std::size_t at = name.rfind('@');
    // Without a host it is an account of every host, or a role, which on MariaDB has none.
    const std::string host = at == std::string::npos
                                 ? "IN ('%', '')"
                                 : fmt::format("= {}", literal(name.substr(at + 1)));
    add(object, core::ObjectKind::account,
        fmt::format("SELECT 'account' FROM mysql.user WHERE user = {} AND host {} LIMIT 1",
                    literal(name.substr(0, at)), host));
  }

  /// Tells which of the tables exist; reads nothing of the others.
  static bool named_by_look_up(const Probe& probe) {
    return probe.kind == core::ObjectKind::table || probe.kind == core::ObjectKind::sequence;
  }

  /// Selects the objects, as numbers and lists of them, that are tables and exist; empty: none of
  /// them can be one.
  std::string look_up(const std::vector<Probe>& probes) const {
    std::map<std::string, std::vector<std::size_t>> by_schema;
    for (const Probe& probe : probes)
      if (named_by_look_up(probe)) by_schema[schema_of(probe.object)].push_back(probe.object);
    std::string sql;
    for (const auto& [schema, tables] : by_schema) {
      sql += sql.empty() ? "" : " UNION ALL ";
      sql += family_ == core::ServerFamily::mysql ? look_up_at_once(schema, tables)
                                                  : look_up_one_by_one(schema, tables);
    }
    return sql;
  }

  /// MySQL plans each SELECT from its data dictionary anew: 64 of them take 40 ms, one takes 1.
  std::string look_up_at_once(const std::string& schema,
                              const std::vector<std::size_t>& tables) const {
    std::string names;
    std::string numbers;
    for (const std::size_t table : tables) {
      const std::string name = literal(objects_[table].name);
      names += (names.empty() ? "" : ", ") + name;
      // Two names may be one table: the server compares them.
      numbers += fmt::format(", IF(table_name = {}, {}, NULL)", name, table);
    }
    return fmt::format(
        "SELECT CONCAT_WS(','{}) FROM information_schema.tables WHERE table_schema = {} AND "
        "table_name IN ({})",
        numbers, literal(schema), names);
  }

  /// MariaDB lists the whole schema unless it is asked for one name
  /// (https://mariadb.com/kb/en/information-schema-tables/).
  std::string look_up_one_by_one(const std::string& schema,
                                 const std::vector<std::size_t>& tables) const {
    std::string sql;
    for (const std::size_t table : tables) {
      sql += fmt::format(
          "{}SELECT {} FROM information_schema.tables WHERE table_schema = {} AND table_name = {}",
          sql.empty() ? "" : " UNION ALL ", table, literal(schema), literal(objects_[table].name));
    }
    return sql;
  }

  Question question(const std::vector<Probe>& probes) const {
    Question question;
    // Of one object its own statement tells all.
    if (probes.size() > 1) question.sql = look_up(probes);
    question.looks_up = !question.sql.empty();
    for (const Probe& probe : probes) question.sql += (question.sql.empty() ? "" : ";") + probe.sql;
    return question;
  }

  /// Sends them all. The server stops at the first that fails; what is behind it is asked again,
  /// but for the tables that are not there.
  void ask(Connection& connection, const std::vector<Probe>& probes) {
    const Question asked = question(probes);
    bool looking_up = asked.looks_up;

    std::set<std::string> existing;
    std::size_t answered = 0;
    std::optional<core::ServerError> error;
    std::vector<Row> rows;
    connection.query(
        asked.sql,
        [&](const StatementOutcome& outcome) {
          if (outcome.lost) {
            throw core::Fault(
                core::ExitCode::unavailable,
                fmt::format("the connection to the server was lost: {}", outcome.error->message));
          }
          if (outcome.error) {
            error = outcome.error;
          } else if (std::exchange(looking_up, false)) {
            for (const Row& row : rows) take_existing(*row.at(0), existing);
          } else {
            take(probes[answered++], rows);
          }
          rows.clear();
        },
        [&](const RowView& row) { rows.push_back(row.copy()); });
    if (!error) return;
    if (looking_up) throw ServerRefused(*error, asked.sql);

    const Probe& failed = probes[answered];
    refused(failed, *error);
    const bool sees_all = error->code != er_table_access_denied;
    std::copy_if(probes.begin() + static_cast<std::ptrdiff_t>(answered) + 1, probes.end(),
                 std::back_inserter(probes_), [&](const Probe& probe) {
                   return !(sees_all && named_by_look_up(probe) &&
                            !existing.contains(std::to_string(probe.object)));
                 });
  }

  static void take_existing(std::string_view numbers, std::set<std::string>& existing) {
    while (!numbers.empty()) {
      const std::size_t comma = std::min(numbers.find(','), numbers.size());
      existing.emplace(numbers.substr(0, comma));
      numbers.remove_prefix(std::min(comma + 1, numbers.size()));
    }
  }

  static void take_table(Shown& shown, std::string& create_table) {
    create_table = without_counter(std::move(create_table));
    shown.create_table = create_table;
    shown.engine = engine_of(create_table);
  }

  void take(const Probe& probe, std::vector<Row>& rows) {
    Shown& shown = shown_[probe.object];
    if (rows.empty() || !shown.readable) return;
    Row& row = rows.front();
    if (probe.kind == core::ObjectKind::view && !row.back()) {  // it is no view
      return add_show(probe.object, core::ObjectKind::table, "TABLE");
    }
    constexpr std::size_t columns_of_a_view = 4;
    if (probe.kind == core::ObjectKind::table && row.size() == columns_of_a_view) {
      return add_view(probe.object);
    }
    constexpr std::size_t created = 6;
    if (probe.kind == core::ObjectKind::trigger && row.size() > created) row.resize(created);
    // The server leaves out what this account may not see.
    if (has_null(row) || (probe.kind == core::ObjectKind::view && row.front()->empty())) {
      shown.readable = false;
      return;
    }
    if (probe.kind == core::ObjectKind::table) take_table(shown, *row[1]);
    append(shown.all, row);
  }

  void refused(const Probe& probe, const core::ServerError& error) {
    if (among(error.code, absent_codes)) return;
    if (among(error.code, passing_codes)) throw ServerRefused(error, probe.sql);
    if (among(error.code, other_kind_codes)) {
      return add_show(probe.object, core::ObjectKind::table, "TABLE");
    }
    shown_[probe.object].readable = false;
  }

  core::ServerFamily family_;
  const std::string& schema_;
  const std::vector<core::ObjectName>& objects_;
  std::vector<Shown> shown_;   ///< one an object
  std::vector<Probe> probes_;  ///< to be asked
};

}  // namespace

std::vector<std::optional<port::Definition>> read_definitions(
    Connection& connection, core::ServerFamily family, const std::string& schema,
    const std::vector<core::ObjectName>& objects) {
  return Reader(family, schema, objects).read(connection);
}

}  // namespace migrate::mysql
