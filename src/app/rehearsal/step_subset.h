#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/step.h"
#include "port/step_source.h"

namespace migrate::app {

/// The files of a rehearsal: of those on disk the ones that it is their turn to be there.
class StepSubset : public port::StepSource {
 public:
  /// `files` must outlive it.
  explicit StepSubset(port::StepSource& files) : files_(files) {}

  void add(const core::Step& step) { steps_.push_back(step); }
  /// From now on it looks as if the file had been changed, so that a ddl file is applied again.
  void pretend_changed(const core::StepId& id) { changed_.insert(id.key); }
  /// This statement of the file fails from now on, whatever it is.
  void fail_at(const core::ScriptFile& file, std::uint64_t statement);
  void fail_nowhere() { failing_.reset(); }
  /// From now on each statement of the file that may change the schema has a packet of its own, so
  /// that somebody can look behind it.
  void go_singly(const core::ScriptFile& file) { single_ = file.path; }
  void go_together() { single_.clear(); }

  core::CatalogResult load() override;
  core::Script examine(const core::ScriptFile& file, std::vector<core::Problem>& problems) override;
  std::unique_ptr<port::StatementStream> open(const core::ScriptFile& file) override;
  void read(const core::ScriptFile& file,
            const std::function<void(std::string_view)>& take) override {
    files_.read(file, take);
  }

 private:
  struct Failing {
    std::string path;
    std::uint64_t statement = 1;
  };

  core::ScriptFile as_on_disk(core::ScriptFile file) const;

  port::StepSource& files_;
  std::vector<core::Step> steps_;
  std::set<std::string> changed_;  ///< keys of repeatable steps
  std::optional<Failing> failing_;
  std::string single_;  ///< path of a file
};

}  // namespace migrate::app
