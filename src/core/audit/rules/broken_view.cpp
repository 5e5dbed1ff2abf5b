#include <fmt/format.h>

#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  remarks.reserve(facts.broken_views.size());
  for (const BrokenView& broken : facts.broken_views) {
    remarks.push_back({ObjectKind::view, broken.view,
                       fmt::format("view {} cannot be read: {}", broken.view, broken.error),
                       "mend it or drop it"});
  }
  return remarks;
}

}  // namespace

Rule broken_view() {
  return {"broken-view", Severity::error,
          "A view that no longer fits its tables fails whoever reads it, and a dump that reads "
          "it stops there.",
          check};
}

}  // namespace migrate::core::audit
