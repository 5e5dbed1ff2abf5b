#pragma once

#include <memory>

#include "core/connection.h"
#include "core/journal_write.h"
#include "port/backup.h"

namespace migrate::mysql {

/// Of the schema that `options` name. Connects when something is asked.
std::unique_ptr<port::BackupSource> open_backup_source(core::ConnectionOptions options);

/// What the schema is before a dump is loaded into it.
enum class RestoreGround {
  as_it_is,
  anew,  ///< created again, empty, whatever was there: only on a server of migrate's own. Waits for
         ///< whoever does the same there.
};

struct RestoreSchema {
  RestoreGround ground = RestoreGround::as_it_is;
  std::string charset;  ///< of one that is created
  std::string collation;
};

/// Into the schema that `options` name.
std::unique_ptr<port::RestoreTarget> open_restore_target(const core::ConnectionOptions& options,
                                                         const core::RunIdentity& identity,
                                                         const RestoreSchema& schema);

}  // namespace migrate::mysql
