#pragma once

#include <vector>

#include "core/schema/kept.h"

namespace migrate::core::schema {

/// Gives triggers the order in which they fired as `kept` has it; those of a table, timing and
/// event of which one is not known keep none.
void order_triggers(std::vector<Trigger>& triggers, const std::vector<KeptObject>& kept);

}  // namespace migrate::core::schema
