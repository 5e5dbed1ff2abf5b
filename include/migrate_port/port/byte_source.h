#pragma once

#include <optional>
#include <string_view>

namespace migrate::port {

/// Bytes that come one after the other.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// The next ones, valid until the next call; nothing: none came within a moment, so that the
  /// caller can look after something else; empty: there are no more. Throws Fault when they cannot
  /// be had.
  virtual std::optional<std::string_view> next() = 0;
};

}  // namespace migrate::port
