#pragma once

#include <vector>

#include "core/audit/alignment.h"

namespace migrate::core::audit {

/// The statements that make `target` of `facts`, and those that go back.
std::vector<Move> moves(const Facts& facts, const schema::Schema& target);

}  // namespace migrate::core::audit
