#include "audit/rules.h"

namespace migrate::core::audit {

Rule useless_allow() {
  return {"useless-allow", Severity::notice,
          "An exception that nothing needs any more hides what comes up later.", nullptr};
}

}  // namespace migrate::core::audit
