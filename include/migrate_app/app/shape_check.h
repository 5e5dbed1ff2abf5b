#pragma once

#include <optional>

#include "core/plan.h"
#include "port/schema.h"
#include "port/step_source.h"

namespace migrate::app {

/// Refuses (drift) when a ddl file of the plan would accept in silence a table of another shape: it
/// declares the table with CREATE TABLE IF NOT EXISTS, the table exists with another shape, and
/// nothing else in the file could change it. A table that the server can't compare becomes a
/// warning of the plan: no temporary table has foreign keys, partitions or full-text indexes, and
/// an account that may only read makes none.
std::optional<core::Refusal> refuse_other_shape(core::Plan& plan, port::Schema& schema,
                                                port::StepSource& steps);

/// The same for one ddl file that has just run, whatever else is in it: by now every table that it
/// declares must have the declared shape. What the server can't compare is passed over.
std::optional<core::Refusal> refuse_other_shape_after(const core::Step& step, port::Schema& schema,
                                                      port::StepSource& steps);

}  // namespace migrate::app
