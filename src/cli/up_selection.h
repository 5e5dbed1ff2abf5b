#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <CLI/App.hpp>

#include "cli/world.h"
#include "core/plan.h"

namespace migrate::cli {

/// What of the pending steps an `up` is about, and how.
struct UpSelection {
  std::optional<std::string> to;
  std::optional<std::uint64_t> steps;
  bool allow_out_of_order = false;
  core::OnFailure on_failure = core::OnFailure::stop;
  std::optional<std::string> accept_drift;
};

/// Adds the options that fill it. `selection` must outlive the command.
void add_selection(CLI::App& command, UpSelection& selection);

/// Adds --plan, which excludes those.
void add_frozen(CLI::App& command, std::string& path, const std::string& help);

/// Throws Fault(usage) for what is no version.
core::UpRequest request_of(World& world, const UpSelection& selection);

}  // namespace migrate::cli
