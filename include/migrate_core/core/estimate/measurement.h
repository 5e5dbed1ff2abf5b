#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/history.h"

namespace migrate::core::estimate {

/// A statement that went over a whole table here.
struct Measurement {
  std::string table;
  std::uint64_t bytes = 0;  ///< of the table in front of it, with its indexes
  std::uint64_t duration_us = 0;
  std::string at;  ///< UTC, the server's clock

  double bytes_per_second() const;
};

/// The event of the log's rows that hold them.
inline constexpr const char* measured_event = "measured";

/// Whether it tells how long another may take: the table is so large that nothing else counts, and
/// it took so long that it was not only its definition that changed.
bool is_telling(const Measurement& measurement);

/// The message of its row.
std::string message_of(const Measurement& measurement);
/// Nothing for a row that is no measurement.
std::optional<Measurement> measurement_of(const LogRow& row);

}  // namespace migrate::core::estimate
