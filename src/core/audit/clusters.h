#pragma once

#include <vector>

#include "audit/id_type.h"
#include "audit/reference.h"
#include "core/audit/facts.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

/// A column and what it is to become.
struct Wanted {
  Place place;
  IdType type;

  bool changes() const { return id_type_of(*place.column) != type; }
};

/// Columns that can only become otherwise together: the ends of foreign keys, and those that rules
/// want to be of one type. A text that nothing refers to is one alone.
using Cluster = std::vector<Wanted>;

/// Those in which a column changes. What migrate.yaml allows stays, and so does what it would have
/// to be the same as.
std::vector<Cluster> clusters(const Facts& facts, const Policy& policy, const Canon& canon);

}  // namespace migrate::core::audit
