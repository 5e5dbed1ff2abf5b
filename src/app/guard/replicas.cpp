#include "app/guard/replicas.h"

#include <optional>

#include <fmt/format.h>

#include "app/guard/plan_of.h"
#include "app/outlook.h"

namespace migrate::app {
namespace {

using core::guard::Copy;

/// The largest: what a copy takes the place of is gone before the next one begins.
std::optional<Copy> largest_copy(const GuardedRun& run) {
  const core::Plan plan = plan_of(run);
  const core::estimate::Outlook outlook = outlook_of(plan, run.session, run.steps);
  std::optional<Copy> largest;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const auto& statement : outlook.steps[i].statements) {
      if (statement.work.work != core::estimate::Work::table) continue;
      for (const auto& size : statement.sizes) {
        if (largest && largest->bytes >= size.bytes()) continue;
        largest =
            Copy{.where = fmt::format("{}:{}", plan.steps[i].script.path, statement.position.line),
                 .table = size.table.name,
                 .bytes = size.bytes()};
      }
    }
  }
  return largest;
}

}  // namespace

core::guard::Verdict ReplicasGuard::ask(const GuardedRun& run) const {
  const std::optional<Copy> copy = largest_copy(run);
  return core::guard::replicas_verdict(replication_->look(policy_.hosts), policy_,
                                       copy ? &*copy : nullptr);
}

}  // namespace migrate::app
