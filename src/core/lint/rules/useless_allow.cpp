#include "lint/rules.h"

namespace migrate::core::lint {

Rule useless_allow() {
  return {"useless-allow",
          Severity::notice,
          "An `allow` that suppresses nothing hides the next finding that it was not written "
          "for.",
          {}};
}

}  // namespace migrate::core::lint
