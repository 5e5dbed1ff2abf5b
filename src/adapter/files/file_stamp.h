#pragma once

#include <ctime>
#include <string>

#include <sys/types.h>

namespace migrate::files {

/// What tells a file that was replaced or written to from the one that was examined.
struct FileStamp {
  dev_t device = 0;
  ino_t inode = 0;
  off_t bytes = 0;
  time_t seconds = 0;  ///< of its last change
  long nanoseconds = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// Of the file as it is now. Throws Fault(configuration) when the file of this name is not there.
FileStamp stamp_of(const std::string& path);

}  // namespace migrate::files
