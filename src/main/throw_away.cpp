#include "throw_away.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "adapter/sandbox/sandbox.h"
#include "core/fault.h"
#include "core/rehearsal/nearest_server.h"

namespace migrate::wiring {
namespace {

namespace fs = std::filesystem;
using sandbox::SandboxOptions;
using sandbox::ThrowAwayServer;

/// In a folder of this name in the state folder. `like`: what it is to be most like, unless
/// somebody named its program.
SandboxOptions options_of(const config::Folders& where, const std::string& name,
                          const std::optional<core::rehearsal::KnownServer>& like) {
  if (!where.state_dir) {
    throw core::Fault(core::ExitCode::configuration,
                      "no place for the private server: neither HOME nor XDG_STATE_HOME is set",
                      "name one with --state-dir or MIGRATE_STATE_DIR");
  }
  SandboxOptions options{.state_dir = *where.state_dir / name,
                         .server_binary = where.server_binary};
  if (like && options.server_binary.empty()) {
    const auto servers = sandbox::installed_servers();
    std::vector<core::rehearsal::KnownServer> known;
    known.reserve(servers.size());
    for (const auto& server : servers) known.push_back({server.family, server.version});
    const auto nearest = core::rehearsal::nearest_server(known, *like);
    if (nearest) options.server_binary = servers[*nearest].path;
  }
  return options;
}

}  // namespace

std::unique_ptr<ThrowAwayServer> server_for_rehearsal(
    const config::Folders& where, const std::optional<core::rehearsal::ServerTraits>& like) {
  std::optional<core::rehearsal::KnownServer> known;
  if (like) known = {like->family, like->version};
  return std::make_unique<ThrowAwayServer>(options_of(where, "rehearsal", known));
}

std::unique_ptr<ThrowAwayServer> server_to_restore_into(const config::Folders& where,
                                                        const core::backup::Manifest& manifest) {
  constexpr std::uintmax_t of_the_server = std::uintmax_t{1} << 29;
  // Rows, indexes, and the logs of both.
  const std::uintmax_t room = of_the_server + 3 * manifest.dump_bytes;
  auto options =
      options_of(where, "restored",
                 core::rehearsal::KnownServer{manifest.server.family, manifest.server.version});
  // What it is to be compared with must not change it.
  options.server_arguments = {"--event-scheduler=OFF", "--max-allowed-packet=1G"};
  std::error_code unknown;
  fs::create_directories(options.state_dir.parent_path(), unknown);
  for (const fs::path& place : {fs::path("/dev/shm"), options.state_dir.parent_path()}) {
    const auto space = fs::space(place, unknown);
    if (unknown || space.available < room) continue;
    return std::make_unique<ThrowAwayServer>(std::move(options), room);
  }
  throw core::Fault(
      core::ExitCode::refused,
      fmt::format("to restore it takes about {}, which are free neither in memory (/dev/shm) nor "
                  "in {}",
                  core::backup::size_text(room), options.state_dir.parent_path().string()),
      "make room, or name a roomier place with --state-dir");
}

}  // namespace migrate::wiring
