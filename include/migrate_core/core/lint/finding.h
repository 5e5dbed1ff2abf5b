#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/lint/severity.h"
#include "core/position.h"

namespace migrate::core::lint {

/// What a rule found at one place of a file.
struct Finding {
  std::string rule;
  Severity severity = Severity::warning;
  std::string path;
  Position position;
  std::uint64_t column_in_characters = 1;  ///< as position.column, but in code points of UTF-8
  std::uint64_t statement = 0;             ///< of the file, from 1; 0: the file as a whole
  std::string message;                     ///< what is wrong, with the names of the file
  std::string advice;                      ///< what to do instead
  std::string excerpt;                     ///< the line of the statement, at most 200 bytes
  /// Why the file allows it (`-- migrate: allow=RULE reason="…"`); empty: it does not.
  std::string allowed_because;

  bool is_allowed() const { return !allowed_because.empty(); }
};

}  // namespace migrate::core::lint
