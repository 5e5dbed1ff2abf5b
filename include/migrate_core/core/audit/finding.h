#pragma once

#include <string>

#include "core/lint/severity.h"
#include "core/object_name.h"

namespace migrate::core::audit {

using lint::Severity;

/// What a rule says of an object.
struct Remark {
  ObjectKind kind = ObjectKind::table;
  std::string object;   ///< "orders", "orders.customer_id"; of the schema as a whole, its name
  std::string message;  ///< what is not as it should be, with names
  std::string advice;   ///< what to do by hand
};

struct Finding {
  std::string rule;
  Severity severity = Severity::warning;
  Remark remark;
  /// Why migrate.yaml allows it; empty: it does not.
  std::string allowed_because;

  bool is_allowed() const { return !allowed_because.empty(); }
};

}  // namespace migrate::core::audit
