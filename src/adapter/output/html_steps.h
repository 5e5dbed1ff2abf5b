#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "port/presenter.h"

namespace migrate::output {

/// The steps of a plan and their statements.
std::string html_steps(const port::PlanShown& plan);

/// Where a statement of the `step`th step stands in the page; 0: the step itself.
std::string html_anchor(std::size_t step, std::uint64_t statement);

/// A word in a coloured frame. `tone`: good, warn, bad, info or quiet.
std::string html_tag(const char* tone, std::string_view words);

}  // namespace migrate::output
