#pragma once

#include <vector>

#include "core/audit/alignment.h"

namespace migrate::core::audit {

/// The SELECTs that find what would be lost, or stand in the way, on the way from `before` to
/// `after`. Each reads a table once.
std::vector<Probe> probes(const schema::Schema& before, const schema::Schema& after);

}  // namespace migrate::core::audit
