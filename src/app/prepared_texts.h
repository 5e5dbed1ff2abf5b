#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/prepared.h"
#include "port/session.h"

namespace migrate::app {

/// What the prepared statements of a session run. One a step.
class PreparedTexts {
 public:
  /// `prepared` has just been prepared in `session`: its text is looked up where it came from a
  /// variable.
  void add(const core::Prepared& prepared, port::Session& session);

  /// What this EXECUTE, or EXECUTE IMMEDIATE, is about to run in `session`; nothing when it is not
  /// known, or for another statement.
  std::optional<std::string> executed_by(std::string_view statement, port::Session& session) const;

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace migrate::app
