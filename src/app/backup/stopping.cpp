#include "stopping.h"

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::app {

void stop_if_asked(const port::Cancellation& cancellation, const std::string& left) {
  if (const auto stop = cancellation.requested())
    throw core::Fault(*stop, fmt::format("stopped by a signal; {}", left));
}

}  // namespace migrate::app
