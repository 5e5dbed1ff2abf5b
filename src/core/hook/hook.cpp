#include "core/hook/hook.h"

#include <fmt/format.h>

namespace migrate::core::hook {

std::string words_of(const Call& call) {
  return fmt::format("{}{} ({})", name_of(call.moment), call.step.empty() ? "" : " of " + call.step,
                     call.command);
}

}  // namespace migrate::core::hook
