#pragma once

#include <string_view>

#include "core/position.h"

namespace migrate::core {

/// Keeps the position of the next byte of a file while its bytes go by.
class LineCounter {
 public:
  LineCounter() = default;
  /// What goes by first is there.
  explicit LineCounter(const Position& begin) : position_(begin) {}

  const Position& position() const { return position_; }
  void advance(std::string_view bytes);

 private:
  Position position_;
  bool behind_cr_ = false;  ///< a LF now belongs to the line end that was counted already
};

}  // namespace migrate::core
