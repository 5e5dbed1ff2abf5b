#include <fmt/format.h>

#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon& canon) {
  if (facts.connection_collation == canon.collation) return {};
  return {{ObjectKind::schema, facts.schema.name,
           fmt::format("a client that asks for nothing gets {}, expected {}",
                       facts.connection_collation, canon.collation),
           fmt::format("let programs say SET NAMES {} COLLATE {} when they connect", canon.charset,
                       canon.collation)}};
}

}  // namespace

Rule connection_collation() {
  return {"connection-collation", Severity::notice,
          "Literals are compared in the collation of the connection, and a table that a program "
          "makes of them gets it; clients that say nothing get the server's.",
          check};
}

}  // namespace migrate::core::audit
