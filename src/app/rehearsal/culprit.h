#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/rehearsal/row_digest.h"
#include "core/rehearsal/verification.h"
#include "core/schema/difference.h"
#include "port/step_source.h"

// Which statement of a file made what is wrong, as far as the texts tell.
namespace migrate::app {

/// The one that names the objects that differ, and most of the words that say how.
std::optional<core::rehearsal::Place> culprit(
    const core::ScriptFile& file, port::StepSource& steps,
    const std::vector<core::schema::Difference>& differences);

struct DataCulprit {
  std::optional<core::rehearsal::Place> place;
  std::vector<std::string> causes;  ///< what in it is not the same each time
};

/// The one that writes the table, and the columns that differ; rather one with something in it that
/// is not the same each time.
DataCulprit data_culprit(const core::Step& step, port::StepSource& steps,
                         const std::vector<core::rehearsal::RowDifference>& differences);

core::rehearsal::Place place_of(const core::ScriptFile& file,
                                const core::NumberedStatement& statement);

}  // namespace migrate::app
