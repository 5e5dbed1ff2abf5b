#pragma once

#include <cstdint>
#include <memory>

#include "adapter/sandbox/sandbox.h"
#include "core/connection.h"
#include "port/sandbox.h"

namespace migrate::sandbox {

/// A server that is made for whoever needs it at the time: the first starts it on empty data, the
/// others who name the same `options.state_dir` join, the last deletes it. Where the last was
/// killed, a fork of the first does, or the next one if that was killed too. Its data is in memory,
/// in a folder of this user's in /dev/shm, where there is the room, else in `options.state_dir`. It
/// waits for no disk, whatever `options` say.
class ThrowAwayServer {
 public:
  /// What a server begins with takes about 250 MiB; the rest is for rows, and for somebody else.
  static constexpr std::uintmax_t usual_room = std::uintmax_t{2} << 30;

  /// `room`: bytes that have to be free in memory. Throws Fault as port::Sandbox::start().
  explicit ThrowAwayServer(SandboxOptions options, std::uintmax_t room = usual_room);
  /// Throws nothing: what cannot be deleted is left to the fork and the next.
  ~ThrowAwayServer();
  ThrowAwayServer(const ThrowAwayServer&) = delete;
  ThrowAwayServer& operator=(const ThrowAwayServer&) = delete;

  const core::ConnectionOptions& connection() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace migrate::sandbox
