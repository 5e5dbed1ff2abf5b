#pragma once

#include <vector>

#include "core/catalog.h"
#include "core/step.h"
#include "script_reader.h"

namespace migrate::files {

struct ExaminedFile {
  core::Script script;
  core::Checksum checksum;  ///< of what was read; of a file with problems, nothing
};

/// Splits one file from end to end. What is wrong with it is added to `problems`. Throws
/// Fault(configuration) when it cannot be read.
ExaminedFile examine_file(const core::ScriptFile& file, std::vector<core::Problem>& problems);

/// The same of what `reader` reads, which takes the checksum.
ExaminedFile examine(ScriptReader& reader, const core::ScriptFile& file,
                     std::vector<core::Problem>& problems);

}  // namespace migrate::files
