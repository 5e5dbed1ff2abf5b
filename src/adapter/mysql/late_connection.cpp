#include "late_connection.h"

#include <string>

#include <fmt/format.h>

#include "session_settings.h"

namespace migrate::mysql {

Connection& LateConnection::get() {
  if (!connection_) {
    connection_.emplace(options_);
    const Row row = connection_->rows(fmt::format("{}; SELECT VERSION()", session_settings)).at(0);
    const bool is_mariadb = row.at(0).value_or("").find("MariaDB") != std::string::npos;
    family_ = is_mariadb ? core::ServerFamily::mariadb : core::ServerFamily::mysql;
  }
  return *connection_;
}

core::ServerFamily LateConnection::family() {
  get();
  return family_;
}

}  // namespace migrate::mysql
