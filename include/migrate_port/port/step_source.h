#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

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

/// Where steps come from. For one thread at a time.
class StepSource {
 public:
  virtual ~StepSource() = default;
  /// Reads and checksums every file, and splits none. Finds all problems that show without that,
  /// not only the first.
  virtual core::CatalogResult load() = 0;
  /// Splits one file. What is wrong with it is added to `problems`, and then the script is not to
  /// be used. Throws Fault(configuration) when the file changed since it was loaded.
  virtual core::Script examine(const core::ScriptFile& file,
                               std::vector<core::Problem>& problems) = 0;
  virtual std::unique_ptr<StatementStream> open(const core::ScriptFile& file) = 0;
  /// Hands the bytes of a file over as they are, in order; a file outside the catalog too. Throws
  /// Fault(configuration) when it cannot be read.
  virtual void read(const core::ScriptFile& file,
                    const std::function<void(std::string_view)>& take) = 0;
};

}  // namespace migrate::port
