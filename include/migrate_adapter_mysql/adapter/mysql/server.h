#pragma once

#include <memory>
#include <string>

#include "core/connection.h"
#include "core/journal_write.h"
#include "port/session.h"

namespace migrate::mysql {

/// A server to connect to. `identity` goes into every row that its sessions write to the history.
/// The client library must have been initialised by a ClientLibrary.
std::unique_ptr<port::Server> open_server(core::ConnectionOptions options,
                                          core::RunIdentity identity);

/// Creates the schema that `options` names, if it is not there. Throws Fault.
void create_schema(core::ConnectionOptions options);
/// Drops it, if it is there. Throws Fault.
void drop_schema(core::ConnectionOptions options);

/// Initialises the client library for the process; make one in main, before any thread, and keep it
/// until the end.
class ClientLibrary {
 public:
  ClientLibrary();
  ~ClientLibrary();
  ClientLibrary(const ClientLibrary&) = delete;
  ClientLibrary& operator=(const ClientLibrary&) = delete;

  /// Its name and version, e.g. "MariaDB Connector/C 3.3.8".
  static std::string description();
};

}  // namespace migrate::mysql
