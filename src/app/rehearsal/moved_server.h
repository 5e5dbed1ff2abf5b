#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "port/session.h"

namespace migrate::app {

/// What a session is given beside migrate's own settings: what those leave to the server, as
/// another server, or the same one at another time, would have it.
using Move = std::vector<std::string>;

/// Another time, and what a server may have set otherwise.
Move other_clock_and_session();
/// Ids with gaps, as on one of several primaries, or after a rollback.
Move other_counters();

/// A server whose sessions are moved, after each reset too. A setting that this account may not
/// make is left out. `server` must outlive it.
class MovedServer : public port::Server {
 public:
  MovedServer(port::Server& server, Move move) : server_(server), move_(std::move(move)) {}
  std::unique_ptr<port::Session> connect() override;
  /// Called behind each packet that its sessions run; an empty one: no longer.
  void watch(std::function<void()> behind_packet) { behind_packet_ = std::move(behind_packet); }

 private:
  port::Server& server_;
  Move move_;
  std::function<void()> behind_packet_;
};

}  // namespace migrate::app
