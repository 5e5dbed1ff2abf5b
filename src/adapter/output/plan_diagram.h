#pragma once

#include <string>

#include "core/impact/impact.h"

namespace migrate::output {

/// The tables of a plan and those that foreign keys tie to them, as an <svg> for a page; its
/// colours are the classes box, touched, fresh, link, fresh-link and faint. Empty where there is no
/// table.
std::string diagram_svg(const core::impact::Impact& impact);

}  // namespace migrate::output
