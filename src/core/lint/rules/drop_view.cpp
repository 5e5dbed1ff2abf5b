#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  return dropped_objects(view, {ObjectKind::view}, "drop it when no program reads it any more");
}

}  // namespace

Rule drop_view() {
  return {"drop-view", Severity::warning,
          "Programs that read the view fail from that moment. Drop it when nothing asks for it "
          "any more.",
          check};
}

}  // namespace migrate::core::lint
