#include <fmt/format.h>

#include "lint/reserved_words.h"
#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  const auto look = [&](const std::string& name, std::string_view kind, std::size_t offset) {
    if (!is_reserved_word(name)) return;
    remarks.push_back({offset, fmt::format("{} {} has a reserved word for a name", kind, name),
                       "choose another name"});
  };
  for (const auto& [object, change] : view.change.objects) {
    if (change != Change::created && change != Change::renamed_here) continue;
    if (object.kind == ObjectKind::table) look(object.name, "table", 0);
    if (object.kind == ObjectKind::view) look(object.name, "view", 0);
  }
  if (!view.table) return remarks;
  for_each_clause<AddColumn>(*view.table, [&](const AddColumn& added, const Clause&) {
    look(added.column.name, "column", added.column.offset);
  });
  for_each_clause<ChangeColumn>(*view.table,
                                [&](const ChangeColumn& changed, const Clause& clause) {
                                  if (!same_name(changed.old_name, changed.column.name))
                                    look(changed.column.name, "column", clause.offset);
                                });
  for_each_clause<RenameColumn>(*view.table,
                                [&](const RenameColumn& renamed, const Clause& clause) {
                                  look(renamed.to, "column", clause.offset);
                                });
  return remarks;
}

}  // namespace

Rule reserved_word() {
  return {"reserved-word", Severity::warning,
          "The name is reserved by MySQL 9 or MariaDB 10.11: every statement that forgets the "
          "backticks fails, on one of them or both.",
          check};
}

}  // namespace migrate::core::lint
