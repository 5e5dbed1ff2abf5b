#include "state_directory.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/fault.h"
#include "own_folder.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;
using core::ExitCode;
using core::Fault;

constexpr std::size_t longest_socket_path = sizeof(sockaddr_un::sun_path) - 1;

// Both families keep it in every data directory.
constexpr const char* mark_of_a_server = "ibdata1";

Fault cannot(const char* what, const fs::path& path, int reason) {
  return {ExitCode::configuration,
          fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(reason)),
          "the private server keeps its state there: make it writable, or set XDG_STATE_HOME"};
}

}  // namespace

StateDirectory::StateDirectory(const fs::path& root)
    : root_(fs::absolute(root).lexically_normal()) {
  // "dir/" and "dir" must be one directory: the running server is known by its path.
  if (!root_.has_filename()) root_ = root_.parent_path();
}

bool StateDirectory::has_data() const {
  std::error_code ignored;
  if (!fs::exists(data(), ignored)) return false;
  if (fs::exists(data() / mark_of_a_server, ignored)) return true;
  throw Fault(ExitCode::configuration,
              fmt::format("{} is there but is not the data directory of a server (no {} in it)",
                          data().string(), mark_of_a_server),
              "move it away; migrate does not delete what it did not make");
}

std::uint64_t StateDirectory::data_bytes() const {
  std::uint64_t bytes = 0;
  std::error_code gone;  // files come and go while the server runs
  for (fs::recursive_directory_iterator entry(data(), gone), end; !gone && entry != end;
       entry.increment(gone)) {
    std::error_code skipped;
    if (entry->is_regular_file(skipped)) {
      const auto size = entry->file_size(skipped);
      if (!skipped) bytes += size;
    }
  }
  return bytes;
}

posix::FileDescriptor StateDirectory::lock() const {
  const fs::path path = root_ / "lock";
  for (;;) {
    std::error_code failure;
    if (fs::create_directories(root_, failure)) {
      fs::permissions(root_, fs::perms::owner_all, failure);
    }
    if (failure) throw cannot("create", root_, failure.value());
    posix::FileDescriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.valid()) {
      if (errno == ENOENT) continue;  // remove_all() of another process came between
      throw cannot("open", path, errno);
    }
    while (::flock(file.get(), LOCK_EX) != 0) {
      if (errno != EINTR) throw cannot("lock", path, errno);
    }
    // The one we waited for may have deleted the file: then it locks nothing any more.
    struct stat held {};
    struct stat named {};
    if (::fstat(file.get(), &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
        held.st_ino == named.st_ino && held.st_dev == named.st_dev) {
      return file;
    }
  }
}

fs::path StateDirectory::short_socket_folder() const {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  const std::string name = name_in_shared_folder(root_);
  if (runtime != nullptr && *runtime == '/') {
    fs::path folder = fs::path(runtime) / name;
    std::error_code ignored;
    if (fs::is_directory(runtime, ignored) &&
        (folder / "server.sock").string().size() <= longest_socket_path) {
      return folder;
    }
  }
  return fs::path("/tmp") / name;
}

fs::path StateDirectory::prepare_socket() const {
  fs::path socket = root_ / "server.sock";
  if (socket.string().size() <= longest_socket_path) return socket;

  const fs::path folder = short_socket_folder();
  make_own_folder(folder);
  return folder / "server.sock";
}

void StateDirectory::remove_all() const {
  if (has_data()) fs::remove_all(data());
  fs::remove_all(partial_data());
  fs::remove_all(temporary());
  for (const char* name : {"server.log", "server.sock", "server.sock.lock", "lock"}) {
    fs::remove(root_ / name);
  }
  std::error_code kept;  // not empty: something in it is not ours
  fs::remove(root_, kept);
  fs::remove_all(short_socket_folder(), kept);
}

}  // namespace migrate::sandbox
