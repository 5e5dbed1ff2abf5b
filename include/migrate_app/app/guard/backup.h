#pragma once

#include <memory>

#include "app/guard/guard.h"
#include "core/guard/backup.h"
#include "port/backup.h"

namespace migrate::app {

/// `require: backup`: the folder has a verified, young backup of this schema and server.
class BackupGuard : public Guard {
 public:
  BackupGuard(std::unique_ptr<port::BackupSource> source,
              std::unique_ptr<port::BackupFolder> folder, core::guard::BackupPolicy policy)
      : source_(std::move(source)), folder_(std::move(folder)), policy_(std::move(policy)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;

 private:
  std::unique_ptr<port::BackupSource> source_;
  std::unique_ptr<port::BackupFolder> folder_;
  core::guard::BackupPolicy policy_;
};

}  // namespace migrate::app
