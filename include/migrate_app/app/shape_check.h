#pragma once

#include <optional>

#include "core/plan.h"
#include "port/schema.h"
#include "port/step_source.h"

namespace migrate::app {

/// Refuses (drift) when a ddl file of the plan would accept in silence a table of another shape: it
/// declares the table with CREATE TABLE IF NOT EXISTS, the table exists with another shape, and
/// nothing else in the file could change it.
std::optional<core::Refusal> refuse_other_shape(const core::Plan& plan, port::Schema& schema,
                                                port::StepSource& steps);

/// The same for one ddl file that has just run, whatever else is in it: by now every table that it
/// declares must have the declared shape.
std::optional<core::Refusal> refuse_other_shape_after(const core::Step& step, port::Schema& schema,
                                                      port::StepSource& steps);

}  // namespace migrate::app
