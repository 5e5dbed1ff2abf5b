#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "port/step_source.h"

namespace migrate::testing {

/// Steps whose files are strings, split by the real splitter. Paths look like those on disk.
/// Changing a file is giving it again.
class MemorySteps : public port::StepSource {
 public:
  /// migrations/<version>_step.up.sql and .down.sql
  void up(const std::string& version, const std::string& text);
  void down(const std::string& version, const std::string& text);
  /// ddl/<name>.sql
  void ddl(const std::string& name, const std::string& text);
  void remove(const std::string& version);

  core::CatalogResult load() override;
  std::unique_ptr<port::StatementStream> open(const core::Script& script) override;

  /// A script outside the catalog, for exec.
  core::Script script(const std::string& path, const std::string& text);

 private:
  std::map<std::string, std::string> files_;  ///< path to text
};

}  // namespace migrate::testing
