#include "adapter/zones/zones.h"

#include <chrono>
#include <exception>
#include <stdexcept>

#include <date/tz.h>

#include "core/fault.h"

namespace migrate::zones {

std::optional<core::guard::ZoneRules> rules_of(const std::string& name) {
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(name);
  } catch (const std::exception&) {
    bool has_data = true;
    try {
      has_data = date::locate_zone("UTC") != nullptr;
    } catch (const std::exception&) {
      has_data = false;
    }
    if (has_data) return std::nullopt;
    throw core::Fault(core::ExitCode::configuration, "this system has no time zone data",
                      "install tzdata");
  }
  return core::guard::ZoneRules{
      .name = name,
      .local =
          [zone](std::chrono::sys_seconds instant) {
            return std::chrono::local_seconds(zone->to_local(instant).time_since_epoch());
          },
      .instant =
          [zone](std::chrono::local_seconds time) {
            return std::chrono::sys_seconds(
                zone->to_sys(date::local_seconds(time.time_since_epoch()), date::choose::earliest)
                    .time_since_epoch());
          }};
}

}  // namespace migrate::zones
