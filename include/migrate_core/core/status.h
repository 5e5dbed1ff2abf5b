#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/exit_code.h"
#include "core/history.h"

namespace migrate::core {

enum class StepStatus {
  applied,
  baselined,
  pending,
  changed,  ///< versioned: the file is not the one that was applied. A changed repeatable step is
            ///< pending.
  missing,  ///< in the history, not on disk
  out_of_order,  ///< pending, with a lower version than one that is applied
  partial,       ///< an earlier run stopped in the middle; `up` (or `down`) goes on
  in_doubt,      ///< the outcome of a statement is unknown
};

struct StatusRow {
  StepId id;
  std::string name;
  StepStatus status = StepStatus::pending;
  std::string applied_at;  ///< UTC; empty when it never ran
  std::uint64_t duration_us = 0;
  std::string note;  ///< in words, where the status alone does not say it
};

/// Whether the schema is what the last run left.
struct SchemaStatus {
  enum class Verdict { as_left, drifted, unknown };
  enum class Looked { now, before };
  Verdict verdict = Verdict::unknown;
  Looked looked = Looked::before;
  std::string words;  ///< one line: which objects, or why it is not known
  std::string at;     ///< UTC, of a look before; empty: there was none
};

struct Status {
  std::vector<StatusRow> rows;  ///< repeatable by name, then versioned by version
  SchemaStatus schema;
  /// Where what is pending needs an approval that it has not: why, and the next command.
  std::string draft;
  std::size_t count(StepStatus status) const;
  /// in_doubt, else drift (a file changed, or the schema, as somebody saw now), else pending, else
  /// done. A missing file alone does not fail.
  ExitCode exit_code() const;
};

/// Compares what is on disk with what the server remembers. Of the schema it tells what was found
/// when it was looked at last.
Status make_status(const Catalog& catalog, const History& history);

/// Why the history cannot tell what the schema is to be; empty: it can.
std::string why_schema_is_unknown(const History& history);

}  // namespace migrate::core
