#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "adapter/posix/process.h"

namespace migrate::sandbox {

/// A server process as the kernel shows it.
struct RunningServer {
  posix::Process process;
  std::filesystem::path socket;
};

/// The process whose arguments name `data` as its data directory, ready or not. The kernel is asked
/// (/proc) and not a pid file: a file can be stale, or name a process that took the number since.
std::optional<RunningServer> find_running_server(const std::filesystem::path& data);

}  // namespace migrate::sandbox
