#pragma once

#include <string>

#include "core/impact/impact.h"
#include "core/object_name.h"
#include "core/schema/schema.h"

namespace migrate::app {

/// What of a schema the statements of a plan can be tried on: where they name nothing but tables,
/// those and all that foreign keys tie to them; else everything.
core::schema::Schema needed_schema(const core::schema::Schema& schema,
                                   const core::impact::Impact& impact);

/// The text of an object, to be compared line by line; empty where it is not there.
std::string definition_in(const core::schema::Schema& schema, const core::ObjectName& object);

}  // namespace migrate::app
