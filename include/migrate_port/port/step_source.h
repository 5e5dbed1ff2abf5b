#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/catalog.h"
#include "core/statement.h"
#include "core/step.h"

namespace migrate::port {

/// A statement with its place in its script.
struct StepStatement {
  std::uint64_t index = 1;  ///< from 1
  core::Statement statement;
  std::string
      hash;  ///< SHA-256 of its text after the checksum's normalisation, first 16 hex digits
};

/// The statements of one script, in order, read as they are asked for.
class StatementStream {
 public:
  virtual ~StatementStream() = default;
  /// Nothing at the end. Throws Fault(configuration) when the file changed since it was loaded, or
  /// cannot be read.
  virtual std::optional<StepStatement> next() = 0;
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
