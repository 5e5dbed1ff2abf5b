#pragma once

#include <string>

#include "adapter/output/style.h"
#include "paint.h"
#include "port/presenter.h"

namespace migrate::output {

/// How a statement runs and on how much, and how that reads; empty: there is nothing to say.
struct HandlingLine {
  std::string text;  ///< safe to print
  Tone tone = Tone::faint;
};
HandlingLine handling_line(const core::impact::Impact& impact,
                           const core::impact::StatementImpact& statement);

/// What stands behind the statements: tables, who is in the way, risks.
std::string impact_text(const port::PlanShown& plan, const Style& style);

}  // namespace migrate::output
