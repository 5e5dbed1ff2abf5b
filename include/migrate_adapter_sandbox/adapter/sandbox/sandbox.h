#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "adapter/posix/process.h"
#include "core/server_info.h"
#include "port/sandbox.h"

namespace migrate::sandbox {

/// `none` waits for no disk: a crash of the machine leaves data of no use. `relaxed` loses the last
/// second of it and is faster for it; `full` leaves the server's defaults, binary log included, so
/// that tests see what production does.
enum class Durability { none, relaxed, full };

using posix::Lifetime;

struct SandboxOptions {
  /// Everything the sandbox keeps is in here; created with access for its owner alone.
  std::filesystem::path state_dir;
  /// Path of mysqld or mariadbd; empty: the first in PATH or in /usr/sbin.
  std::filesystem::path server_binary;
  Durability durability = Durability::relaxed;
  Lifetime lifetime = Lifetime::kept;
  /// More server options, in effect when start() has to start it.
  std::vector<std::string> server_arguments;
};

/// A server program on this machine.
struct InstalledServer {
  std::filesystem::path path;
  core::ServerFamily family = core::ServerFamily::mysql;
  std::string version;
};

/// Every mariadbd and mysqld in PATH and the usual folders beside it. Each is asked what it is.
std::vector<InstalledServer> installed_servers();

/// Touches nothing yet.
std::unique_ptr<port::Sandbox> open(SandboxOptions options);

}  // namespace migrate::sandbox
