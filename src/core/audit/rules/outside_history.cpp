#include <algorithm>

#include <fmt/format.h>

#include "audit/declaration.h"
#include "audit/programs.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  if (!facts.kept) return remarks;
  const auto look_at = [&](const ObjectName& name) {
    const bool known = std::ranges::any_of(
        *facts.kept, [&](const schema::KeptObject& one) { return schema::is_named(one, name); });
    if (known) return;
    remarks.push_back({name.kind, name.name,
                       fmt::format("{} was made by no step", schema::words_for(name)),
                       "write the step that makes it, or drop it; `ignore` leaves out what is "
                       "not migrate's"});
  };
  for (const schema::Table& table : facts.schema.tables) {
    if (declaration_of(facts, table.name) == nullptr)
      look_at({.kind = ObjectKind::table, .name = table.name});
  }
  for (const Program& program : programs(facts.schema)) look_at(program.name);
  return remarks;
}

}  // namespace

Rule outside_history() {
  return {"outside-history", Severity::warning,
          "What no step makes is missing on the next server that is made from the files.", check};
}

}  // namespace migrate::core::audit
