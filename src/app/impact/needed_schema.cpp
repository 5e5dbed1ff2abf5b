#include "needed_schema.h"

#include <algorithm>
#include <set>

#include "core/temporary_table.h"

namespace migrate::app {
namespace {

using core::ObjectKind;
using core::ObjectName;

bool names_only_tables(const core::impact::Impact& impact) {
  using core::impact::Handling;
  for (const core::impact::StepImpact& step : impact.steps) {
    for (const core::impact::StatementImpact& statement : step.statements) {
      const bool is_open =
          statement.handling.kind == Handling::Kind::unknown && statement.touches.empty();
      const bool tables = std::ranges::all_of(statement.touches, [](const ObjectName& object) {
        return object.kind == ObjectKind::table;
      });
      if (is_open || !tables) return false;
    }
  }
  return true;
}

/// A new foreign key may lead to any table.
bool names_references(const core::impact::Impact& impact) {
  return std::ranges::any_of(impact.steps, [](const core::impact::StepImpact& step) {
    return std::ranges::any_of(step.statements, [](const auto& statement) {
      return statement.cut || core::mentions(statement.text, "REFERENCES");
    });
  });
}

/// Tables, and those that foreign keys tie to them, however many of them lie between.
std::set<std::string> tied_to(std::set<std::string> tables, const core::schema::Schema& schema) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const core::schema::Table& table : schema.tables) {
      for (const core::schema::ForeignKey& key : table.foreign_keys) {
        if (!key.referenced_schema.empty()) continue;
        if (tables.contains(table.name) == tables.contains(key.referenced_table)) continue;
        tables.insert(table.name);
        tables.insert(key.referenced_table);
        grown = true;
      }
    }
  }
  return tables;
}

template <class Objects>
std::string text_in(const Objects& objects, const std::string& name) {
  const auto found =
      std::ranges::find_if(objects, [&](const auto& object) { return object.name == name; });
  return found == objects.end() ? std::string() : found->definition;
}

/// Without the commas at the ends of its lines: that a line is the last no longer is no change.
std::string table_in(const core::schema::Schema& schema, const std::string& name) {
  std::string text = text_in(schema.tables, name);
  for (std::size_t at = 0; (at = text.find(",\n", at)) != std::string::npos;) text.erase(at, 1);
  return text;
}

std::string routine_in(const core::schema::Schema& schema, core::schema::RoutineKind kind,
                       const std::string& name) {
  const auto found = std::ranges::find_if(schema.routines, [&](const auto& routine) {
    return routine.kind == kind && routine.name == name;
  });
  return found == schema.routines.end() ? std::string() : found->definition;
}

}  // namespace

core::schema::Schema needed_schema(const core::schema::Schema& schema,
                                   const core::impact::Impact& impact) {
  if (!names_only_tables(impact)) return schema;
  std::set<std::string> named;
  for (const core::impact::StepImpact& step : impact.steps) {
    for (const core::impact::StatementImpact& statement : step.statements) {
      for (const ObjectName& object : statement.touches) named.insert(object.name);
    }
  }
  core::schema::Schema needed = schema;
  const std::set<std::string> tables = tied_to(std::move(named), schema);
  if (!names_references(impact)) {
    std::erase_if(needed.tables,
                  [&](const core::schema::Table& table) { return !tables.contains(table.name); });
  }
  needed.views.clear();
  needed.routines.clear();
  needed.triggers.clear();
  needed.events.clear();
  needed.hidden.clear();
  return needed;
}

std::string definition_in(const core::schema::Schema& schema, const ObjectName& object) {
  using core::schema::RoutineKind;
  switch (object.kind) {
    case ObjectKind::table:
    case ObjectKind::view:
    case ObjectKind::sequence: {
      // They share their names, and DROP TABLE takes a sequence too.
      std::string text = table_in(schema, object.name);
      if (text.empty()) text = text_in(schema.views, object.name);
      return text.empty() ? text_in(schema.sequences, object.name) : text;
    }
    case ObjectKind::procedure:
      return routine_in(schema, RoutineKind::procedure, object.name);
    case ObjectKind::function:
      return routine_in(schema, RoutineKind::function, object.name);
    case ObjectKind::package:
      return routine_in(schema, RoutineKind::package, object.name);
    case ObjectKind::trigger:
      return text_in(schema.triggers, object.name);
    case ObjectKind::event:
      return text_in(schema.events, object.name);
    case ObjectKind::index:
    case ObjectKind::schema:
    case ObjectKind::account:
      break;
  }
  return {};
}

}  // namespace migrate::app
