#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connection.h"

namespace migrate::testing {

using Row = std::vector<std::optional<std::string>>;

/// A plain connection for setting a test up and for looking at what is there afterwards, with
/// nothing of migrate in between. Throws std::runtime_error with the server's message on any error.
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

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace migrate::testing
