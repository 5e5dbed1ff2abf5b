#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/raw_connection.h"

namespace migrate::load {

/// A block of a runbook, run as it is written there but for the values of its SET line.
class Block {
 public:
  /// Throws std::runtime_error when the runbook has no such block.
  Block(const std::string& runbook, const std::string& name);

  /// `set`: in the place of the block's first statement, which is a SET.
  Block with(const std::string& set) const;

  /// The rows of the last statement.
  std::vector<testing::Row> run(testing::RawConnection& connection) const;
  /// The same; how many rows the last statement changed.
  std::uint64_t change(testing::RawConnection& connection) const;

 private:
  std::vector<std::string> statements_;
};

}  // namespace migrate::load
