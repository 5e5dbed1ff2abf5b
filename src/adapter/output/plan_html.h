#pragma once

#include <string>

#include "port/presenter.h"

namespace migrate::output {

/// The plan as one page for who reviews it: risks first, then who is in the way, each statement
/// with what it does to the schema, the tables and their foreign keys, how to run it and the way
/// back. It needs nothing beside it, has no script, and lets none in; light and dark, for paper and
/// for a phone.
std::string plan_html(const port::PlanShown& plan, const std::string& program);

}  // namespace migrate::output
