#include "core/rehearsal/nearest_server.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <tuple>

#include "ascii.h"

namespace migrate::core::rehearsal {
namespace {

using Numbers = std::array<std::int64_t, 3>;

/// {10, 11, 6} of "10.11.6-MariaDB"
Numbers numbers_of(const std::string& version) {
  Numbers numbers{};
  const char* at = version.data();
  const char* const end = at + version.size();
  for (std::int64_t& number : numbers) {
    at = std::from_chars(at, end, number).ptr;
    if (at == end || *at != '.') break;
    ++at;
  }
  return numbers;
}

}  // namespace

std::optional<std::size_t> nearest_server(const std::vector<KnownServer>& servers,
                                          const KnownServer& wanted) {
  const Numbers sought = numbers_of(wanted.version);
  // Smaller is nearer.
  const auto distance = [&](const KnownServer& server) {
    const Numbers its = numbers_of(server.version);
    return std::tuple(server.family != wanted.family, std::abs(its[0] - sought[0]),
                      std::abs(its[1] - sought[1]), std::abs(its[2] - sought[2]), its < sought);
  };
  std::optional<std::size_t> nearest;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    if (!nearest || distance(servers[i]) < distance(servers[*nearest])) nearest = i;
  }
  return nearest;
}

}  // namespace migrate::core::rehearsal
