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

std::vector<std::optional<std::string>> look(port::Schema& schema,
                                             const std::vector<core::ObjectName>& names,
                                             bool by_identity) {
  return by_identity ? schema.identities(names) : schema.fingerprints(names);
}

}  // namespace

std::vector<core::Witness> witnesses_of(const core::UnitPart& part, const std::string& schema,
                                        port::Schema& live, port::Schema* elsewhere) {
  std::vector<core::Witness> witnesses;
  std::vector<core::ObjectName> names;
  for (std::size_t i = 0; i < part.statements.size(); ++i) {
    const core::SchemaChange& change = part.changes[i];
    core::Witness witness{.evidence = evidence_of(part.statements[i], change),
                          .lenient = change.lenient};
    for (const core::ChangedObject& changed : change.objects) {
      core::ObjectName object = qualified(changed.object, schema);
      names.push_back(object);
      witness.objects.push_back({.changed = {std::move(object), changed.change}});
    }
    witnesses.push_back(std::move(witness));
  }
  if (names.empty()) return witnesses;
  // Such a statement travels alone.
  const bool by_identity = std::ranges::any_of(witnesses, exchanges_tables);
  auto fingerprints = look(live, names, by_identity);
  if (elsewhere != nullptr) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!fingerprints[i]) fingerprints[i] = look(*elsewhere, {names[i]}, by_identity).at(0);
    }
  }
  std::size_t next = 0;
  for (core::Witness& witness : witnesses) {
    if (by_identity) witness.evidence = core::Evidence::identities;
    for (core::ObjectBefore& before : witness.objects) {
      const auto& fingerprint = fingerprints[next++];
      // What cannot be seen now cannot be compared later.
      if (!fingerprint) witness.evidence = core::Evidence::binary_log;
      before.fingerprint = fingerprint.value_or("");
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
