#pragma once

#include <vector>

#include "core/object_name.h"
#include "core/statement.h"

namespace migrate::core::estimate {

/// What the time of a statement depends on, as far as its text tells.
enum class Work {
  moment,  ///< not on how much there is
  table,   ///< on the size of its table, which it may write anew: ALTER TABLE, CREATE INDEX,
           ///< OPTIMIZE
  rows,    ///< on rows that only the server can count: UPDATE, INSERT … SELECT, CALL, EXECUTE
};

struct StatementWork {
  Work work = Work::moment;
  /// That it is at and that were there before it, in the order of the text. An INSERT of values
  /// names none: what it does to a large table is no more than to a small one.
  std::vector<ObjectName> tables;
};

/// ALGORITHM=INSTANT is a moment: the server refuses what is not.
StatementWork work_of(const Statement& statement);

}  // namespace migrate::core::estimate
