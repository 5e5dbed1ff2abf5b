#pragma once

#include <vector>

#include "core/schema/difference.h"

namespace migrate::core::schema {

/// Differences of triggers, together with those that stand at another place than expected among
/// the triggers of their table, timing and event; where a place is not known, that is no
/// difference. What makes one again says where it goes, and they are in an order that works:
/// the server puts a new one behind all others.
std::vector<Difference> with_firing_order(std::vector<Difference> differences,
                                          const std::vector<Trigger>& expected,
                                          const std::vector<Trigger>& found);

}  // namespace migrate::core::schema
