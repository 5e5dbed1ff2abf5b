#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  for (const auto& [object, change] : view.change.objects) {
    const bool made = change == Change::created || change == Change::renamed_here;
    const bool kind = object.kind == ObjectKind::table || object.kind == ObjectKind::view;
    if (!made || !kind || to_lower(object.name) == object.name) continue;
    remarks.push_back(
        {0, fmt::format("{} {} has capital letters in its name", word_of(object.kind), object.name),
         fmt::format("call it {}", to_lower(object.name))});
  }
  return remarks;
}

}  // namespace

Rule uppercase_table_name() {
  return {"uppercase-table-name", Severity::notice,
          "Whether Teas and teas are one table depends on the server's file system and on "
          "lower_case_table_names: what works here fails there.",
          check};
}

}  // namespace migrate::core::lint
