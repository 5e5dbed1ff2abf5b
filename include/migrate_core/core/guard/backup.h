#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/backup/manifest.h"
#include "core/guard/verdict.h"

namespace migrate::core::guard {

struct BackupPolicy {
  std::chrono::seconds max_age{86400};  ///< since its dump began
  std::string folder;                   ///< that was looked into
};

/// Passed if one of `found`, newest first, is a verified backup of this schema on this server, not
/// older than agreed. `now`: the server's time, as Manifest::at.
Verdict backup_verdict(const std::vector<backup::Found>& found, const BackupPolicy& policy,
                       const backup::ServerIdentity& server, const std::string& now);

/// "24 h", "90 min", "3 days"
std::string age_text(std::chrono::seconds age);

}  // namespace migrate::core::guard
