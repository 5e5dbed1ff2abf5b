#include "core/schema/kept.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ascii.h"
#include "core/schema/definition_text.h"
#include "kept_firing.h"

namespace migrate::core::schema {
namespace {

KeptKind kept_kind(RoutineKind kind) {
  switch (kind) {
    case RoutineKind::procedure:
      return KeptKind::procedure;
    case RoutineKind::function:
      return KeptKind::function;
    case RoutineKind::package:
      return KeptKind::package;
    case RoutineKind::package_body:
      break;
  }
  return KeptKind::package_body;
}

constexpr std::array<std::pair<KeptKind, ObjectKind>, 10> kinds{
    {{KeptKind::schema, ObjectKind::schema},
     {KeptKind::table, ObjectKind::table},
     {KeptKind::view, ObjectKind::view},
     {KeptKind::procedure, ObjectKind::procedure},
     {KeptKind::function, ObjectKind::function},
     {KeptKind::package, ObjectKind::package},
     {KeptKind::package_body, ObjectKind::package},
     {KeptKind::trigger, ObjectKind::trigger},
     {KeptKind::event, ObjectKind::event},
     {KeptKind::sequence, ObjectKind::sequence}}};

ObjectKind object_kind(KeptKind kind) {
  return std::ranges::find(kinds, kind, &std::pair<KeptKind, ObjectKind>::first)->second;
}

KeptKind kept_kind(ObjectKind kind) {
  return std::ranges::find(kinds, kind, &std::pair<KeptKind, ObjectKind>::second)->first;
}

template <class Object>
KeptObject kept(KeptKind kind, const Object& object) {
  return {.kind = kind,
          .name = object.name,
          .definition = object.definition,
          .fingerprint = object.fingerprint};
}

template <class Program>
KeptObject kept_program(KeptKind kind, const Program& program) {
  KeptObject object = kept(kind, program);
  object.creation = program.creation;
  return object;
}

template <class Object>
void add(std::vector<Object>& objects, std::optional<Object> object, const KeptObject& kept) {
  if (!object) return;
  object->fingerprint = kept.fingerprint;
  objects.push_back(*std::move(object));
}

bool shares_names_of_tables(KeptKind kind) {
  return kind == KeptKind::table || kind == KeptKind::view || kind == KeptKind::sequence;
}

}  // namespace

std::vector<KeptObject> kept_objects(const Schema& schema) {
  std::vector<KeptObject> objects;
  const std::string defaults = schema.charset + " " + schema.collation;
  objects.push_back({.kind = KeptKind::schema, .definition = defaults, .fingerprint = defaults});
  for (const Table& table : schema.tables) objects.push_back(kept(KeptKind::table, table));
  for (const View& view : schema.views) objects.push_back(kept_program(KeptKind::view, view));
  for (const Routine& routine : schema.routines)
    objects.push_back(kept_program(kept_kind(routine.kind), routine));
  for (const Trigger& trigger : schema.triggers) {
    objects.push_back(kept_program(KeptKind::trigger, trigger));
    objects.back().table = trigger.table;
    objects.back().fires_behind = trigger.fires_behind;
  }
  for (const Event& event : schema.events) objects.push_back(kept_program(KeptKind::event, event));
  for (const Sequence& sequence : schema.sequences)
    objects.push_back(kept(KeptKind::sequence, sequence));
  for (const ObjectName& hidden : schema.hidden)
    objects.push_back({.kind = kept_kind(hidden.kind), .name = hidden.name});
  return objects;
}

ObjectName name_of(const KeptObject& object) {
  return {.kind = object_kind(object.kind), .name = object.name};
}

Schema schema_of(const std::vector<KeptObject>& objects, ServerFamily family) {
  Schema schema{.family = family};
  for (const KeptObject& object : objects) {
    const std::string& text = object.definition;
    if (text.empty()) {
      schema.hidden.push_back({.kind = object_kind(object.kind), .name = object.name});
      continue;
    }
    switch (object.kind) {
      case KeptKind::schema: {
        const std::size_t space = text.find(' ');
        schema.charset = text.substr(0, space);
        schema.collation = text.substr(std::min(text.size(), space + 1));
        break;
      }
      case KeptKind::table: {
        auto table = read_create_table(text, {});
        if (table) settle_charsets(*table, {});
        add(schema.tables, std::move(table), object);
        break;
      }
      case KeptKind::view: {
        auto view = read_create_view(text, {});
        if (view) view->creation = object.creation;
        add(schema.views, std::move(view), object);
        break;
      }
      case KeptKind::procedure:
      case KeptKind::function:
      case KeptKind::package:
      case KeptKind::package_body:
        add(schema.routines, read_create_routine(text, object.creation, Comments::as_defined),
            object);
        break;
      case KeptKind::trigger:
        add(schema.triggers, read_create_trigger(text, object.creation), object);
        break;
      case KeptKind::event:
        add(schema.events,
            read_create_event(text, object.creation, Starts::as_declared, Comments::as_defined),
            object);
        break;
      case KeptKind::sequence:
        add(schema.sequences, read_create_sequence(text, {}), object);
        break;
    }
  }
  order_triggers(schema.triggers, objects);
  return schema;
}

bool is_named(const KeptObject& object, const ObjectName& name) {
  // There is only one, and it is kept without its name.
  if (name.kind == ObjectKind::schema) return object.kind == KeptKind::schema;
  // Names of routines and events are the same in any case, those of tables not
  // (https://dev.mysql.com/doc/refman/9.7/en/identifier-case-sensitivity.html).
  const bool any_case = name.kind == ObjectKind::procedure || name.kind == ObjectKind::function ||
                        name.kind == ObjectKind::package || name.kind == ObjectKind::event;
  const bool same =
      any_case ? to_upper(object.name) == to_upper(name.name) : object.name == name.name;
  if (!same) return false;
  switch (name.kind) {
    case ObjectKind::table:
    case ObjectKind::view:
    case ObjectKind::sequence:
      return shares_names_of_tables(object.kind);
    case ObjectKind::procedure:
      return object.kind == KeptKind::procedure;
    case ObjectKind::function:
      return object.kind == KeptKind::function;
    case ObjectKind::package:
      return object.kind == KeptKind::package || object.kind == KeptKind::package_body;
    case ObjectKind::trigger:
      return object.kind == KeptKind::trigger;
    case ObjectKind::event:
      return object.kind == KeptKind::event;
    default:
      return false;
  }
}

}  // namespace migrate::core::schema
