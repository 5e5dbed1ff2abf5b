#pragma once

#include <string>
#include <vector>

#include "core/unit.h"
#include "core/witness.h"
#include "port/schema.h"

namespace migrate::app {

/// Whether the server can be asked later what a statement would have made of its table. Not where
/// the step has SET session variables, under which its statements may mean something else.
enum class Rehearsals { kept, left_out };

/// The objects that witnesses_of() looks at.
std::vector<core::ObjectName> objects_named_by(const core::UnitPart& part,
                                               const std::string& schema);

/// What will tell, after a kill, whether the statements of a part of kind `statement` ran: one
/// witness each, with the fingerprints of the objects that they name as they are now. Costs one
/// look at the server, or none where nothing is named. `schema` is the one that unqualified names
/// are in; empty: the session's own. What `live` cannot read is asked of `elsewhere`, object by
/// object.
std::vector<core::Witness> witnesses_of(const core::UnitPart& part, const std::string& schema,
                                        Rehearsals rehearsals, port::Schema& live,
                                        port::Schema* elsewhere = nullptr);

/// Whether one of them may need the binary log.
bool need_binary_log(const std::vector<core::Witness>& witnesses);

}  // namespace migrate::app
