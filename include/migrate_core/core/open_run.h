#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/object_name.h"
#include "core/schema/standing_drift.h"

namespace migrate::core {

/// A run that may have changed objects, and ended before the history learned what they are now.
struct OpenRun {
  std::string run_id;
  /// That it may have changed; nothing: any.
  std::optional<std::vector<ObjectName>> objects;
  std::vector<schema::StandingDrift> standing;  ///< likewise only where it may be any

  friend bool operator==(const OpenRun&, const OpenRun&) = default;
};

}  // namespace migrate::core
