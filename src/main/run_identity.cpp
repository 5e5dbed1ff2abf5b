#include "run_identity.h"

#include <array>
#include <ctime>
#include <random>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

namespace migrate::wiring {
namespace {

/// Sorts by time; the random part keeps two runs of one second apart.
std::string new_run_id() {
  std::random_device random;
  return fmt::format("{}-{:08x}", utc_timestamp("{:%Y%m%dT%H%M%SZ}"), random());
}

}  // namespace

std::string utc_timestamp(const char* format) {
  return fmt::format(fmt::runtime(format), fmt::gmtime(std::time(nullptr)));
}

std::string client_name() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  const passwd* user = getpwuid(geteuid());
  return fmt::format("{}@{}", user == nullptr ? fmt::format("uid {}", geteuid()) : user->pw_name,
                     host.data());
}

core::RunIdentity run_identity(std::string_view command) {
  return {.run_id = new_run_id(),
          .command = std::string(command),
          .client = client_name(),
          .tool_version = MIGRATE_VERSION};
}

}  // namespace migrate::wiring
