#include "adapter/mysql/server_clock.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "connection.h"

namespace migrate::mysql {
namespace {

class LiveClock : public port::ServerClock {
 public:
  explicit LiveClock(core::ConnectionOptions options) : options_(std::move(options)) {}

  std::chrono::sys_seconds now() override {
    // A connection that waited for a window may be gone.
    Connection connection(options_);
    const std::string text = connection.rows("SELECT UNIX_TIMESTAMP()").at(0).at(0).value_or("0");
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
  }

 private:
  core::ConnectionOptions options_;
};

}  // namespace

std::unique_ptr<port::ServerClock> open_server_clock(core::ConnectionOptions options) {
  return std::make_unique<LiveClock>(std::move(options));
}

}  // namespace migrate::mysql
