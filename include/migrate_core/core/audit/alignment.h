#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/audit/audit.h"
#include "core/audit/facts.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

/// A SELECT that counts what a conversion would lose, or what would keep it from going through.
struct Probe {
  std::string table;    ///< of the statement that would lose it
  std::string columns;  ///< "name", "name, born"
  std::string what;     ///< behind a count: "values are longer than TEXT holds in utf8mb4"
  std::string sql;      ///< one row of one number
};

/// What a probe counted.
struct Loss {
  Probe probe;
  std::uint64_t count = 0;
};

/// A finding that no statement mends.
struct Left {
  Finding finding;
  std::string why;  ///< what is in the way; else the finding's own advice
};

/// One statement of a step and the one that undoes it. The k-th of the one file undoes the k-th
/// from the end of the other.
struct Move {
  std::string up;
  std::string down;
  std::string table;               ///< that is altered; empty: none
  std::vector<std::string> words;  ///< what becomes otherwise, a line each
};

/// What brings a schema as near to its canon as statements can.
struct Alignment {
  std::vector<Move> moves;    ///< in an order that works; empty: nothing can be mended so
  std::vector<Probe> probes;  ///< to be asked before the step is written
  std::vector<Finding> mended;
  std::vector<Left> left;
};

/// Mends the findings of the report that are not allowed. Columns are converted one by one, so no
/// TEXT becomes a larger one; the two ends of a foreign key together, with the key out of the way
/// and made again under its name. A column is left as it is, with those that refer to it, where an
/// index or a row would become longer than InnoDB allows
/// (https://dev.mysql.com/doc/refman/9.7/en/innodb-limits.html). Ids only ever become larger.
Alignment align(const Facts& facts, const Policy& policy, const Report& report);

/// The texts of a step.
struct StepTexts {
  std::string up;
  std::string down;
};

/// Each statement stands behind what it changes and what it would lose.
StepTexts step_texts(const Alignment& alignment, const Report& report,
                     const std::vector<Loss>& losses);

}  // namespace migrate::core::audit
