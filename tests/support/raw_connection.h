#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/connection.h"

namespace migrate::testing {

using Row = std::vector<std::optional<std::string>>;

/// The server refused a statement.
class QueryFailed : public std::runtime_error {
 public:
  QueryFailed(unsigned code, const std::string& message)
      : std::runtime_error(message), code_(code) {}
  unsigned code() const { return code_; }

 private:
  unsigned code_;
};

/// A plain connection for setting a test up and for looking at what is there afterwards, with
/// nothing of migrate in between. Throws QueryFailed with the server's message when it refuses
/// something, std::runtime_error when it cannot be reached.
class RawConnection {
 public:
  explicit RawConnection(const core::ConnectionOptions& options);
  ~RawConnection();
  RawConnection(RawConnection&&) noexcept;
  RawConnection& operator=(RawConnection&&) noexcept;

  /// Runs one statement and returns its rows, if any.
  std::vector<Row> query(const std::string& statement);
  /// The first column of the first row; empty when there is none or it is NULL.
  std::string value(const std::string& statement);
  /// How many rows the statement before changed.
  std::uint64_t changed_rows();

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace migrate::testing
