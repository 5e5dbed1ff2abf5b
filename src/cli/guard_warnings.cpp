#include "guard_warnings.h"

namespace migrate::cli {

void warn_of_guards(World& world, std::string_view command, core::Plan& plan,
                    port::Session& session, const std::optional<std::string>& frozen) {
  const core::guard::Judgement judgement = world.guards().judge({.command = command,
                                                                 .plan = plan,
                                                                 .frozen = frozen,
                                                                 .session = session,
                                                                 .steps = world.steps()});
  for (const std::string& refusal : judgement.refusals)
    plan.warnings.push_back("as it stands, a run would be refused; " + refusal);
  plan.warnings.insert(plan.warnings.end(), judgement.warnings.begin(), judgement.warnings.end());
}

}  // namespace migrate::cli
