#pragma once

#include <string>

#include "core/lint/linter.h"

namespace migrate::output {

/// A workflow command of GitHub Actions a finding, without those that the files allow
/// (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
std::string lint_github(const core::lint::Report& report);

}  // namespace migrate::output
