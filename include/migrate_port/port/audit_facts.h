#pragma once

#include <cstdint>
#include <string>

#include "core/audit/facts.h"
#include "core/schema/schema.h"

namespace migrate::port {

/// What an audit asks of a server. Only reads. Throws Fault(unavailable) when the server is lost.
class AuditFacts {
 public:
  virtual ~AuditFacts() = default;

  /// What the server tells of `schema`, which is the one that this looks at, beside what is in it;
  /// the history is left out. A few round trips, however many objects there are; a table with dates
  /// that no index begins with is read once, for so long as was agreed. What this account may not
  /// look at, or what takes longer, is only named.
  virtual core::audit::Facts read(const core::schema::Schema& schema) = 0;

  /// The one number of a SELECT. Throws Fault(statement_failed) when the server refuses it.
  virtual std::uint64_t count(const std::string& select) = 0;
};

}  // namespace migrate::port
