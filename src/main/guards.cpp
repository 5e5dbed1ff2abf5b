#include "guards.h"

#include "app/guard/approval.h"
#include "app/guard/destructive.h"

namespace migrate::wiring {
namespace {

using core::guard::Name;

std::unique_ptr<app::Guard> guard_of(Name name, const config::GuardSection& section,
                                     const cli::GlobalOptions& global) {
  switch (name) {
    case Name::approval:
      return std::make_unique<app::ApprovalGuard>(section.approvers.value);
    case Name::destructive:
      return std::make_unique<app::DestructiveGuard>(core::guard::DestructionPolicy{
          .protected_objects = section.protected_objects.value, .named = global.drop_protected});
  }
  return nullptr;
}

}  // namespace

std::vector<std::unique_ptr<app::Guard>> guards_of(const config::GuardSection& section,
                                                   const cli::GlobalOptions& global) {
  std::vector<std::unique_ptr<app::Guard>> guards;
  guards.reserve(section.require.value.size());
  for (const Name name : section.require.value) guards.push_back(guard_of(name, section, global));
  return guards;
}

}  // namespace migrate::wiring
