#include "app/guard/backup.h"

namespace migrate::app {

core::guard::Verdict BackupGuard::ask(const GuardedRun&) const {
  const port::BackupSource::Now now = source_->now();
  return core::guard::backup_verdict(folder_->list(), policy_, now.server, now.at);
}

}  // namespace migrate::app
