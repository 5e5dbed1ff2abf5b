#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "file_stamp.h"

namespace migrate::files {

/// A file as it was read once.
struct KnownFile {
  std::string_view name;  ///< in its folder
  FileStamp stamp;        ///< from before it was read; nothing: it has to be read each time
  std::string_view hex;   ///< of its checksum
};

/// What an earlier run read of the files of one folder, so that those that nobody touched since
/// need not be read again: what git's index is for a working tree. Only a saving: without it, or
/// with a damaged one, every file is read. Threads may share it once it is loaded.
class KnownFiles {
 public:
  KnownFiles() = default;

  /// Nothing is known where the file is missing, damaged, of another version of this program, or
  /// somebody else's.
  static KnownFiles load(const std::filesystem::path& kept_in);

  /// All files that were in the folder when it had this stamp, by name; empty where that is not
  /// known.
  const std::vector<KnownFile>& in_folder(const FileStamp& folder) const;

  /// Nullptr for a file that is not known or was touched since. It is found soonest at its `place`
  /// in the order of names.
  const KnownFile* find(std::size_t place, std::string_view name, const FileStamp& stamp) const;

 private:
  std::vector<char> kept_;  ///< what the views of `files_` look at
  FileStamp folder_;
  std::vector<KnownFile> files_;  ///< by name
};

/// Replaces what is kept, in one step; `files` are all in the folder, ordered by name. Creates the
/// folder of `kept_in`. A disk that takes no more is not an error: the next run reads the files.
void keep_known(const FileStamp& folder, const std::vector<KnownFile>& files,
                const std::filesystem::path& kept_in);

/// The stamp, if it changes with the next change of the file; nothing where the file was touched
/// within the clock's grain before `now` (https://git-scm.com/docs/racy-git).
FileStamp settled(const FileStamp& stamp, time_t now);

}  // namespace migrate::files
