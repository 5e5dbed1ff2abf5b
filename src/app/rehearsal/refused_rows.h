#pragma once

#include <string>
#include <vector>

#include "core/packet.h"
#include "core/schema/schema.h"

namespace migrate::app {

/// Why a statement that was refused with that error on made-up rows may be refused on real ones,
/// and the SELECT that finds those, as the rules of `lint` know them. `before`: the schema that it
/// was refused on. Empty: it was not refused for its rows, or no rule knows the statement.
std::vector<std::string> refused_rows(const std::string& statement, const core::ServerError& error,
                                      const core::schema::Schema& before);

}  // namespace migrate::app
