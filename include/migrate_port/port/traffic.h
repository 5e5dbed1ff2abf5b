#pragma once

#include <string>
#include <vector>

#include "core/impact/impact.h"

namespace migrate::port {

/// What goes on at tables of the schema. Only reads, and waits for nobody. Throws
/// Fault(unavailable) when the server is lost; what this account may not see is named as unknown.
class Traffic {
 public:
  virtual ~Traffic() = default;

  /// Of everybody but this program's own connection.
  virtual core::impact::Traffic at(const std::vector<std::string>& tables) = 0;
};

}  // namespace migrate::port
