#pragma once

#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "core/backup/manifest.h"

namespace migrate::output {

/// A backup that was made a moment ago. `program` begins every command to type, also below.
std::string backup_text(const std::string& path, const core::backup::Manifest& manifest,
                        const Style& style, const std::string& program);

std::string backup_verification_text(const core::backup::Verification& verification,
                                     const Style& style, const std::string& program);

std::string backup_list_text(const std::vector<core::backup::Found>& backups,
                             const std::string& folder, const Style& style,
                             const std::string& program);

}  // namespace migrate::output
