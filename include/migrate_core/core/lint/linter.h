#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog.h"
#include "core/lint/finding.h"
#include "core/lint/rule.h"
#include "core/lint/severities.h"
#include "core/lint/tables.h"
#include "core/step.h"

namespace migrate::core::lint {

/// What a look at files showed.
struct Report {
  std::vector<Finding>
      findings;  ///< in the order of the steps; of a file, by line. Allowed ones too
  std::vector<Problem> problems;  ///< files that cannot be read, directives that make no sense
  std::uint64_t files = 0;
  std::uint64_t statements = 0;

  /// Of those that are not allowed.
  std::uint64_t count(Severity severity) const;
  bool has_at_least(Severity severity) const;
};

/// Hands the bytes of a file over, in order, in any pieces.
using ReadFile =
    std::function<void(const ScriptFile& file, const std::function<void(std::string_view)>& take)>;

/// Looks at steps, one after the other in the order in which they are applied, and keeps in mind
/// what tables they make. Memory is that of the longest statement and of what is told. What is in
/// stored programs and behind PREPARE is not looked at. Not thread-safe.
class Linter {
 public:
  enum class Telling {
    everything,
    nothing,  ///< only learns the tables that the step makes
  };

  Linter(const Severities& severities, ReadFile read);

  void look_at(const Step& step, Telling telling);
  /// From here on these are the tables that are there: those of a server.
  void replace_tables(Tables tables) { tables_ = std::move(tables); }
  /// As the steps so far leave them.
  const Tables& tables() const { return tables_; }
  Report take_report() { return std::move(report_); }

 private:
  std::vector<Rule> rules_;  ///< that are on, with the severity that counts
  ReadFile read_;
  Tables tables_;
  Report report_;
};

}  // namespace migrate::core::lint
