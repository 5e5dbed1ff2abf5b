#include "line_counter.h"

#include "byte_search.h"

namespace migrate::core {

void LineCounter::advance(std::string_view bytes) {
  if (bytes.empty()) return;
  position_.offset += bytes.size();
  std::size_t begin = behind_cr_ && bytes.front() == '\n' ? 1 : 0;  // of the line
  behind_cr_ = bytes.back() == '\r';
  for (;;) {
    std::size_t end = find_any<'\r', '\n'>(bytes, begin);
    if (end == bytes.size()) break;
    if (bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n') ++end;
    begin = end + 1;
    ++position_.line;
    position_.column = 1;
  }
  position_.column += bytes.size() - begin;
}

}  // namespace migrate::core
