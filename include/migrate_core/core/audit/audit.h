#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/audit/facts.h"
#include "core/audit/finding.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

/// What a look at a schema showed.
struct Report {
  Canon canon;
  std::uint64_t tables = 0;
  std::vector<Finding> findings;    ///< in the order of the rules, then of the objects
  std::vector<std::string> unseen;  ///< what could not be looked at

  /// Of those that are not allowed.
  std::uint64_t count(Severity severity) const;
  bool has_at_least(Severity severity) const;
};

/// Throws as canon_of() does.
Report audit(const Facts& facts, const Policy& policy);

/// Whether a rule's finding of this object counts: the rule is on, no entry allows it, and it is no
/// collation that a ddl file names.
bool counts(const Facts& facts, const Policy& policy, const Canon& canon, std::string_view rule,
            std::string_view object);

}  // namespace migrate::core::audit
