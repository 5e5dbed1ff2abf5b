#include "core/rehearsal/server_traits.h"

#include <fmt/format.h>

#include "core/rehearsal/attestation.h"

namespace migrate::core::rehearsal {
namespace {

std::string_view family_name(ServerFamily family) {
  return family == ServerFamily::mariadb ? "MariaDB" : "MySQL";
}

}  // namespace

std::vector<std::string> trait_warnings(const ServerTraits& here, const ServerTraits& there,
                                        const std::string& name_of_there) {
  std::vector<std::string> warnings;
  const bool other_series =
      here.family != there.family || server_series(here.version) != server_series(there.version);
  if (other_series) {
    warnings.push_back(fmt::format("{} is {} {}, this rehearsal ran on {} {}", name_of_there,
                                   family_name(there.family), there.version,
                                   family_name(here.family), here.version));
  }
  const auto compare = [&](std::string_view what, const std::string& its, const std::string& own) {
    if (its == own) return;
    warnings.push_back(fmt::format("the server of {} has {} '{}', the one here '{}'", name_of_there,
                                   what, its, own));
  };
  compare("sql_mode", there.sql_mode, here.sql_mode);
  compare("the default collation", there.collation, here.collation);
  return warnings;
}

}  // namespace migrate::core::rehearsal
