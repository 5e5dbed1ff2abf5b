#include "support/proxy.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace migrate::testing {
namespace {

Descriptor checked(int fd, const char* what) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), what);
  return Descriptor(fd);
}

Descriptor connected_to(const std::filesystem::path& socket) {
  Descriptor server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.string().size() >= sizeof address.sun_path) return Descriptor(-1);
  std::memcpy(address.sun_path, socket.c_str(), socket.string().size());
  if (::connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return Descriptor(-1);
  }
  return server;
}

enum class Carried { something, nothing, closed };

/// Never waits for `from`.
Carried carry(int from, int to) {
  std::array<char, 16384> bytes{};
  const ssize_t count = ::recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (count < 0) return errno == EAGAIN || errno == EINTR ? Carried::nothing : Carried::closed;
  for (ssize_t sent = 0; sent < count;) {
    const ssize_t now =
        ::send(to, bytes.data() + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
    if (now <= 0) return Carried::closed;
    sent += now;
  }
  return count > 0 ? Carried::something : Carried::closed;
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Proxy::Proxy(std::filesystem::path socket)
    : socket_(std::move(socket)),
      listener_(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")),
      bell_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_.get(), plain, size) != 0 || ::listen(listener_.get(), 16) != 0 ||
      ::getsockname(listener_.get(), plain, &size) != 0) {
    throw std::system_error(errno, std::generic_category(), "listening on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

Proxy::~Proxy() {
  {
    const std::lock_guard guard(mutex_);
    ends_ = true;
  }
  wake();
  thread_.join();
}

void Proxy::wake() const {
  const std::uint64_t one = 1;
  // Full means that it rings already.
  [[maybe_unused]] const auto written = ::write(bell_.get(), &one, sizeof one);
}

void Proxy::cut(std::list<Pair>::iterator pair) {
  // Closing a socket that lingers for no time sends a reset.
  const linger none{1, 0};
  ::setsockopt(pair->client.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  cut_.push_back(std::move(pair->server));
  pairs_.erase(pair);
  wake();
}

std::size_t Proxy::cut_all() {
  const std::lock_guard guard(mutex_);
  const std::size_t count = pairs_.size();
  while (!pairs_.empty()) cut(pairs_.begin());
  return count;
}

std::size_t Proxy::cut_last() {
  const std::lock_guard guard(mutex_);
  if (pairs_.empty()) return 0;
  cut(std::prev(pairs_.end()));
  return 1;
}

std::size_t Proxy::cut_first() {
  const std::lock_guard guard(mutex_);
  if (pairs_.empty()) return 0;
  cut(pairs_.begin());
  return 1;
}

void Proxy::hang_up() {
  const std::lock_guard guard(mutex_);
  cut_.clear();
}

void Proxy::accept_one() {
  Descriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  Descriptor server = connected_to(socket_);
  // An answer that the server gives in two pieces would wait 40 ms for the client's word on the
  // first.
  const int at_once = 1;
  ::setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (client.get() >= 0 && server.get() >= 0) {
    ++traffic_.connections;
    pairs_.push_back({std::move(client), std::move(server)});
  }
}

Proxy::Traffic Proxy::traffic() {
  const std::lock_guard guard(mutex_);
  return traffic_;
}

void Proxy::at_request(std::size_t number, std::function<void()> happens) {
  const std::lock_guard guard(mutex_);
  requests_left_ = number;
  happens_ = std::move(happens);
}

/// False when either end is closed.
bool Proxy::carry_both(Pair& pair) {
  const Carried sent = carry(pair.client.get(), pair.server.get());
  if (sent == Carried::closed) return false;
  if (sent == Carried::something && !std::exchange(pair.asked, true) && requests_left_ > 0 &&
      --requests_left_ == 0) {
    happens_();
  }
  const Carried received = carry(pair.server.get(), pair.client.get());
  if (received == Carried::something && std::exchange(pair.asked, false)) ++traffic_.round_trips;
  return received != Carried::closed;
}

void Proxy::serve() {
  for (;;) {
    std::vector<pollfd> watched{{bell_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    {
      const std::lock_guard guard(mutex_);
      if (ends_) return;
      for (const Pair& pair : pairs_) {
        watched.push_back({pair.client.get(), POLLIN, 0});
        watched.push_back({pair.server.get(), POLLIN, 0});
      }
    }
    if (::poll(watched.data(), watched.size(), -1) <= 0) continue;
    std::uint64_t rung = 0;
    [[maybe_unused]] const auto heard = ::read(bell_.get(), &rung, sizeof rung);

    const std::lock_guard guard(mutex_);
    // A number in `watched` may be another connection's by now, so all are asked, none waited for.
    for (auto pair = pairs_.begin(); pair != pairs_.end();) {
      pair = carry_both(*pair) ? std::next(pair) : pairs_.erase(pair);
    }
    if ((watched[1].revents & POLLIN) != 0) accept_one();
  }
}

}  // namespace migrate::testing
