#pragma once

#include "app/rehearsal/rehearsal_ports.h"
#include "core/schema/schema.h"
#include "core/step.h"

// What a scratch schema with the defaults of `like` becomes. Throws Fault(configuration) when the
// server is of another family, and when what is to be run does not run there.
namespace migrate::app {

/// By all files, as `up` runs them.
core::schema::Schema schema_of_files(const RehearsalPorts& ports, const core::schema::Schema& like);

/// By one file outside the catalog.
core::schema::Schema schema_of_file(const RehearsalPorts& ports, const core::Script& file,
                                    const core::schema::Schema& like);

}  // namespace migrate::app
