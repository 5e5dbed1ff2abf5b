#include "canceller.h"

#include <memory>
#include <utility>

#include "adapter/mysql/server.h"
#include "port/session.h"

namespace migrate::wiring {

std::function<void(std::uint64_t)> canceller(core::ConnectionOptions server,
                                             const core::RunIdentity& run) {
  server.schema.clear();
  const std::shared_ptr<port::Server> any_schema = mysql::open_server(std::move(server), run);
  return [any_schema](std::uint64_t connection_id) {
    any_schema->connect()->kill_query(connection_id);
  };
}

}  // namespace migrate::wiring
