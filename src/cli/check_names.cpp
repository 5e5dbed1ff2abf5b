#include "check_names.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/suggestion.h"

namespace migrate::cli {

const core::check::Check& check_named(const std::vector<core::check::Check>& checks,
                                      const std::string& name) {
  const auto found = std::ranges::find(checks, name, &core::check::Check::name);
  if (found != checks.end()) return *found;
  std::vector<std::string_view> names;
  names.reserve(checks.size());
  for (const core::check::Check& check : checks) names.push_back(check.name);
  const std::string nearest = core::nearest(name, names);
  throw core::Fault(
      core::ExitCode::usage,
      fmt::format("there is no check '{}'{}", name,
                  nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest)),
      "see all of them with: migrate check --list");
}

}  // namespace migrate::cli
