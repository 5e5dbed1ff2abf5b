#include "adapter/sandbox/sandbox.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "adapter/posix/file_descriptor.h"
#include "adapter/posix/process.h"
#include "core/fault.h"
#include "running_server.h"
#include "server_program.h"
#include "state_directory.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;
using core::ExitCode;
using core::Fault;
using core::ServerFamily;
using std::chrono::steady_clock;

constexpr std::chrono::seconds patience{60};
constexpr std::chrono::milliseconds between_looks{10};

/// Whether a server greets whoever connects. The greeting is the first packet of the protocol and
/// comes from the server (mysql internals: connection phase), so nothing has to be sent.
bool greets(const fs::path& socket) {
  const posix::FileDescriptor connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (!connection.valid() || socket.string().size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, socket.c_str(), socket.string().size());
  if (::connect(connection.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
      0) {
    return false;
  }
  // A server that listens but still recovers its data answers later, in the same connection.
  pollfd answer{connection.get(), POLLIN, 0};
  char first = 0;
  return ::poll(&answer, 1, 1000) == 1 && ::recv(connection.get(), &first, 1, 0) == 1;
}

/// What the log says from `start` on: the end of it, since the cause is written last.
std::string end_of_log(const fs::path& log, std::uintmax_t start) {
  constexpr std::uintmax_t most = 2000;
  std::error_code failure;
  const auto size = fs::file_size(log, failure);
  if (failure || size <= start) return "(its log has nothing to say)";
  std::ifstream file(log, std::ios::binary);
  const auto from = std::max(start, size > most ? size - most : 0);
  file.seekg(static_cast<std::streamoff>(from));
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (from > start) text.erase(0, text.find('\n') + 1);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::uintmax_t size_of(const fs::path& file) {
  std::error_code absent;
  const auto size = fs::file_size(file, absent);
  return absent ? 0 : size;
}

/// Only a MySQL 8 or later keeps its dictionary in this file, only a MariaDB has Aria tables.
std::optional<ServerFamily> family_of_data(const fs::path& data) {
  if (fs::exists(data / "mysql.ibd")) return ServerFamily::mysql;
  if (fs::exists(data / "aria_log_control")) return ServerFamily::mariadb;
  return std::nullopt;
}

/// A full disk or a missing permission is the user's to mend.
template <typename Action>
auto reporting_file_errors(Action action) {
  try {
    return action();
  } catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::configuration,
                fmt::format("the private server's files: {}", error.what()));
  }
}

class PrivateServer final : public port::Sandbox {
 public:
  explicit PrivateServer(SandboxOptions options)
      : options_(std::move(options)), state_(options_.state_dir) {}

  port::SandboxStatus status() const override;
  core::ConnectionOptions start() override;
  void stop() override;
  void destroy() override;

 private:
  core::ConnectionOptions start_unless_running();
  void create_data(const ServerProgram& server);
  RunningServer launch(const ServerProgram& server, const fs::path& socket);
  void wait_until_ready(RunningServer& server, std::uintmax_t log_start) const;
  void end(int signal) const;
  core::ConnectionOptions connection(const fs::path& socket) const;

  SandboxOptions options_;
  StateDirectory state_;
};

port::SandboxStatus PrivateServer::status() const {
  port::SandboxStatus status;
  status.data_directory = state_.data();
  status.log = state_.log();
  if (state_.has_data()) {
    status.state = port::SandboxState::stopped;
    status.data_bytes = state_.data_bytes();
    status.family = family_of_data(state_.data());
  }
  if (const auto running = find_running_server(state_.data())) {
    status.state = port::SandboxState::running;
    status.pid = running->process.pid();
    status.socket = running->socket;
  }
  try {
    const auto server = find_server_program(options_.server_binary);
    status.server_binary = server.path;
    status.version = server.version;
    if (!status.family) status.family = server.family;
  } catch (const Fault&) {  // NOLINT(bugprone-empty-catch): no server program, but maybe data
  }
  return status;
}

core::ConnectionOptions PrivateServer::start() {
  return reporting_file_errors([this] { return start_unless_running(); });
}

core::ConnectionOptions PrivateServer::start_unless_running() {
  // Without the lock first: the usual case, and a second command must not wait for a long start of
  // anything else.
  if (const auto running = find_running_server(state_.data()); running && greets(running->socket)) {
    return connection(running->socket);
  }

  const auto lock = state_.lock();
  if (auto running = find_running_server(state_.data())) {
    // Started by a process that was killed before it was ready.
    wait_until_ready(*running, size_of(state_.log()));
    return connection(running->socket);
  }
  const auto server = find_server_program(options_.server_binary);
  if (!state_.has_data()) create_data(server);
  const auto family = family_of_data(state_.data());
  if (family && *family != server.family) {
    throw Fault(ExitCode::configuration,
                fmt::format("the private server's data in {} was made by {}, and {} is {}",
                            state_.data().string(), family_name(*family), server.path.string(),
                            family_name(server.family)),
                fmt::format("give the path of a {} server with --server-bin, or delete the data "
                            "with: migrate sandbox destroy",
                            family_name(*family)));
  }
  const auto log_start = size_of(state_.log());
  auto running = launch(server, state_.prepare_socket());
  wait_until_ready(running, log_start);
  return connection(running.socket);
}

void PrivateServer::create_data(const ServerProgram& server) {
  const auto partial = state_.partial_data();
  fs::remove_all(partial);  // of a run that was killed
  fs::create_directory(partial);
  fs::permissions(partial, fs::perms::owner_all);
  fs::create_directories(state_.temporary());
  const auto log_start = size_of(state_.log());
  // Dies with us: half of it is of no use to anybody.
  auto process =
      posix::spawn(initialise_command(server, partial, state_.temporary(), options_.durability),
                   state_.log(), Lifetime::with_caller);
  if (!process.ended_within(patience)) {
    process.send(SIGKILL);
    process.ended_within(patience);
  }
  if (!process.succeeded()) {
    const std::string said = end_of_log(state_.log(), log_start);
    fs::remove_all(partial);
    throw Fault(
        ExitCode::unavailable,
        fmt::format("{} could not create the private server's data in {} ({}); it said:\n{}",
                    server.path.string(), state_.data().string(), process.ending(), said),
        fmt::format("the whole log: {}", state_.log().string()));
  }
  fs::rename(partial, state_.data());
}

RunningServer PrivateServer::launch(const ServerProgram& server, const fs::path& socket) {
  // Left by a server that was killed. In the second file MySQL keeps its pid, and would refuse to
  // start when another process has that number by now.
  fs::remove(socket);
  fs::remove(socket.string() + ".lock");
  fs::create_directories(state_.temporary());
  const auto argv = serve_command(server, {state_.data(), socket, state_.temporary(),
                                           options_.durability, options_.server_arguments});
  return {posix::spawn(argv, state_.log(), options_.lifetime), socket};
}

void PrivateServer::wait_until_ready(RunningServer& server, std::uintmax_t log_start) const {
  const auto until = steady_clock::now() + patience;
  while (!greets(server.socket)) {
    const bool ended = server.process.ended_within(between_looks);
    if (!ended && steady_clock::now() < until) continue;
    throw Fault(
        ExitCode::unavailable,
        fmt::format("the private server {}; its log ends with:\n{}",
                    ended ? fmt::format("ended while it was starting ({})", server.process.ending())
                          : "is not ready after a minute",
                    end_of_log(state_.log(), log_start)),
        fmt::format("the whole log: {}; to begin again with empty data: migrate sandbox destroy",
                    state_.log().string()));
  }
}

void PrivateServer::stop() {
  if (!fs::exists(state_.data())) return;
  const auto lock = state_.lock();
  end(SIGTERM);
}

void PrivateServer::end(int signal) const {
  auto running = find_running_server(state_.data());
  if (!running) return;
  running->process.send(signal);
  if (running->process.ended_within(patience)) return;
  throw Fault(ExitCode::unavailable,
              fmt::format("the private server (pid {}) has not ended a minute after it was told to",
                          running->process.pid()),
              fmt::format("its log is {}", state_.log().string()));
}

void PrivateServer::destroy() {
  if (!fs::exists(options_.state_dir)) return;
  const auto lock = state_.lock();
  end(SIGKILL);  // its data goes too
  reporting_file_errors([this] { state_.remove_all(); });
}

core::ConnectionOptions PrivateServer::connection(const fs::path& socket) const {
  core::ConnectionOptions options;
  options.socket = socket.string();
  options.user = "root";
  options.tls.mode = core::TlsMode::disabled;  // nobody listens in on a unix socket
  return options;
}

}  // namespace

std::unique_ptr<port::Sandbox> open(SandboxOptions options) {
  return std::make_unique<PrivateServer>(std::move(options));
}

}  // namespace migrate::sandbox
