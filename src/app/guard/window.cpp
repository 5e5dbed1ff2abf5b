#include "app/guard/window.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/guard/plan_of.h"
#include "app/outlook.h"
#include "core/estimate/outlook.h"
#include "core/guard/name.h"

namespace migrate::app {
namespace {

using core::estimate::Outlook;
using core::guard::wants_window;

class WindowBoundary : public RunBoundary {
 public:
  WindowBoundary(std::shared_ptr<const WindowHours> hours, Outlook outlook)
      : hours_(std::move(hours)), outlook_(std::move(outlook)) {}

  std::string_view guard() const override {
    return core::guard::name_of(core::guard::Name::window);
  }

  std::optional<InTheWay> in_front_of(
      const std::vector<core::NumberedStatement>& statements) override {
    const core::guard::WindowPolicy& policy = hours_->policy();
    for (const core::NumberedStatement& numbered : statements) {
      const auto work = core::estimate::work_of(numbered.statement);
      const auto wants = wants_window(work, outlook_.sizes, policy.large);
      const auto reason = core::guard::window_in_the_way(
          hours_->now(), wants, outlook_.estimate(work), policy, hours_->zone());
      if (!reason) continue;
      return InTheWay{.reason = *reason,
                      .way_out =
                          "what ran is recorded; go on with the same command in the next "
                          "window, or wait for it with --wait-for-window"};
    }
    return std::nullopt;
  }

 private:
  std::shared_ptr<const WindowHours> hours_;
  Outlook outlook_;
};

}  // namespace

core::guard::Verdict WindowGuard::ask(const GuardedRun& run) const {
  const core::guard::WindowPolicy& policy = hours_->policy();
  const core::Plan plan = plan_of(run);
  const Outlook outlook = outlook_of(plan, run.session, run.steps);
  core::guard::WindowFacts facts{
      .now = hours_->ask(), .large = {}, .known = outlook.known(), .unknown = outlook.unknown()};
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const auto& statement : outlook.steps[i].statements) {
      if (auto wants = wants_window(statement.work, statement.sizes, policy.large)) {
        facts.large.push_back(
            {.where = fmt::format("{}:{}", plan.steps[i].script.path, statement.position.line),
             .what = *std::move(wants)});
      }
    }
  }
  for (const auto& size : run.session.schema().sizes(run.dropped)) {
    if (policy.large.is(size))
      facts.large.push_back({.where = std::string(run.command), .what = size.table.name});
  }
  return core::guard::window_verdict(facts, policy, hours_->zone());
}

std::unique_ptr<RunBoundary> WindowGuard::boundary(const GuardedRun& run) const {
  return std::make_unique<WindowBoundary>(hours_, outlook_of(plan_of(run), run.session, run.steps));
}

}  // namespace migrate::app
