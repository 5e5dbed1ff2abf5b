#include <fmt/format.h>

#include "audit/programs.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon& canon) {
  std::vector<Remark> remarks;
  for (const Program& program : programs(facts.schema)) {
    const schema::Creation& creation = *program.creation;
    const bool variables =
        !creation.database_collation.empty() && creation.database_collation != canon.collation;
    if (!variables && creation.collation == canon.collation) continue;
    remarks.push_back(
        {program.name.kind, program.name.name,
         fmt::format("{} compares its {} as {}, expected {}", schema::words_for(program.name),
                     variables ? "variables" : "literals",
                     variables ? creation.database_collation : creation.collation, canon.collation),
         "make it anew in a session of that collation, and under that default of the schema"});
  }
  return remarks;
}

}  // namespace

Rule program_collation() {
  return {"program-collation", Severity::warning,
          "A program keeps the collation of the connection and of the schema that it was made "
          "with: what it compares with a column may match otherwise, or fail.",
          check};
}

}  // namespace migrate::core::audit
