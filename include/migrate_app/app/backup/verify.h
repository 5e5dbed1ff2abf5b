#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/backup/manifest.h"
#include "port/backup.h"
#include "port/cancellation.h"
#include "port/event_sink.h"

namespace migrate::app {

struct VerifyBackupPorts {
  port::StoredBackup& backup;
  /// An empty schema of the name that the backup's had, on a server that can be thrown away. Asked
  /// only when the file is whole.
  std::function<std::unique_ptr<port::RestoreTarget>()> target;
  port::EventSink& events;
  port::Cancellation& cancellation;
};

/// Who verifies, and when.
struct Verifier {
  std::string at;  ///< as Manifest::at
  std::string by;
  std::string tool_version;
};

/// Size and hash of the file; then it is restored, and what is there compared with the manifest:
/// objects, rows, values. What holds is written into the manifest. Throws Fault as load_dump()
/// does.
core::backup::Verification verify_backup(const VerifyBackupPorts& ports, const Verifier& verifier);

}  // namespace migrate::app
