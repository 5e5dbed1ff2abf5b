#include <fmt/format.h>

#include "audit/programs.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  if (!facts.accounts) return remarks;
  for (const Program& program : programs(facts.schema)) {
    if (program.definer->empty() || facts.accounts->contains(*program.definer)) continue;
    remarks.push_back({program.name.kind, program.name.name,
                       fmt::format("{} belongs to {}, an account that does not exist",
                                   schema::words_for(program.name), *program.definer),
                       "make it anew under an account that stays, or with SQL SECURITY INVOKER"});
  }
  return remarks;
}

}  // namespace

Rule missing_definer() {
  return {"missing-definer", Severity::error,
          "What runs with the rights of an account that is gone fails when it is used: a trigger "
          "with every write, an event silently.",
          check};
}

}  // namespace migrate::core::audit
