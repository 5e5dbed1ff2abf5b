#include "core/guard/verdict.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::core::guard {

Refusal Judgement::refusal() const {
  return {.code = ExitCode::refused,
          .reason = fmt::format("{}", fmt::join(refusals, "; ")),
          .way_out = fmt::format("{}", fmt::join(ways_out, "; "))};
}

std::vector<JournalWrite> Judgement::record() const {
  std::vector<JournalWrite> writes;
  writes.reserve(overridden.size());
  for (const Override& one : overridden) {
    writes.emplace_back(journal::Logged{.event = "guard overridden",
                                        .message = fmt::format("{}: {}", one.guard, one.reason)});
  }
  return writes;
}

const Override* override_of(const Verdict& verdict, const std::vector<Override>& overrides) {
  if (verdict.outcome != Verdict::Outcome::refused) return nullptr;
  const auto taken = std::ranges::find(overrides, verdict.guard, &Override::guard);
  return taken == overrides.end() ? nullptr : &*taken;
}

Judgement judge(const std::vector<Verdict>& verdicts, const std::vector<Override>& overrides) {
  Judgement judgement;
  for (const Verdict& verdict : verdicts) {
    const std::string told = fmt::format("{}: {}", verdict.guard, verdict.saw);
    if (verdict.outcome == Verdict::Outcome::warned) judgement.warnings.push_back(told);
    if (!verdict.is_against()) continue;
    const Override* taken = override_of(verdict, overrides);
    if (taken == nullptr) {
      judgement.refusals.push_back(told);
      judgement.ways_out.push_back(verdict.way_out);
      continue;
    }
    judgement.warnings.push_back(fmt::format("{}; overridden: {}", told, taken->reason));
    judgement.overridden.push_back(
        {.guard = verdict.guard, .reason = fmt::format("{} ({})", taken->reason, verdict.saw)});
  }
  return judgement;
}

}  // namespace migrate::core::guard
