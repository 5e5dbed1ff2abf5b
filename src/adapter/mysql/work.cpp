#include "work.h"

#include <cstdlib>
#include <string>

#include <fmt/format.h>

namespace migrate::mysql {
namespace {

double value(const std::optional<std::string>& text) {
  return text ? std::strtod(text->c_str(), nullptr) : 0;
}

std::string mariadb_work(std::uint64_t connection_id) {
  return fmt::format(
      "SELECT progress, 100, stage, max_stage, state FROM information_schema.processlist "
      "WHERE id = {} AND max_stage > 0",
      connection_id);
}

/// The thread first: where the consumer is off, a stage does not show whose it is, and yet is found
/// by its thread.
std::string mysql_work(std::uint64_t connection_id) {
  return fmt::format(
      "SELECT work_completed, work_estimated, 0, 0, SUBSTRING_INDEX(event_name, '/', -1), "
      "event_name LIKE 'stage/innodb/%' FROM performance_schema.threads AS thread "
      "STRAIGHT_JOIN performance_schema.events_stages_current AS stage "
      "ON stage.thread_id = thread.thread_id "
      "WHERE thread.processlist_id = {} AND work_estimated > 0",
      connection_id);
}

}  // namespace

std::optional<core::Work> read_work(Connection& connection, core::ServerFamily family,
                                    std::uint64_t connection_id) {
  const bool mariadb = family == core::ServerFamily::mariadb;
  try {
    const auto rows =
        connection.rows(mariadb ? mariadb_work(connection_id) : mysql_work(connection_id));
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    core::Work::Unit unit = core::Work::Unit::percent;
    if (!mariadb) unit = row[5] == "1" ? core::Work::Unit::pages : core::Work::Unit::rows;
    return core::Work{.stage = static_cast<std::uint64_t>(value(row[2])),
                      .stages = static_cast<std::uint64_t>(value(row[3])),
                      .name = row[4].value_or(""),
                      .unit = unit,
                      .done = value(row[0]),
                      .total = value(row[1])};
  } catch (const ServerRefused&) {
    return std::nullopt;  // this account may not look
  }
}

}  // namespace migrate::mysql
