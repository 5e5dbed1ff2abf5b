#include "witnesses.h"

#include <algorithm>
#include <utility>

namespace migrate::app {
namespace {

core::ObjectName qualified(core::ObjectName object, const std::string& schema) {
  const bool global =
      object.kind == core::ObjectKind::account || object.kind == core::ObjectKind::schema;
  if (object.schema.empty() && !global) object.schema = schema;
  return object;
}

core::Evidence evidence_of(const core::NumberedStatement& statement,
                           const core::SchemaChange& change) {
  if (change.hidden) return core::Evidence::binary_log;
  if (!change.objects.empty()) return core::Evidence::objects;
  const bool neutral = statement.statement.effect == core::Effect::neutral;
  return neutral ? core::Evidence::repeatable : core::Evidence::binary_log;
}

/// A name that one rename gives up and another takes: where both tables are alike, no definition
/// tells whether it ran.
bool in_a_circle(const core::Witness& witness) {
  const auto renamed = [&](const core::ObjectName& object, core::Change change) {
    return std::ranges::any_of(witness.objects, [&](const core::ObjectBefore& before) {
      return before.changed.change == change && before.changed.object == object;
    });
  };
  return std::ranges::any_of(witness.objects, [&](const core::ObjectBefore& before) {
    return renamed(before.changed.object, core::Change::renamed_away) &&
           renamed(before.changed.object, core::Change::renamed_here);
  });
}

/// RENAME in a circle, EXCHANGE PARTITION: names and definitions stay, the tables behind them do
/// not.
bool exchanges_tables(const core::Witness& witness) {
  const bool hidden = witness.evidence == core::Evidence::binary_log && witness.objects.size() > 1;
  return hidden || in_a_circle(witness);
}

/// An ALTER or an index of one table. Such a statement is the only one of its part.
bool alters_one_table(const core::SchemaChange& change) {
  return change.may_take_long && change.objects.size() == 1 &&
         change.objects.front().object.kind == core::ObjectKind::table &&
         change.objects.front().change == core::Change::altered;
}

std::vector<core::ObjectName> objects_of(const std::vector<core::Witness>& witnesses) {
  std::vector<core::ObjectName> names;
  for (const core::Witness& witness : witnesses) {
    for (const core::ObjectBefore& before : witness.objects) names.push_back(before.changed.object);
  }
  return names;
}

/// One a statement, without what they look like now.
std::vector<core::Witness> named_witnesses(const core::UnitPart& part, const std::string& schema) {
  std::vector<core::Witness> witnesses;
  for (std::size_t i = 0; i < part.statements.size(); ++i) {
    const core::SchemaChange& change = part.changes[i];
    core::Witness witness{.evidence = evidence_of(part.statements[i], change),
                          .lenient = change.lenient};
    for (const core::ChangedObject& changed : change.objects)
      witness.objects.push_back({.changed = {qualified(changed.object, schema), changed.change}});
    witnesses.push_back(std::move(witness));
  }
  return witnesses;
}

template <typename Seen>
using Look =
    std::vector<std::optional<Seen>> (port::Schema::*)(const std::vector<core::ObjectName>&);

/// Asks for what could not be read, one by one.
template <typename Seen>
void complete(std::vector<std::optional<Seen>>& seen, const std::vector<core::ObjectName>& names,
              port::Schema& elsewhere, Look<Seen> look) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!seen[i]) seen[i] = (elsewhere.*look)({names[i]}).at(0);
  }
}

void take(core::Witness& witness, core::ObjectBefore& before,
          std::optional<std::string> fingerprint) {
  // What cannot be seen now cannot be compared later.
  if (!fingerprint) witness.evidence = core::Evidence::binary_log;
  before.fingerprint = std::move(fingerprint).value_or("");
}

}  // namespace

std::vector<core::ObjectName> objects_named_by(const core::UnitPart& part,
                                               const std::string& schema) {
  return objects_of(named_witnesses(part, schema));
}

std::vector<core::Witness> witnesses_of(const core::UnitPart& part, const std::string& schema,
                                        Rehearsals rehearsals, port::Schema& live,
                                        port::Schema* elsewhere) {
  std::vector<core::Witness> witnesses = named_witnesses(part, schema);
  const std::vector<core::ObjectName> names = objects_of(witnesses);
  if (names.empty()) return witnesses;
  // Such a statement travels alone.
  if (core::Witness& only = witnesses.front(); exchanges_tables(only)) {
    only.evidence = core::Evidence::identities;
    auto identities = live.identities(names);
    if (elsewhere != nullptr) complete(identities, names, *elsewhere, &port::Schema::identities);
    for (std::size_t i = 0; i < names.size(); ++i) take(only, only.objects[i], identities[i]);
    return witnesses;
  }
  auto definitions = live.definitions(names);
  if (elsewhere != nullptr) complete(definitions, names, *elsewhere, &port::Schema::definitions);
  auto next = definitions.begin();
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    for (core::ObjectBefore& before : witnesses[i].objects) {
      std::optional<port::Definition>& definition = *next++;
      const bool rehearsed = rehearsals == Rehearsals::kept && definition &&
                             !definition->create_table.empty() && alters_one_table(part.changes[i]);
      if (rehearsed) {
        witnesses[i].rehearsal = {
            .create_table = std::move(definition->create_table),
            .statement = std::string(core::text_that_runs(part.statements[i].statement))};
      }
      take(witnesses[i], before,
           definition ? std::optional(std::move(definition->fingerprint)) : std::nullopt);
    }
  }
  return witnesses;
}

bool need_binary_log(const std::vector<core::Witness>& witnesses) {
  return std::ranges::any_of(witnesses, [](const core::Witness& witness) {
    return witness.evidence == core::Evidence::binary_log;
  });
}

}  // namespace migrate::app
