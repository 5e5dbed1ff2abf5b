#pragma once

#include <memory>
#include <optional>

#include "core/catalog.h"
#include "core/step.h"
#include "core/unit.h"

namespace migrate::port {

/// The statements of one script, in order, read as they are asked for.
class StatementStream {
 public:
  virtual ~StatementStream() = default;
  /// Nothing at the end. Throws Fault(configuration) when the file changed since it was loaded, or
  /// cannot be read.
  virtual std::optional<core::NumberedStatement> next() = 0;
};

/// Where steps come from.
class StepSource {
 public:
  virtual ~StepSource() = default;
  /// Reads, splits and checksums every file. Finds all problems, not only the first.
  virtual core::CatalogResult load() = 0;
  virtual std::unique_ptr<StatementStream> open(const core::Script& script) = 0;
};

}  // namespace migrate::port
