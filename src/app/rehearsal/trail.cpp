#include "trail.h"

#include <algorithm>
#include <functional>

#include "core/fault.h"
#include "core/schema_change.h"
#include "core/temporary_table.h"

namespace migrate::app {
namespace {

constexpr const char* of_table = "table";

bool is_altered_table(const core::ChangedObject& object) {
  return object.object.kind == core::ObjectKind::table && object.object.schema.empty() &&
         object.change == core::Change::altered;
}

}  // namespace

Trail::Trail(port::Schema& schema, port::StepSource& steps, const core::ScriptFile& file)
    : schema_(schema), reaches_(1) {
  const auto statements = steps.open(file);
  while (const auto numbered = statements->next())
    reaches_.push_back(reach_of(numbered->statement));
  read();
  look_behind(0);
}

Trail::Reach Trail::reach_of(const core::Statement& statement) {
  using Extent = Reach::Extent;
  if (statement.effect == core::Effect::data) {
    const bool calls = core::mentions(statement.text, "CALL");
    return {.extent = calls ? Extent::everything : Extent::nothing, .tables = {}};
  }
  if (statement.effect != core::Effect::schema) return {};
  const core::SchemaChange change = core::schema_change(statement.text);
  // A column that gets another name gets it in the foreign keys of other tables too.
  const bool of_tables = !change.objects.empty() && !change.reaches_further &&
                         std::ranges::all_of(change.objects, is_altered_table) &&
                         !core::mentions(statement.text, "RENAME") &&
                         !core::mentions(statement.text, "CHANGE");
  Reach reach{.extent = of_tables ? Extent::tables : Extent::everything, .tables = {}};
  for (const core::ChangedObject& object : change.objects) reach.tables.push_back(object.object);
  return reach;
}

void Trail::look_behind(std::uint64_t statement) {
  if (blind_ || statement >= reaches_.size()) return;
  std::vector<core::ObjectName> tables;
  bool everything = false;
  for (std::uint64_t i = seen_ + 1; i <= statement; ++i) {
    const Reach& reach = reaches_[i];
    everything = everything || reach.extent == Reach::Extent::everything;
    if (reach.extent == Reach::Extent::tables)
      tables.insert(tables.end(), reach.tables.begin(), reach.tables.end());
  }
  try {
    if (everything) read();
    if (!everything && !tables.empty()) read(tables);
  } catch (const core::Fault& fault) {
    // A table that the step has locked makes who looks at it wait.
    if (fault.code() != core::ExitCode::statement_failed) throw;
    blind_ = true;
    return;
  }
  seen_ = statement;
  std::string all;
  for (const auto& [key, fingerprint] : objects_)
    all += key.first + ' ' + key.second + ' ' + fingerprint + ';';
  marks_[statement] = std::hash<std::string>()(all);
}

std::optional<std::size_t> Trail::mark_behind(std::uint64_t statement) const {
  for (std::uint64_t i = statement; i < reaches_.size(); --i) {
    if (const auto found = marks_.find(i); found != marks_.end()) return found->second;
    if (i == 0 || reaches_[i].extent != Reach::Extent::nothing) return std::nullopt;
  }
  return std::nullopt;
}

void Trail::read() {
  const core::schema::Schema schema = schema_.read();
  objects_.clear();
  take(schema);
  const auto add = [this](const char* kind, const auto& objects) {
    for (const auto& object : objects) objects_[{kind, object.name}] = object.fingerprint;
  };
  add("view", schema.views);
  add("event", schema.events);
  add("sequence", schema.sequences);
  for (const core::schema::Routine& routine : schema.routines) {
    objects_[{std::string(core::schema::sql_word(routine.kind)), routine.name}] =
        routine.fingerprint;
  }
  // They are in the order in which they fire.
  for (std::size_t i = 0; i < schema.triggers.size(); ++i)
    objects_[{"trigger " + std::to_string(i), schema.triggers[i].name}] =
        schema.triggers[i].fingerprint;
}

void Trail::read(const std::vector<core::ObjectName>& tables) {
  const core::schema::Schema schema = schema_.read(tables);
  for (const core::ObjectName& table : tables) objects_.erase({of_table, table.name});
  take(schema);
}

void Trail::take(const core::schema::Schema& schema) {
  objects_[{"schema", schema.charset}] = schema.collation;
  for (const core::schema::Table& table : schema.tables)
    objects_[{of_table, table.name}] = table.fingerprint;
}

}  // namespace migrate::app
