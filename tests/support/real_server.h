#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/connection.h"
#include "port/sandbox.h"

namespace migrate::testing {

/// The names of the servers to test with, from MIGRATE_TEST_SERVERS: `name=path` separated by
/// colons, e.g. "mariadb=/usr/sbin/mariadbd:mysql=/opt/mysql/bin/mysqld". Meant for ValuesIn().
std::vector<std::string> server_names();

/// A server with the durability it has by default, on a socket of its own in a temporary directory,
/// stopped and deleted at the end of the test program, and killed by the kernel should that crash.
class RealServer {
 public:
  /// The server of that name, started when it is first asked for. For the main thread.
  static RealServer& named(const std::string& name);

  /// The path that MIGRATE_TEST_SERVERS gives for that name.
  static std::filesystem::path program_of(const std::string& name);

  const std::string& name() const { return name_; }
  /// As its superuser, without a schema.
  const core::ConnectionOptions& connection() const { return connection_; }
  /// For tests that stop it and start it again.
  port::Sandbox& sandbox() { return *sandbox_; }

  /// `arguments`: more options of the server program.
  explicit RealServer(std::string name, std::vector<std::string> arguments = {});
  ~RealServer();
  RealServer(const RealServer&) = delete;
  RealServer& operator=(const RealServer&) = delete;

 private:
  std::string name_;
  std::filesystem::path directory_;
  std::unique_ptr<port::Sandbox> sandbox_;
  core::ConnectionOptions connection_;
};

/// An empty schema with a name that no other has, dropped at the end of its scope.
class ScratchSchema {
 public:
  explicit ScratchSchema(const RealServer& server);
  ~ScratchSchema();
  ScratchSchema(const ScratchSchema&) = delete;
  ScratchSchema& operator=(const ScratchSchema&) = delete;

  const std::string& name() const { return connection_.schema; }
  /// As the superuser, in this schema.
  const core::ConnectionOptions& connection() const { return connection_; }

 private:
  core::ConnectionOptions connection_;
};

/// Stops every server that a test started. For the end of main, whether tests failed or not.
void stop_servers();

}  // namespace migrate::testing
