#include "binary_log.h"

namespace migrate::mysql {

core::LogPosition ServerBinaryLog::end() {
  return {};
}

port::BinaryLog::Found ServerBinaryLog::find(const core::LogPosition&, const std::string&) {
  return Found::unreadable;
}

}  // namespace migrate::mysql
