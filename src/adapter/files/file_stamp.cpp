#include "file_stamp.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::files {

FileStamp stamp_of(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .bytes = status.st_size,
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec,
          .status_seconds = status.st_ctim.tv_sec,
          .status_nanoseconds = status.st_ctim.tv_nsec};
}

FileStamp stamp_of(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 ? stamp_of(status) : FileStamp{};
}

FileStamp stamp_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{}: {}", path, std::strerror(errno)));
  }
  return stamp_of(status);
}

}  // namespace migrate::files
