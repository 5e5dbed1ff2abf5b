#pragma once

#include <string>
#include <vector>

#include "core/server_info.h"
#include "random.h"

namespace migrate::torture {

/// What a case may use: objects whose names begin with `prefix` are its own.
struct CaseContext {
  std::string prefix;
  core::ServerFamily family;
  Random& random;
};

/// The text of one or several steps that follow each other; steps of other cases may come between.
using Case = std::vector<std::string> (*)(CaseContext&);

/// Tables, indexes, keys, partitions; each case makes what it changes.
const std::vector<Case>& table_cases();
/// More small steps than a packet takes where packets are small.
std::vector<std::string> many_small_steps(CaseContext& context);
/// Views, triggers, routines, events.
const std::vector<Case>& program_cases();
/// Rows: what must not happen twice, transactions of every kind, variables, prepared statements.
const std::vector<Case>& data_cases();
/// Changes of the big table. Each undoes nothing of another, so that any of them can be in one
/// workload.
const std::vector<Case>& big_cases();

/// `text` with the prefix and an underscore in place of every `~`.
std::string named(const CaseContext& context, std::string text);

}  // namespace migrate::torture
