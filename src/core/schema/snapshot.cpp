#include "core/schema/snapshot.h"

#include <fmt/format.h>

#include "core/schema/definition_text.h"
#include "core/schema/order.h"
#include "definer.h"
#include "script_piece.h"
#include "table_difference.h"

namespace migrate::core::schema {
namespace {

constexpr int format = 1;

/// Of tables: nothing that they were once allowed to have is refused.
constexpr std::string_view table_mode = "NO_ENGINE_SUBSTITUTION";
constexpr std::string_view plain_collation = "utf8mb4_unicode_520_ci";
constexpr std::string_view plain_zone = "+00:00";

class Writer {
 public:
  Writer(const Schema& schema, Definers definers) : schema_(schema), definers_(definers) {}

  std::string write() {
    begin();
    for (const Sequence& sequence : schema_.sequences) statement(sequence.definition);
    tables();
    for (const Routine& routine : schema_.routines) program(routine);
    for (const View* view : in_creation_order(schema_.views)) program(*view);
    for (const Trigger& trigger : schema_.triggers) program(trigger);
    for (const Event& event : schema_.events) program(event);
    end();
    return std::move(text_);
  }

 private:
  void statement(const std::string& sql) { text_ += sql + ";\n\n"; }

  // MariaDB's client leaves comments out of what it sends, unless it is told not to.
  void begin() {
    const bool mariadb = schema_.family == ServerFamily::mariadb;
    text_ = fmt::format(
        "-- migrate snapshot, format {}, {}\n"
        "-- Load it into an empty schema: migrate exec FILE, or {} --comments SCHEMA < FILE\n\n",
        format, mariadb ? "MariaDB" : "MySQL", mariadb ? "mariadb" : "mysql");
    text_ +=
        "SET @migrate_client = @@character_set_client, @migrate_results = "
        "@@character_set_results,\n"
        "  @migrate_collation = @@collation_connection, @migrate_mode = @@sql_mode,\n"
        "  @migrate_zone = @@time_zone, @migrate_keys = @@foreign_key_checks;\n";
    text_ += fmt::format(
        "SET NAMES utf8mb4 COLLATE {};\n"
        "SET SESSION sql_mode = '{}', time_zone = '{}', foreign_key_checks = 0;\n",
        plain_collation, table_mode, plain_zone);
    statement(database_defaults(schema_.collation));
  }

  void end() {
    text_ +=
        "SET SESSION sql_mode = @migrate_mode, time_zone = @migrate_zone,\n"
        "  foreign_key_checks = @migrate_keys, character_set_client = @migrate_client,\n"
        "  character_set_results = @migrate_results, collation_connection = @migrate_collation;\n";
  }

  /// Of the schema that the session is in; what is made without a character set of its own gets it.
  static std::string database_defaults(const std::string& collation) {
    return fmt::format("ALTER DATABASE DEFAULT COLLATE {}", collation);
  }

  void tables() {
    std::vector<std::pair<const Table*, std::vector<const ForeignKey*>>> circles;
    for (const OrderedTable& ordered : in_creation_order(schema_.tables)) {
      statement(create_table_without(*ordered.table, ordered.later));
      if (!ordered.later.empty()) circles.emplace_back(ordered.table, ordered.later);
    }
    for (const auto& [table, keys] : circles) statement(add_foreign_keys(*table, keys));
  }

  template <class Program>
  void program(const Program& program) {
    const Creation& creation = program.creation;
    const bool other_default =
        !creation.database_collation.empty() && creation.database_collation != schema_.collation;
    if (other_default) statement(database_defaults(creation.database_collation));
    if (const std::string session = session_statement(creation); session != session_) {
      statement(session);
      session_ = session;
    }
    const std::string sql = definers_ == Definers::kept
                                ? with_definer(program.definition, program.definer)
                                : program.definition;
    text_ += script_piece(sql) + "\n";
    if (other_default) statement(database_defaults(schema_.collation));
  }

  const Schema& schema_;
  Definers definers_;
  std::string text_;
  std::string session_;
};

}  // namespace

std::string snapshot(const Schema& schema, Definers definers) {
  return Writer(schema, definers).write();
}

}  // namespace migrate::core::schema
