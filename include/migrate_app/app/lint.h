#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/lint/linter.h"
#include "core/lint/tables.h"
#include "core/step.h"
#include "port/schema.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

struct LintRequest {
  /// Paths of files, versions or names of steps; a path outside the catalog is looked at by itself.
  /// Empty: every step, or those that are pending where a server is asked.
  std::vector<std::string> which;
  core::lint::Severities severities;
};

/// What a server has, and what was applied there.
struct LintFacts {
  core::lint::Tables tables;
  std::set<core::StepId> applied;
};

/// Only looks.
LintFacts facts_of(port::Session& session);

/// What rules know of the tables of a schema, about how many rows they have included.
core::lint::Tables tables_of(port::Schema& schema);

/// Looks at files. Of a step that is pending by `facts` (null: no server was asked) rules know the
/// tables that the server has, of any other those that earlier files make. Throws
/// Fault(configuration) that lists what cannot be read, directives that make no sense too, and for
/// a word that names no step and no file.
core::lint::Report lint(port::StepSource& steps, const LintRequest& request,
                        const LintFacts* facts);

}  // namespace migrate::app
