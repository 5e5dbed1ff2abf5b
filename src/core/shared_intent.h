#pragma once

#include "core/schema_change.h"
#include "core/statement.h"

namespace migrate::core {

/// Whether no other statement may share its intent: its objects do not show that it alone ran, or
/// the others would wait for it.
bool needs_own_intent(const Statement& statement, const SchemaChange& change);

/// Whether the two may touch the same object, so that what became of one would hide what became of
/// the other.
bool share_an_object(const SchemaChange& a, const SchemaChange& b);

}  // namespace migrate::core
