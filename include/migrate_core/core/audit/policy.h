#pragma once

#include <string>
#include <vector>

#include "core/audit/facts.h"
#include "core/lint/severities.h"

namespace migrate::core::audit {

/// An entry of `audit: allow:`.
struct Allowance {
  std::string rule;
  /// A pattern (`*`, `?`) of the object's whole name, or of its table's.
  std::string object;
  std::string reason;
  std::string place;  ///< "migrate.yaml:12:5"
};

/// What `audit:` of migrate.yaml says.
struct Policy {
  lint::Severities severities;
  std::string charset;    ///< empty: see canon_of()
  std::string collation;  ///< likewise
  std::string row_format = "DYNAMIC";
  std::vector<Allowance> allow;
};

/// What everything is to have.
struct Canon {
  std::string charset;
  std::string collation;
  std::string row_format;  ///< upper case
};

/// What the policy leaves open is the schema's own default; the collation of a character set that
/// is not the schema's is the server's default for it. Throws Fault(configuration) for a character
/// set that the server does not have, or a collation of another one.
Canon canon_of(const Policy& policy, const Facts& facts);

}  // namespace migrate::core::audit
