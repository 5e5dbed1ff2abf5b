#include "audit/programs.h"

#include "core/schema/order.h"

namespace migrate::core::audit {
namespace {

ObjectKind kind_of(schema::RoutineKind kind) {
  if (kind == schema::RoutineKind::procedure) return ObjectKind::procedure;
  return kind == schema::RoutineKind::function ? ObjectKind::function : ObjectKind::package;
}

}  // namespace

std::vector<Program> programs(const schema::Schema& schema) {
  std::vector<Program> found;
  const auto add = [&found](ObjectKind kind, const auto& program) {
    found.push_back({{.kind = kind, .name = program.name}, &program.creation, &program.definer});
  };
  for (const schema::Routine& routine : schema.routines) add(kind_of(routine.kind), routine);
  for (const schema::View* view : schema::in_creation_order(schema.views))
    add(ObjectKind::view, *view);
  for (const schema::Trigger& trigger : schema.triggers) add(ObjectKind::trigger, trigger);
  for (const schema::Event& event : schema.events) add(ObjectKind::event, event);
  return found;
}

}  // namespace migrate::core::audit
