#include "adapter/sandbox/throw_away_server.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "adapter/posix/process.h"
#include "own_folder.h"
#include "share.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;

/// Every schema change waits for the redo log, and makes and deletes files, whatever else is set:
/// of a disk that takes most of the time.
fs::path folder_in_memory(const fs::path& state_dir) {
  return fs::path("/dev/shm") / name_in_shared_folder(state_dir);
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

void delete_left(SandboxOptions options, const fs::path& folder) {
  options.state_dir = folder;
  open(std::move(options))->destroy();
}

}  // namespace

class ThrowAwayServer::Impl {
 public:
  Impl(SandboxOptions options, std::uintmax_t room)
      : share_(lock_file(options.state_dir)), options_(without_durability(std::move(options))) {
    const fs::path on_disk = fs::absolute(options_.state_dir);
    const fs::path in_memory = folder_in_memory(on_disk);
    if (takes_all_unless_there(in_memory, on_disk)) {
      delete_left(options_, in_memory);
      delete_left(options_, on_disk);
      caretaker_ = posix::fork_caretaker([options = options_, in_memory, on_disk] {
        Share share(lock_file(on_disk));
        share.wait_for_all();
        delete_left(options, in_memory);
        delete_left(options, on_disk);
      });
      if (has_room_in_memory(room)) make_own_folder(in_memory);
    }
    if (fs::exists(in_memory)) options_.state_dir = in_memory;
    server_ = open(options_);
    connection_ = server_->start();
    share_.take_one();
  }

  ~Impl() {
    try {
      if (share_.take_all()) server_->destroy();
      share_.give_back();
      constexpr std::chrono::seconds its_end{5};
      if (caretaker_ && !fs::exists(options_.state_dir)) caretaker_->ended_within(its_end);
    } catch (...) {  // NOLINT(bugprone-empty-catch): the caretaker deletes it
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const core::ConnectionOptions& connection() const { return connection_; }

 private:
  /// Else it has a share.
  bool takes_all_unless_there(const fs::path& in_memory, const fs::path& on_disk) {
    while (!share_.take_all()) {
      share_.take_one();
      if (fs::exists(in_memory) || fs::exists(on_disk)) return false;
      share_.give_back();  // it waited for one who deleted it
    }
    return true;
  }

  Share share_;
  SandboxOptions options_;
  std::optional<posix::Process> caretaker_;  ///< of the one who made the server
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
