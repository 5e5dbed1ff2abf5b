#include "line_counter.h"

#include <algorithm>

namespace migrate::core {

void LineCounter::advance(std::string_view bytes) {
  if (bytes.empty()) return;
  position_.offset += bytes.size();
  if (!behind_cr_ && bytes.find('\r') == std::string_view::npos) {
    // The usual file; both searches run at the speed of memory.
    const std::size_t last = bytes.rfind('\n');
    if (last == std::string_view::npos) {
      position_.column += bytes.size();
      return;
    }
    position_.line += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    position_.column = bytes.size() - last;
    return;
  }
  for (const char c : bytes) {
    if (c == '\r' || (c == '\n' && !behind_cr_)) {
      ++position_.line;
      position_.column = 1;
    } else if (c != '\n') {
      ++position_.column;
    }
    behind_cr_ = c == '\r';
  }
}

}  // namespace migrate::core
