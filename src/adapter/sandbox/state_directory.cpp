#include "state_directory.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;
using core::ExitCode;
using core::Fault;

constexpr std::size_t longest_socket_path = sizeof(sockaddr_un::sun_path) - 1;

// Both families keep it in every data directory.
constexpr const char* mark_of_a_server = "ibdata1";

// FNV-1a: short and the same in every run, which std::hash does not promise.
std::uint64_t short_name_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return hash;
}

/// Of the servers' defaults, which both take about 100 MiB, and for somebody else.
constexpr std::uintmax_t room_for_redo = std::uintmax_t{512} << 20;

Fault cannot(const char* what, const fs::path& path, int reason) {
  return {ExitCode::configuration,
          fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(reason)),
          "the private server keeps its state there: make it writable, or set XDG_STATE_HOME"};
}

/// In a folder that is everybody's, whoever made it could answer in our name.
void make_own(const fs::path& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    throw cannot("create", folder, errno);
  }
  struct stat found {};
  if (::lstat(folder.c_str(), &found) != 0) throw cannot("look at", folder, errno);
  if (!S_ISDIR(found.st_mode) || found.st_uid != ::geteuid() ||
      (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Fault(ExitCode::configuration,
                fmt::format("{} is not a directory that only this user can enter; the private "
                            "server's files would be in it",
                            folder.string()),
                "delete it, or give the project another path");
  }
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

FileDescriptor StateDirectory::lock() const {
  const fs::path path = root_ / "lock";
  for (;;) {
    std::error_code failure;
    if (fs::create_directories(root_, failure)) {
      fs::permissions(root_, fs::perms::owner_all, failure);
    }
    if (failure) throw cannot("create", root_, failure.value());
    FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
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

std::string StateDirectory::short_name() const {
  return fmt::format("migrate-{}-{:016x}", ::geteuid(), short_name_of(root_.string()));
}

fs::path StateDirectory::short_socket_folder() const {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  const std::string name = short_name();
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
  make_own(folder);
  return folder / "server.sock";
}

fs::path StateDirectory::redo_in_memory() const {
  return fs::path("/dev/shm") / (short_name() + "-redo");
}

fs::path StateDirectory::make_redo() const {
  fs::remove_all(redo());
  std::error_code absent;
  const auto space = fs::space("/dev/shm", absent);
  const bool fits = !absent && space.available >= room_for_redo &&
                    ::access("/dev/shm", W_OK) == 0;
  const fs::path folder = fits ? redo_in_memory() : root_ / "redo";
  make_own(folder);
  return folder;
}

fs::path StateDirectory::redo() const {
  std::error_code absent;
  const fs::path in_memory = redo_in_memory();
  return fs::is_directory(in_memory, absent) ? in_memory : root_ / "redo";
}

void StateDirectory::remove_all() const {
  if (has_data()) fs::remove_all(data());
  fs::remove_all(partial_data());
  fs::remove_all(temporary());
  fs::remove_all(redo());
  for (const char* name : {"server.log", "server.sock", "server.sock.lock", "lock"}) {
    fs::remove(root_ / name);
  }
  std::error_code kept;  // not empty: something in it is not ours
  fs::remove(root_, kept);
  fs::remove_all(short_socket_folder(), kept);
}

}  // namespace migrate::sandbox
