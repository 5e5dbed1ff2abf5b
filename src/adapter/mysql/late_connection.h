#pragma once

#include <optional>
#include <utility>

#include "connection.h"
#include "core/connection.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// A connection that is made when it is first asked for, with the settings of a session. Throws as
/// Connection does then.
class LateConnection {
 public:
  explicit LateConnection(core::ConnectionOptions options) : options_(std::move(options)) {}

  Connection& get();
  core::ServerFamily family();
  const core::ConnectionOptions& options() const { return options_; }
  /// The next get() makes another one.
  void close() { connection_.reset(); }

 private:
  core::ConnectionOptions options_;
  std::optional<Connection> connection_;
  core::ServerFamily family_ = core::ServerFamily::mysql;
};

}  // namespace migrate::mysql
