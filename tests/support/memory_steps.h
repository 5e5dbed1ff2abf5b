#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

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
  /// From now on this file cannot be split, as if it had always been so: its checksum stays.
  void spoil(const std::string& path);
  /// The paths of the files that were split before they ran, in order, each time.
  const std::vector<std::string>& examined() const { return examined_; }

  core::CatalogResult load() override;
  core::Script examine(const core::ScriptFile& file, std::vector<core::Problem>& problems) override;
  std::unique_ptr<port::StatementStream> open(const core::ScriptFile& file) override;
  void read(const core::ScriptFile& file,
            const std::function<void(std::string_view)>& take) override;

  /// A script outside the catalog, for exec.
  core::Script script(const std::string& path, const std::string& text);

 private:
  std::map<std::string, std::string> files_;  ///< path to text
  std::set<std::string> spoilt_;
  std::vector<std::string> examined_;
};

}  // namespace migrate::testing
