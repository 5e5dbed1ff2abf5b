#include "share.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "core/fault.h"

namespace migrate::sandbox {
namespace {

/// `command`: F_OFD_SETLK or F_OFD_SETLKW; `type`: F_RDLCK, F_WRLCK or F_UNLCK.
bool lock(const posix::FileDescriptor& file, int command, short type) {
  struct flock whole {};
  whole.l_type = type;
  whole.l_whence = SEEK_SET;
  while (::fcntl(file.get(), command, &whole) != 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EACCES) return false;
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("cannot lock a file in the state folder: {}", std::strerror(errno)),
        "keep it on a file system with locks: --state-dir, or XDG_STATE_HOME");
  }
  return true;
}

}  // namespace

Share::Share(const std::filesystem::path& file) {
  std::error_code failure;
  std::filesystem::create_directories(file.parent_path(), failure);
  file_ =
      posix::FileDescriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file_.valid()) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("cannot open {}: {}", file.string(), std::strerror(errno)),
        "a rehearsal's server is kept beside it: make it writable, or set XDG_STATE_HOME");
  }
}

bool Share::take_all() {
  return lock(file_, F_OFD_SETLK, F_WRLCK);
}

void Share::wait_for_all() {
  lock(file_, F_OFD_SETLKW, F_WRLCK);
}

void Share::take_one() {
  lock(file_, F_OFD_SETLKW, F_RDLCK);
}

void Share::give_back() {
  lock(file_, F_OFD_SETLK, F_UNLCK);
}

}  // namespace migrate::sandbox
