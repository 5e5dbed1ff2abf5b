#pragma once

#include <filesystem>
#include <memory>

#include "port/backup.h"

namespace migrate::files {

/// Backups in a folder: `NAME.sql.gz`, and beside it `NAME.sql.gz.json`, its manifest, which is
/// written last. While a file is written it is `NAME.sql.gz.partial`. All are readable by this user
/// alone. Touches nothing yet.
std::unique_ptr<port::BackupFolder> open_backup_folder(const std::filesystem::path& folder);

/// Of a file, or of its manifest. Throws Fault(configuration) when either is not there, when the
/// manifest was changed, or when it is another file's.
std::unique_ptr<port::StoredBackup> open_backup(const std::filesystem::path& path);

}  // namespace migrate::files
