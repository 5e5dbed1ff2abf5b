#pragma once

#include <memory>

#include "adapter/sandbox/sandbox.h"
#include "core/connection.h"
#include "port/sandbox.h"

namespace migrate::sandbox {

/// A server that is made for whoever needs it at the time: the first starts it on empty data, the
/// others who name the same `options.state_dir` join, the last deletes it. Where the last was
/// killed, a fork of the first does, or the next one if that was killed too. Its data is in memory,
/// in a folder of this user's in /dev/shm, where 2 GiB are free, else in `options.state_dir`. It
/// waits for no disk, whatever `options` say.
class ThrowAwayServer {
 public:
  /// Throws Fault as port::Sandbox::start().
  explicit ThrowAwayServer(SandboxOptions options);
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
