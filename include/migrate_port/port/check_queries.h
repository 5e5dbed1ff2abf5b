#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/check/result.h"

namespace migrate::port {

/// Asks the queries of checks, over a connection of its own that only reads and is made when it is
/// first needed. Throws Fault(unavailable) when it cannot connect or the connection is lost; what
/// is asked then connects again. Not thread-safe.
class CheckQueries {
 public:
  virtual ~CheckQueries() = default;

  struct Ground {
    std::string at;                   ///< the server's time in UTC, as "YYYY-MM-DD HH:MM:SS"
    std::vector<std::string> tables;  ///< of those asked for, the ones that are there
  };
  /// What there is to ask about. One round trip.
  virtual Ground ground(const std::vector<std::string>& tables) = 0;

  /// One round trip, and one more where the limit is not that of the query before. A query that the
  /// server refuses, ends because of the limit, or was told to end, is an answer.
  virtual core::check::Answer ask(const std::string& query, std::chrono::seconds limit) = 0;

  /// Of the connection, which may be told to end what it runs.
  virtual std::uint64_t connection_id() = 0;
};

}  // namespace migrate::port
