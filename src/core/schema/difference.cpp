#include "core/schema/difference.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/schema/definition_text.h"
#include "core/schema/order.h"
#include "core/text_difference.h"
#include "firing_order.h"
#include "script_piece.h"
#include "table_difference.h"

namespace migrate::core::schema {
namespace {

using Phase = Repair::Phase;
using Kind = Difference::Kind;

void say_lines(std::vector<std::string>& words, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

void say_creation(std::vector<std::string>& words, const Creation& expected,
                  const Creation& found) {
  const auto differ = [&words](std::string_view what, const std::string& is,
                               const std::string& as) {
    if (is != as) words.push_back(fmt::format("was created with {} {}, expected {}", what, is, as));
  };
  differ("sql_mode", found.sql_mode, expected.sql_mode);
  differ("collation", found.collation, expected.collation);
  differ("the schema's collation being", found.database_collation, expected.database_collation);
  differ("time zone", found.time_zone, expected.time_zone);
}

class Comparison {
 public:
  Comparison(const Schema& expected, const Schema& found) : expected_(expected), found_(found) {}

  std::vector<Difference> compare() {
    defaults();
    sequences();
    tables();
    programs(
        expected_.routines, found_.routines, Phase::create_routines,
        [](const Routine& routine) {
          return ObjectName{.kind = object_kind(routine.kind), .name = routine.name};
        },
        [](const Routine& routine) {
          return fmt::format("DROP {} {}", sql_word(routine.kind), quoted_name(routine.name));
        });
    package_bodies();
    programs(
        in_order(expected_.views), found_.views, Phase::create_views,
        [](const View& view) { return ObjectName{.kind = ObjectKind::view, .name = view.name}; },
        [](const View& view) { return "DROP VIEW " + quoted_name(view.name); });
    triggers();
    programs(
        expected_.events, found_.events, Phase::create_events,
        [](const Event& event) {
          return ObjectName{.kind = ObjectKind::event, .name = event.name};
        },
        [](const Event& event) { return "DROP EVENT " + quoted_name(event.name); });
    std::erase_if(differences_, [this](const Difference& difference) {
      return is_hidden(expected_, difference.object) || is_hidden(found_, difference.object);
    });
    return std::move(differences_);
  }

 private:
  static bool is_hidden(const Schema& schema, const ObjectName& object) {
    return std::ranges::any_of(schema.hidden, [&object](const ObjectName& hidden) {
      return hidden.kind == object.kind && hidden.name == object.name;
    });
  }

  static ObjectKind object_kind(RoutineKind kind) {
    if (kind == RoutineKind::procedure) return ObjectKind::procedure;
    return kind == RoutineKind::function ? ObjectKind::function : ObjectKind::package;
  }

  static std::vector<View> in_order(const std::vector<View>& views) {
    std::vector<View> ordered;
    for (const View* view : in_creation_order(views)) ordered.push_back(*view);
    return ordered;
  }

  void defaults() {
    if (expected_.charset == found_.charset && expected_.collation == found_.collation) return;
    differences_.push_back(
        {.object = {.kind = ObjectKind::schema, .name = found_.name},
         .words = {fmt::format("default character set is {} ({}), expected {} ({})", found_.charset,
                               found_.collation, expected_.charset, expected_.collation)},
         .repairs = {{Phase::schema_defaults,
                      fmt::format("ALTER DATABASE DEFAULT CHARACTER SET {} COLLATE {}",
                                  expected_.charset, expected_.collation)}}});
  }

  void sequences() {
    std::map<std::string, const Sequence*> there;
    for (const Sequence& sequence : found_.sequences) there.emplace(sequence.name, &sequence);
    for (const Sequence& sequence : expected_.sequences) {
      const ObjectName name{.kind = ObjectKind::sequence, .name = sequence.name};
      const Repair create{Phase::create_sequences, sequence.definition};
      const auto found = there.find(sequence.name);
      if (found == there.end()) {
        differences_.push_back({.object = name, .kind = Kind::missing, .repairs = {create}});
        continue;
      }
      if (found->second->definition != sequence.definition) {
        differences_.push_back(
            {.object = name,
             .words = {fmt::format("is {}, expected {}", found->second->definition,
                                   sequence.definition)},
             .repairs = {{Phase::alter_tables, alter_sequence(sequence)}}});
      }
      there.erase(found);
    }
    for (const auto& [name, sequence] : there) {
      differences_.push_back(
          {.object = {.kind = ObjectKind::sequence, .name = name},
           .kind = Kind::unexpected,
           .repairs = {{Phase::drop_tables, "DROP SEQUENCE " + quoted_name(name)}}});
    }
  }

  /// https://mariadb.com/kb/en/alter-sequence/: the same options, but no engine.
  static std::string alter_sequence(const Sequence& sequence) {
    constexpr std::string_view create = "CREATE";
    const std::string text = "ALTER" + sequence.definition.substr(create.size());
    return text.substr(0, text.rfind(" ENGINE="));
  }

  void tables() {
    std::map<std::string, const Table*> there;
    for (const Table& table : found_.tables) there.emplace(table.name, &table);
    for (const Table& table : expected_.tables) {
      const auto found = there.find(table.name);
      if (found == there.end()) {
        missing_table(table);
        continue;
      }
      if (found->second->definition != table.definition)
        differences_.push_back(table_difference(table, *found->second, expected_, found_));
      there.erase(found);
    }
    for (const auto& [name, table] : there) {
      Difference& difference = differences_.emplace_back(Difference{
          .object = {.kind = ObjectKind::table, .name = name}, .kind = Kind::unexpected});
      for (const ForeignKey& key : table->foreign_keys) {
        const bool other = key.referenced_table != name && there.contains(key.referenced_table);
        if (other) difference.repairs.push_back(drop_foreign_key(name, key.name));
      }
      difference.repairs.push_back({Phase::drop_tables, "DROP TABLE " + quoted_name(name)});
    }
  }

  void missing_table(const Table& table) {
    std::vector<const ForeignKey*> keys;
    keys.reserve(table.foreign_keys.size());
    for (const ForeignKey& key : table.foreign_keys) keys.push_back(&key);
    Difference& difference = differences_.emplace_back(
        Difference{.object = {.kind = ObjectKind::table, .name = table.name},
                   .kind = Kind::missing,
                   .repairs = {{Phase::create_tables, create_table_without(table, keys)}}});
    if (!keys.empty())
      difference.repairs.push_back({Phase::add_foreign_keys, add_foreign_keys(table, keys)});
  }

  /// The body goes with a package that is made again.
  void package_bodies() {
    for (Difference& difference : differences_) {
      if (difference.object.kind != ObjectKind::package || difference.kind != Kind::changed)
        continue;
      for (const Routine& routine : expected_.routines) {
        const bool body =
            routine.kind == RoutineKind::package_body && routine.name == difference.object.name;
        if (body) {
          difference.repairs.push_back(
              {Phase::create_routines, routine.definition, routine.creation});
        }
      }
    }
  }

  /// A changed program is dropped and made again.
  /// MariaDB knows packages in its Oracle mode only.
  static Creation session_to_drop(const Routine& routine) {
    const bool package =
        routine.kind == RoutineKind::package || routine.kind == RoutineKind::package_body;
    return package ? routine.creation : Creation();
  }
  template <class Program>
  static Creation session_to_drop(const Program&) {
    return {};
  }

  template <class Program, class Name, class Drop>
  void programs(const std::vector<Program>& expected, const std::vector<Program>& found,
                Phase create, const Name& name, const Drop& drop) {
    // A package and its body have one name; what drops them has not.
    std::map<std::string, const Program*> there;
    for (const Program& program : found) there.emplace(drop(program), &program);
    for (const Program& program : expected) {
      const Repair creation{create, program.definition, program.creation};
      const auto other = there.find(drop(program));
      if (other == there.end()) {
        differences_.push_back(
            {.object = name(program), .kind = Kind::missing, .repairs = {creation}});
        continue;
      }
      Difference difference{.object = name(program)};
      if (other->second->definition != program.definition) {
        difference.words.emplace_back("is defined in another way (- expected, + found):");
        say_lines(difference.words, text_difference(program.definition, other->second->definition));
      }
      say_creation(difference.words, program.creation, other->second->creation);
      if (!difference.words.empty()) {
        difference.repairs = {{Phase::drop_programs, drop(program), session_to_drop(program)},
                              creation};
        differences_.push_back(std::move(difference));
      }
      there.erase(other);
    }
    for (const auto& [dropping, program] : there) {
      differences_.push_back(
          {.object = name(*program),
           .kind = Kind::unexpected,
           .repairs = {{Phase::drop_programs, dropping, session_to_drop(*program)}}});
    }
  }

  void triggers() {
    std::vector<Difference> others = std::exchange(differences_, {});
    programs(
        expected_.triggers, found_.triggers, Phase::create_triggers,
        [](const Trigger& trigger) {
          return ObjectName{.kind = ObjectKind::trigger, .name = trigger.name};
        },
        [](const Trigger& trigger) { return "DROP TRIGGER " + quoted_name(trigger.name); });
    std::ranges::move(
        with_firing_order(std::move(differences_), expected_.triggers, found_.triggers),
        std::back_inserter(others));
    differences_ = std::move(others);
  }

  const Schema& expected_;
  const Schema& found_;
  std::vector<Difference> differences_;
};

}  // namespace

std::string words_for(const ObjectName& object) {
  return fmt::format("{} {}", word_of(object.kind), object.name);
}

std::string names_of(const std::vector<Difference>& differences) {
  std::string names;
  for (const Difference& difference : differences)
    names += (names.empty() ? "" : ", ") + words_for(difference.object);
  return names;
}

std::vector<Difference> differences(const Schema& expected, const Schema& found) {
  return Comparison(expected, found).compare();
}

std::vector<Repair> repair_script(const std::vector<Difference>& differences) {
  std::vector<Repair> script;
  std::set<std::string> seen;
  for (const Difference& difference : differences) {
    for (const Repair& repair : difference.repairs) {
      if (seen.insert(repair.sql).second) script.push_back(repair);
    }
  }
  std::ranges::stable_sort(script, {}, &Repair::phase);
  return script;
}

std::string repair_text(const std::vector<Difference>& differences) {
  std::string text;
  std::string session;
  for (const Repair& repair : repair_script(differences)) {
    if (!repair.creation.collation.empty()) {
      const std::string needed = session_statement(repair.creation);
      if (needed != session) text += script_piece(needed);
      session = needed;
    }
    text += script_piece(repair.sql);
  }
  return text;
}

}  // namespace migrate::core::schema
