#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "adapter/config/origin.h"
#include "core/check/check.h"

namespace migrate::config {

/// One entry below `checks:`, of the project or of an environment: a check of its own, or what is
/// different of one that is there already.
struct CheckSetting {
  std::string name;
  Origin origin;
  bool off = false;  ///< then nothing else is set
  std::optional<std::string> query;
  std::optional<core::check::Expectation> expect;
  std::optional<core::check::Severity> severity;
  std::optional<std::vector<core::check::Moment>> when;
  std::optional<std::string> reason;
  std::optional<std::vector<std::string>> needs;
  std::optional<std::chrono::seconds> time_limit;
};

/// The shipped checks and what the settings make of them: first those of the project, then those of
/// an environment. One that is off is left out, unless a later setting says something of it. Throws
/// Fault(configuration) for a new check without query, expectation or reason.
std::vector<core::check::Check> checks_of(const std::vector<CheckSetting>& project,
                                          const std::vector<CheckSetting>& environment);

}  // namespace migrate::config
