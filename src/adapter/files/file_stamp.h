#pragma once

#include <cstdint>
#include <ctime>
#include <string>

#include <sys/stat.h>

namespace migrate::files {

/// What tells a file that was replaced or written to from the one that was read. The time of the
/// last change of status cannot be set back, whatever the tool that wrote the file does to its
/// times (https://man7.org/linux/man-pages/man7/inode.7.html).
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t bytes = 0;
  std::int64_t seconds = 0;  ///< of its last change
  std::int64_t nanoseconds = 0;
  std::int64_t status_seconds = 0;  ///< of the last change of its status or content
  std::int64_t status_nanoseconds = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

FileStamp stamp_of(const struct stat& status);

/// Of an open file or folder.
FileStamp stamp_of(int descriptor);

/// Of the file as it is now. Throws Fault(configuration) when the file of this name is not there.
FileStamp stamp_of(const std::string& path);

}  // namespace migrate::files
