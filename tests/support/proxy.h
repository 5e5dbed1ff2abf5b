#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace migrate::testing {

/// Closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Listens on 127.0.0.1 and carries bytes between whoever connects and a server's unix socket, so
/// that a connection can be cut in its middle, and that round trips can be counted. A thread of its
/// own does so; every call is safe from any other.
class Proxy {
 public:
  /// Throws std::system_error when it cannot listen. `socket` need not be there yet: who connects
  /// while it isn't is hung up on.
  explicit Proxy(std::filesystem::path socket);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  std::uint16_t port() const { return port_; }

  /// The clients get a reset; what was under way in either direction is lost. The servers are not
  /// told before hang_up(). How many connections there were to cut.
  std::size_t cut_all();
  /// The same for the connection that was opened last.
  std::size_t cut_last();
  /// The same for the oldest one.
  std::size_t cut_first();
  /// Closes the server's end of every connection that was cut.
  void hang_up();

  /// What went through so far.
  struct Traffic {
    std::size_t connections = 0;
    /// Answers that a client waited for: bytes of a server behind bytes of its client. A
    /// connection's login is one, the greeting before it and the good-bye at its end are none.
    std::size_t round_trips = 0;
  };
  Traffic traffic();

  /// Calls `happens` once, from the proxy's thread, when the clients have begun to send their
  /// `number`-th request, counted from 1 over all connections from now on, logins included; what
  /// has come of it is on its way to the server.
  void at_request(std::size_t number, std::function<void()> happens);

 private:
  struct Pair {
    Descriptor client;
    Descriptor server;
    bool asked = false;  ///< the client spoke last
  };

  void serve();
  bool carry_both(Pair& pair);
  void cut(std::list<Pair>::iterator pair);
  void accept_one();
  void wake() const;

  std::filesystem::path socket_;
  Descriptor listener_;
  Descriptor bell_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::list<Pair> pairs_;
  std::vector<Descriptor> cut_;
  Traffic traffic_;
  std::size_t requests_left_ = 0;  ///< until something happens
  std::function<void()> happens_;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace migrate::testing
