#include <fmt/format.h>

#include "audit/rules.h"
#include "lint/reserved_words.h"
#include "lint/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  const auto say = [&](std::string_view what, const std::string& object, const std::string& name) {
    if (!lint::is_reserved_word(name)) return;
    remarks.push_back({ObjectKind::table, object,
                       fmt::format("{} {} has a name that is a reserved word", what, object),
                       "rename it when the programs that use it change anyway"});
  };
  for (const schema::Table& table : facts.schema.tables) {
    say("table", table.name, table.name);
    for (const schema::Column& column : table.columns)
      say("column", column_name(table, column), column.name);
  }
  return remarks;
}

}  // namespace

Rule reserved_word() {
  return {"reserved-word", Severity::notice, lint::reserved_word().reason, check};
}

}  // namespace migrate::core::audit
