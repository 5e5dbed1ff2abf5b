#pragma once

#include <cstdint>

#include "core/packet.h"
#include "core/unit.h"
#include "lock_retries.h"

namespace migrate::app {

/// How far the unit is that a packet belongs to.
struct UnitProgress {
  std::uint64_t done = 0;  ///< of its statements
  bool assigns = false;    ///< user variables, other than by SET
};

/// What may be sent again of a packet with statements of that part, where a lock kept one of them
/// from running: nothing whose second run could do something else than the first would have done.
Again sent_again(const core::UnitPart& part, const core::Packet& packet,
                 const UnitProgress& progress);

}  // namespace migrate::app
