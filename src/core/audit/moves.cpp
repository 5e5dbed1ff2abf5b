#include "audit/moves.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "core/schema/definition_text.h"
#include "core/schema/difference.h"
#include "core/schema/order.h"
#include "schema/definer.h"
#include "schema/table_difference.h"

namespace migrate::core::audit {
namespace {

using schema::Column;
using schema::Index;
using schema::Table;

// The session that every step begins with; behind a program it has to come back.
constexpr std::string_view plain_mode =
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_"
    "ZERO,NO_ENGINE_SUBSTITUTION";
// For an ALTER of a table with a date that is none: whether that may stay is another question.
constexpr std::string_view mode_for_false_dates =
    "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";
constexpr std::string_view plain_collation = "utf8mb4_unicode_520_ci";

/// A program, whatever its kind.
struct Made {
  std::string create;
  std::string drop;
  schema::Creation creation;
};

class Writer {
 public:
  Writer(const Facts& facts, const schema::Schema& target)
      : facts_(facts), before_(facts.schema), after_(target) {}

  std::vector<Move> write() {
    find_changes();
    const bool dates = has_false_dates();
    plain_ = schema::session_statement(
        {.sql_mode = std::string(dates ? mode_for_false_dates : plain_mode),
         .collation = std::string(plain_collation)});
    if (dates) set_session(plain_, plain_, "dates that are none stay as they are");
    foreign_keys(Keys::dropped);
    const std::vector<std::pair<Made, Made>> programs = changed_programs();
    drop(programs);
    schema_default();
    for (const Table* table : changed_) alter(*table);
    foreign_keys(Keys::added);
    create(programs);
    if (dates) set_session(plain_, plain_, {});
    return std::move(moves_);
  }

 private:
  enum class Keys { dropped, added };

  void set_session(const std::string& up, const std::string& down, const std::string& why) {
    moves_.push_back({up, down, {}, {}});
    if (!why.empty()) moves_.back().words.push_back(why);
  }

  void find_changes() {
    for (const Table& table : before_.tables) {
      const Table& then = *after_.find_table(table.name);
      if (then.definition == table.definition) continue;
      changed_.push_back(&table);
      for (const Column& column : table.columns) {
        const Column& made = *then.find_column(column.name);
        if (made.type != column.type || made.collation != column.collation)
          in_the_way_.insert({table.name, column.name});
      }
      for (const Index& index : table.indexes) {
        const bool stays = std::ranges::any_of(
            then.indexes, [&index](const Index& one) { return one.name == index.name; });
        if (!stays && !index.parts.empty())
          in_the_way_.insert({table.name, index.parts.front().column});
      }
    }
  }

  bool has_false_dates() const {
    return std::ranges::any_of(changed_, [this](const Table* table) {
      const bool of_rows = std::ranges::any_of(
          facts_.zero_dates, [table](const ZeroDates& one) { return one.table == table->name; });
      return of_rows || std::ranges::any_of(table->columns, [](const Column& column) {
               return column.default_value && column.default_value->starts_with("'0000-00-00");
             });
    });
  }

  bool is_in_the_way(const Table& table, const schema::ForeignKey& key) const {
    const auto meets = [this](const std::string& name, const std::vector<std::string>& columns) {
      return std::ranges::any_of(columns, [&](const std::string& column) {
        return in_the_way_.contains({name, column});
      });
    };
    return meets(table.name, key.columns) ||
           (key.referenced_schema.empty() && meets(key.referenced_table, key.referenced_columns));
  }

  void foreign_keys(Keys what) {
    for (const Table& table : before_.tables) {
      std::vector<const schema::ForeignKey*> keys;
      std::string drop;
      std::string names;
      for (const schema::ForeignKey& key : table.foreign_keys) {
        if (!is_in_the_way(table, key)) continue;
        keys.push_back(&key);
        drop += fmt::format("{}\n  DROP FOREIGN KEY {}", drop.empty() ? "" : ",",
                            schema::quoted_name(key.name));
        names += (names.empty() ? "" : ", ") + key.name;
      }
      if (keys.empty()) continue;
      drop = fmt::format("ALTER TABLE {}{}", schema::quoted_name(table.name), drop);
      const std::string add = schema::add_foreign_keys(table, keys);
      if (what == Keys::dropped) {
        moves_.push_back({drop, add, {}, {"out of the way, for what follows: " + names}});
      } else {
        moves_.push_back({add, drop, table.name, {"again as before: " + names}});
      }
    }
  }

  void schema_default() {
    if (before_.collation == after_.collation) return;
    const auto text = [](const schema::Schema& schema) {
      return fmt::format("ALTER DATABASE DEFAULT CHARACTER SET {} COLLATE {}", schema.charset,
                         schema.collation);
    };
    moves_.push_back(
        {text(after_),
         text(before_),
         {},
         {fmt::format("what new tables get: {} becomes {}", before_.collation, after_.collation)}});
  }

  std::string statement(const Table& expected, const schema::Schema& expected_schema,
                        const Table& found, const schema::Schema& found_schema) const {
    for (const schema::Repair& repair :
         schema::table_difference(expected, found, expected_schema, found_schema).repairs) {
      if (repair.phase == schema::Repair::Phase::alter_tables) return repair.sql;
    }
    return {};
  }

  void alter(const Table& table) {
    const Table& then = *after_.find_table(table.name);
    moves_.push_back({statement(then, after_, table, before_),
                      statement(table, before_, then, after_), table.name, words(table, then)});
  }

  static std::vector<std::string> words(const Table& table, const Table& then) {
    std::vector<std::string> words;
    const auto say = [&words](const std::string& what, const std::string& is,
                              const std::string& as) {
      if (is != as) words.push_back(fmt::format("{}: {} becomes {}", what, is, as));
    };
    say("default", table.collation, then.collation);
    say("engine", table.engine, then.engine);
    if (then.row_format != table.row_format) words.push_back("rows become " + then.row_format);
    for (const Column& column : table.columns) {
      const Column& made = *then.find_column(column.name);
      say(column.name, column.type, made.type);
      say(column.name, column.collation, made.collation);
    }
    for (const Index& index : table.indexes) {
      if (std::ranges::find(then.indexes, index.name, &Index::name) == then.indexes.end())
        words.push_back(fmt::format("index {} goes: another one serves", index.name));
    }
    for (const Index& index : then.indexes) {
      if (std::ranges::find(table.indexes, index.name, &Index::name) == table.indexes.end())
        words.push_back(fmt::format("index {} is new", index.name));
    }
    return words;
  }

  template <class Program>
  static Made made(const Program& program, const std::string& word) {
    return {schema::with_definer(program.definition, program.definer),
            fmt::format("DROP {} {}", word, schema::quoted_name(program.name)), program.creation};
  }

  template <class Program, class Word>
  static void add_changed(const std::vector<Program>& before, const std::vector<Program>& after,
                          const Word& word, std::vector<std::pair<Made, Made>>& changed) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      const schema::Creation& is = before[i].creation;
      const schema::Creation& as = after[i].creation;
      if (is.collation == as.collation && is.database_collation == as.database_collation) continue;
      changed.emplace_back(made(before[i], word(before[i])), made(after[i], word(after[i])));
    }
  }

  /// As they were and as they become, in an order in which they can be made.
  std::vector<std::pair<Made, Made>> changed_programs() const {
    std::vector<std::pair<Made, Made>> changed;
    add_changed(
        before_.routines, after_.routines,
        [](const schema::Routine& routine) { return std::string(sql_word(routine.kind)); },
        changed);
    add_changed(
        in_order(before_), in_order(after_),
        [](const schema::View&) { return std::string("VIEW"); }, changed);
    add_changed(
        before_.triggers, after_.triggers,
        [](const schema::Trigger&) { return std::string("TRIGGER"); }, changed);
    return changed;
  }

  static std::vector<schema::View> in_order(const schema::Schema& schema) {
    std::vector<schema::View> views;
    for (const schema::View* view : schema::in_creation_order(schema.views)) views.push_back(*view);
    return views;
  }

  /// What is dropped first is made last on the way back; there the session that it was made in
  /// stands in front of it, and the schema's default at that time around it.
  void drop(const std::vector<std::pair<Made, Made>>& programs) {
    for (auto one = programs.rbegin(); one != programs.rend(); ++one) {
      const Made& old = one->first;
      const bool other_default = !old.creation.database_collation.empty() &&
                                 old.creation.database_collation != before_.collation;
      if (other_default) default_for(before_.collation);
      moves_.push_back({old.drop, old.create, {}, {"made again below, in another session"}});
      if (other_default) default_for(old.creation.database_collation);
      const std::string session = schema::session_statement(old.creation);
      const auto next = std::next(one);
      if (next == programs.rend() || schema::session_statement(next->first.creation) != session)
        set_session(plain_, session, {});
    }
  }

  /// Up it is as it is already.
  void default_for(const std::string& collation) {
    moves_.push_back({"ALTER DATABASE DEFAULT COLLATE " + before_.collation,
                      "ALTER DATABASE DEFAULT COLLATE " + collation,
                      {},
                      {}});
  }

  void create(const std::vector<std::pair<Made, Made>>& programs) {
    std::string session;
    for (const auto& [old, made] : programs) {
      const std::string needed = schema::session_statement(made.creation);
      if (needed != session) set_session(needed, plain_, {});
      session = needed;
      moves_.push_back({made.create, made.drop, {}, {}});
    }
  }

  const Facts& facts_;
  const schema::Schema& before_;
  const schema::Schema& after_;
  std::vector<Move> moves_;
  std::string plain_;  ///< sets the session for anything but a program
  std::vector<const Table*> changed_;
  std::set<std::pair<std::string, std::string>> in_the_way_;  ///< columns, with their tables
};

}  // namespace

std::vector<Move> moves(const Facts& facts, const schema::Schema& target) {
  return Writer(facts, target).write();
}

}  // namespace migrate::core::audit
