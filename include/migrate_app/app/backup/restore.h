#pragma once

#include <functional>
#include <memory>

#include "app/ports.h"
#include "core/exit_code.h"
#include "port/backup.h"

namespace migrate::app {

/// What becomes of what is in the schema.
enum class Existing {
  refuse,  ///< it must be empty
  replace,
};

struct RestorePorts {
  const RunPorts& run;
  port::StoredBackup& backup;
  std::function<std::unique_ptr<port::RestoreTarget>()> target;  ///< the run's own schema
};

/// Loads the backup into the schema, under the locks of a run and behind its guards. Where that
/// fails, or a signal stops it, what was restored is dropped again: a schema that is half there
/// looks whole to programs. Throws Fault then, as load_dump() does.
core::ExitCode restore_backup(const RestorePorts& ports, Existing existing);

}  // namespace migrate::app
