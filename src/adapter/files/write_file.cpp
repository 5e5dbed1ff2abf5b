#include "adapter/files/write_file.h"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

/// The rename itself is on disk when its folder is. Some file systems cannot do that; the file is
/// whole there too.
void sync_folder(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

void write_file(const fs::path& path, const std::string& text, FileAccess access) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const fs::path fresh =
      folder / fmt::format(".{}.{}", path.filename().string(), static_cast<long>(::getpid()));
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                          access == FileAccess::owner ? 0600 : 0666);
  bool done = file >= 0 && write_all(file, text);
  int reason = errno;
  if (file >= 0 && ::close(file) != 0 && done) {
    done = false;
    reason = errno;
  }
  if (done && ::rename(fresh.c_str(), path.c_str()) != 0) {
    done = false;
    reason = errno;
  }
  if (!done) {
    if (file >= 0) ::unlink(fresh.c_str());
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("{}: cannot be written: {}", path.string(), std::strerror(reason)));
  }
  sync_folder(folder);
}

}  // namespace migrate::files
