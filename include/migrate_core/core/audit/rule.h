#pragma once

#include <string_view>
#include <vector>

#include "core/audit/facts.h"
#include "core/audit/finding.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

using Check = std::vector<Remark> (*)(const Facts&, const Canon&);

/// One thing that is looked for. The check is a pure function; null: the audit itself finds it.
struct Rule {
  std::string_view name;
  Severity severity = Severity::warning;  ///< unless migrate.yaml says otherwise
  std::string_view reason;                ///< why it matters; `--explain` and the runbook show it
  Check check = nullptr;
};

/// All of them: character sets, how tables are made, ids, indexes, values, programs, the history.
std::vector<Rule> all_rules();

}  // namespace migrate::core::audit
