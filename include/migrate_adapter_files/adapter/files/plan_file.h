#pragma once

#include <filesystem>
#include <string>

#include "core/frozen_plan.h"

namespace migrate::files {

/// A frozen plan on disk: JSON that people can read.
struct PlanFile {
  core::FrozenPlan plan;
  /// SHA-256 of all that the plan rests on, as 64 hex digits; not of when and by whom it was made.
  std::string hash;
  std::string at;  ///< UTC
  std::string by;  ///< user@host
};

/// Whole or not at all. Returns the plan's hash. Throws Fault(configuration) when it cannot be
/// written.
std::string write_plan_file(const std::filesystem::path& path, const core::FrozenPlan& plan,
                            const std::string& at, const std::string& by);

/// The hash that write_plan_file() would return.
std::string hash_of(const core::FrozenPlan& plan);

/// Throws Fault(configuration) for what cannot be read, is no plan, is one of a later format, or
/// was changed by hand.
PlanFile read_plan_file(const std::filesystem::path& path);

}  // namespace migrate::files
