#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/object_name.h"
#include "core/schema/schema.h"
#include "core/statement.h"
#include "core/step.h"
#include "port/schema.h"
#include "port/step_source.h"

namespace migrate::app {

/// What a schema is in front of a script, and behind each of its statements. Only what they may
/// have changed is looked at.
class Trail {
 public:
  /// Reads the whole schema. `schema` must outlive it.
  Trail(port::Schema& schema, port::StepSource& steps, const core::ScriptFile& file);

  /// To be called when the statements up to this one have ended, and none behind it has begun.
  void look_behind(std::uint64_t statement);

  /// The same for two schemas in which all is the same; behind statement 0: in front of the first.
  /// Nothing: a statement may have changed something, and nobody looked, or could.
  std::optional<std::size_t> mark_behind(std::uint64_t statement) const;

 private:
  /// What a statement may change.
  struct Reach {
    enum class Extent { nothing, tables, everything };
    Extent extent = Extent::nothing;
    std::vector<core::ObjectName> tables;
  };
  /// An object: its kind and its name.
  using Key = std::pair<std::string, std::string>;

  static Reach reach_of(const core::Statement& statement);
  void read(const std::vector<core::ObjectName>& tables);
  void read();
  void take(const core::schema::Schema& schema);

  port::Schema& schema_;
  std::vector<Reach> reaches_;          ///< by statement, from 1
  std::map<Key, std::string> objects_;  ///< fingerprints of what is there
  std::uint64_t seen_ = 0;              ///< statements whose changes are in that
  bool blind_ = false;                  ///< the server would not let it look
  std::map<std::uint64_t, std::size_t> marks_;
};

}  // namespace migrate::app
