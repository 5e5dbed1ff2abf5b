#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/object_name.h"
#include "core/schema/kept.h"
#include "core/schema/schema.h"

namespace migrate::core::schema {

/// An object that was not as the history has it when a run began that may change anything.
struct StandingDrift {
  ObjectName object;
  std::string fingerprint;  ///< as it was found; empty: it was not there

  friend bool operator==(const StandingDrift&, const StandingDrift&) = default;
};

/// What of `found`, the whole schema, is not as it is kept, without the objects that the run names:
/// of those it was asked whether they may differ.
std::vector<StandingDrift> standing_drift(const std::vector<KeptObject>& kept, const Schema& found,
                                          const std::set<ObjectName>& named);

/// Those of them that are `now`, behind the run, what they were in front of it: nothing that the
/// run did.
std::vector<ObjectName> left_standing(const std::vector<StandingDrift>& standing,
                                      const std::vector<KeptObject>& now,
                                      const std::set<ObjectName>& named);

}  // namespace migrate::core::schema
