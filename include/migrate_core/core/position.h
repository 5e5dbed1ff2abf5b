#pragma once

#include <cstdint>

namespace migrate::core {

/// A place in a file. Lines and columns count from 1, columns in bytes; offset counts bytes from 0
/// in the file as it is on disk. LF, CRLF and a lone CR each end a line.
struct Position {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  std::uint64_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace migrate::core
