#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  return dropped_objects(view,
                         {ObjectKind::procedure, ObjectKind::function, ObjectKind::package,
                          ObjectKind::trigger, ObjectKind::event},
                         "drop it when nothing needs it any more; to change it, create the new one "
                         "in the same step");
}

}  // namespace

Rule drop_routine() {
  return {"drop-routine", Severity::warning,
          "Programs, triggers and events that call it fail from that moment. Drop it when "
          "nothing calls it any more.",
          check};
}

}  // namespace migrate::core::lint
