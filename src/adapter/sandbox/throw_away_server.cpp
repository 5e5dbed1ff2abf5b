#include "adapter/sandbox/throw_away_server.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapter/posix/file_descriptor.h"
#include "core/fault.h"
#include "own_folder.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;

/// Every schema change waits for the redo log, and makes and deletes files, whatever else is set:
/// of a disk that takes most of the time.
fs::path folder_in_memory(const fs::path& state_dir) {
  return fs::path("/dev/shm") / name_in_shared_folder(fs::absolute(state_dir));
}

bool has_room_in_memory(std::uintmax_t room) {
  std::error_code absent;
  const auto space = fs::space("/dev/shm", absent);
  return !absent && space.available >= room && ::access("/dev/shm", W_OK) == 0;
}

SandboxOptions without_durability(SandboxOptions options) {
  options.durability = Durability::none;
  options.lifetime = Lifetime::kept;  // others may have joined
  return options;
}

/// Beside the folder, which comes and goes.
fs::path lock_file(const fs::path& state_dir) {
  return state_dir.string() + ".lock";
}

/// Each user of the server has a share of it; who has all of it is alone.
class Share {
 public:
  explicit Share(const fs::path& path) {
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    file_ = posix::FileDescriptor(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file_.valid()) {
      throw core::Fault(core::ExitCode::configuration,
                        fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)),
                        "a rehearsal's server is kept beside it: make it writable, or set "
                        "XDG_STATE_HOME");
    }
  }

  bool take_all() { return ::flock(file_.get(), LOCK_EX | LOCK_NB) == 0; }
  void take_one() {
    while (::flock(file_.get(), LOCK_SH) != 0 && errno == EINTR) continue;
  }

 private:
  posix::FileDescriptor file_;
};

}  // namespace

class ThrowAwayServer::Impl {
 public:
  Impl(SandboxOptions options, std::uintmax_t room)
      : share_(lock_file(options.state_dir)), options_(without_durability(std::move(options))) {
    const bool first = share_.take_all();
    if (!first) share_.take_one();  // waits until the first has started it
    const fs::path in_memory = folder_in_memory(options_.state_dir);
    if (first) {
      delete_left(in_memory);
      delete_left(options_.state_dir);
      if (has_room_in_memory(room)) make_own_folder(in_memory);
    }
    if (fs::exists(in_memory)) options_.state_dir = in_memory;
    server_ = open(options_);
    connection_ = server_->start();
    if (first) share_.take_one();
  }

  ~Impl() {
    try {
      if (share_.take_all()) server_->destroy();
    } catch (...) {  // NOLINT(bugprone-empty-catch): the next one deletes it
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const core::ConnectionOptions& connection() const { return connection_; }

 private:
  void delete_left(const fs::path& folder) const {
    SandboxOptions left = options_;
    left.state_dir = folder;
    open(left)->destroy();
  }

  Share share_;
  SandboxOptions options_;
  std::unique_ptr<port::Sandbox> server_;
  core::ConnectionOptions connection_;
};

ThrowAwayServer::ThrowAwayServer(SandboxOptions options, std::uintmax_t room)
    : impl_(std::make_unique<Impl>(std::move(options), room)) {}
ThrowAwayServer::~ThrowAwayServer() = default;

const core::ConnectionOptions& ThrowAwayServer::connection() const {
  return impl_->connection();
}

}  // namespace migrate::sandbox
