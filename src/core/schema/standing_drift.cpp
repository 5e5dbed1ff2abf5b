#include "core/schema/standing_drift.h"

#include <algorithm>

#include "core/schema/difference.h"

namespace migrate::core::schema {
namespace {

/// Of all that has this name; empty: there is none.
std::string fingerprint_of(const ObjectName& name, const std::vector<KeptObject>& objects) {
  std::string fingerprint;
  for (const KeptObject& object : objects) {
    if (is_named(object, name)) fingerprint += object.fingerprint;
  }
  return fingerprint;
}

}  // namespace

std::vector<StandingDrift> standing_drift(const std::vector<KeptObject>& kept, const Schema& found,
                                          const std::set<ObjectName>& named) {
  std::set<ObjectName> differing;  // a package may differ twice
  for (const Difference& difference : differences(schema_of(kept, found.family), found))
    differing.insert(difference.object);
  const std::vector<KeptObject> objects = kept_objects(found);
  std::vector<StandingDrift> standing;
  for (const ObjectName& object : differing) {
    if (!named.contains(object)) standing.push_back({object, fingerprint_of(object, objects)});
  }
  return standing;
}

std::vector<ObjectName> left_standing(const std::vector<StandingDrift>& standing,
                                      const std::vector<KeptObject>& now,
                                      const std::set<ObjectName>& named) {
  std::vector<ObjectName> left;
  for (const StandingDrift& drift : standing) {
    if (!named.contains(drift.object) && fingerprint_of(drift.object, now) == drift.fingerprint)
      left.push_back(drift.object);
  }
  return left;
}

}  // namespace migrate::core::schema
