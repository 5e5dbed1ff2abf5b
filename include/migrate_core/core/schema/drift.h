#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/exit_code.h"
#include "core/schema/difference.h"

namespace migrate::core::schema {

/// How far a live schema is from what is expected of it.
struct Drift {
  std::string against;  ///< what was expected, in words: "the history", "schema.sql", "the files"
  std::size_t objects = 0;  ///< that are expected
  std::vector<Difference> differences;
  /// For each difference: when it was last seen as it is expected, "run … at …"; empty: not known.
  std::vector<std::string> seen;

  std::vector<std::string>
      hidden;  ///< "procedure p": not compared, since an account may not see it

  ExitCode exit_code() const { return differences.empty() ? ExitCode::done : ExitCode::drift; }
};

}  // namespace migrate::core::schema
