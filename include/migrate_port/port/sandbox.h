#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <sys/types.h>

#include "core/connection.h"
#include "core/server_info.h"

namespace migrate::port {

enum class SandboxState { absent, stopped, running };

/// What `migrate sandbox status` shows.
struct SandboxStatus {
  SandboxState state = SandboxState::absent;
  std::filesystem::path data_directory;
  std::uint64_t data_bytes = 0;
  std::optional<core::ServerFamily> family;  ///< of the data, or of the program where there is none
  /// Of the server program that start() would use; empty when there is none.
  std::string version;
  std::filesystem::path server_binary;
  std::optional<pid_t> pid;      ///< while it runs
  std::filesystem::path socket;  ///< while it runs
  std::filesystem::path log;     ///< the server's own error log
};

/// A private, throw-away server on a unix socket, without TCP. It outlives the process that started
/// it, so the next command finds it running. Several processes may use the same sandbox at once:
/// calls that change it exclude each other.
class Sandbox {
 public:
  virtual ~Sandbox() = default;

  /// Never starts, waits for or writes anything.
  virtual SandboxStatus status() const = 0;

  /// Makes sure that the server runs and accepts connections, and says how to connect as its
  /// superuser; the options name no schema. Throws Fault(unavailable) with the end of the server's
  /// log when it cannot be started, Fault(configuration) when there is no server program or the
  /// data was made by the other family.
  virtual core::ConnectionOptions start() = 0;

  /// Shuts the server down in order and waits for its end; does nothing when it does not run.
  /// Throws Fault(unavailable) when it has not ended in a minute.
  virtual void stop() = 0;

  /// Stops the server and deletes its data.
  virtual void destroy() = 0;
};

}  // namespace migrate::port
