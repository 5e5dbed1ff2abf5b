#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "core/backup/manifest.h"
#include "core/plan.h"
#include "port/accounts.h"
#include "port/backup.h"
#include "port/cancellation.h"
#include "port/event_sink.h"
#include "port/programs.h"
#include "port/session.h"

namespace migrate::app {

struct BackupPorts {
  port::Server& server;
  port::BackupSource& source;
  port::Accounts& accounts;
  port::DumpTool& tool;
  port::BackupFolder& folder;
  port::Programs& programs;
  port::EventSink& events;
  port::Cancellation& cancellation;
};

struct BackupRequest {
  std::string name;  ///< of the file, without an ending; empty: of the schema and the time
  std::string by;    ///< user@host
  std::string tool_version;
  std::string environment;
  std::string snapshot_command;  ///< for /bin/sh, with the environment of this process but its
                                 ///< passwords; empty: no snapshot is to be made
  std::chrono::seconds lock_patience{30};
};

struct BackupMade {
  std::string path;
  core::backup::Manifest manifest;
};

/// Has the server's own tool dump the schema into the folder, while no run can start. A refusal
/// where rights or room do not suffice, or a run holds the lock; one with the code `drift` when
/// somebody changed the schema meanwhile. Throws Fault when the tool fails, the file cannot be
/// written, or a signal came; then nothing of the backup is left.
std::variant<BackupMade, core::Refusal> back_up(const BackupPorts& ports,
                                                const BackupRequest& request);

}  // namespace migrate::app
