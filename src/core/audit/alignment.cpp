#include "core/audit/alignment.h"

#include <algorithm>

#include "audit/moves.h"
#include "audit/probes.h"
#include "audit/target.h"

namespace migrate::core::audit {
namespace {

bool is_same(const Finding& one, const Finding& other) {
  return one.rule == other.rule && one.remark.object == other.remark.object;
}

}  // namespace

Alignment align(const Facts& facts, const Policy& policy, const Report& report) {
  const Target target = target_of(facts, policy, report);
  Alignment alignment{.moves = moves(facts, target.facts.schema),
                      .probes = probes(facts.schema, target.facts.schema),
                      .mended = {},
                      .left = {}};
  // What the statements mend is what is no longer found behind them.
  const Report after = audit(target.facts, policy);
  for (const Finding& finding : report.findings) {
    if (finding.is_allowed()) continue;
    const bool stays = std::ranges::any_of(
        after.findings, [&finding](const Finding& one) { return is_same(one, finding); });
    if (!stays) {
      alignment.mended.push_back(finding);
      continue;
    }
    const auto why = target.obstacles.find({finding.rule, finding.remark.object});
    alignment.left.push_back(
        {finding, why == target.obstacles.end() ? finding.remark.advice : why->second});
  }
  return alignment;
}

}  // namespace migrate::core::audit
