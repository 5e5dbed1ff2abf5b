#pragma once

#include <string>
#include <vector>

#include "core/impact/impact.h"
#include "core/lint/finding.h"
#include "core/lint/severities.h"
#include "core/plan.h"
#include "core/schema/schema.h"
#include "port/session.h"
#include "port/step_source.h"
#include "port/traffic.h"

namespace migrate::app {

/// What is known of a plan before a server is asked how it runs the statements.
struct Foresight {
  core::impact::Impact impact;
  core::schema::Schema schema;                ///< that the plan is for
  std::vector<core::lint::Finding> findings;  ///< of the files that would run; allowed ones too
  bool has_schema_statements = false;

  /// Whether the impact leaves open how the server runs something.
  bool leaves_open() const;
};

/// Only looks. At most the first 1,000 statements of a step, as they are shown.
Foresight foresee(const core::Plan& plan, port::Session& session, port::Traffic& traffic,
                  port::StepSource& steps, const core::lint::Severities& severities);

}  // namespace migrate::app
