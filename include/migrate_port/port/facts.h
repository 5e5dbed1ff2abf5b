#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/rehearsal/made_rows.h"
#include "core/rehearsal/row_digest.h"
#include "core/rehearsal/server_traits.h"
#include "core/schema/schema.h"

namespace migrate::port {

/// What a rehearsal asks of a server and the rows of a schema. Only reads. Throws
/// Fault(unavailable) when the server is lost, Fault(statement_failed) when it refuses.
class Facts {
 public:
  virtual ~Facts() = default;

  virtual core::rehearsal::ServerTraits traits() = 0;

  /// Of every table of `schema`, which is the one that this looks at. Reads all rows, as a stream.
  virtual std::vector<core::rehearsal::RowDigest> digests(const core::schema::Schema& schema) = 0;

  /// Of the first `limit` rows, in the order of these columns.
  virtual std::vector<core::rehearsal::Values> values(const core::schema::Table& table,
                                                      const std::vector<std::string>& columns,
                                                      std::uint64_t limit) = 0;

  /// From one look at no more than `limit` rows, and the server's estimate of how many there are.
  virtual core::rehearsal::TableProfile profile(const core::schema::Table& table,
                                                std::uint64_t limit) = 0;
};

}  // namespace migrate::port
