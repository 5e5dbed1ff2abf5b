#include "support/real_server.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "adapter/sandbox/sandbox.h"
#include "support/raw_connection.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::pair<std::string, fs::path>> listed_servers() {
  const char* variable = std::getenv("MIGRATE_TEST_SERVERS");
  std::istringstream list(variable != nullptr ? variable : "");
  std::vector<std::pair<std::string, fs::path>> servers;
  for (std::string entry; std::getline(list, entry, ':');) {
    const auto equals = entry.find('=');
    if (equals == std::string::npos) {
      throw std::runtime_error("MIGRATE_TEST_SERVERS: '" + entry + "' is not name=path");
    }
    servers.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return servers;
}

fs::path temporary_directory() {
  std::string name = (fs::temp_directory_path() / "migrate-tests-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
  return name;
}

// One server lasts for the whole program, so that a test costs a schema and not a start.
std::map<std::string, std::unique_ptr<RealServer>>& started_servers() {
  static std::map<std::string, std::unique_ptr<RealServer>> servers;
  return servers;
}

std::string next_schema_name() {
  static int count = 0;
  return "scratch_" + std::to_string(++count);
}

}  // namespace

std::vector<std::string> server_names() {
  std::vector<std::string> names;
  for (auto& [name, path] : listed_servers()) names.push_back(std::move(name));
  return names;
}

fs::path RealServer::program_of(const std::string& name) {
  for (auto& [listed, path] : listed_servers()) {
    if (listed == name) return path;
  }
  throw std::runtime_error("no server '" + name + "' in MIGRATE_TEST_SERVERS");
}

RealServer& RealServer::named(const std::string& name) {
  auto& server = started_servers()[name];
  if (!server) server = std::make_unique<RealServer>(name);
  return *server;
}

RealServer::RealServer(std::string name, std::vector<std::string> arguments)
    : name_(std::move(name)),
      directory_(temporary_directory()),
      sandbox_(sandbox::open({directory_ / "server", program_of(name_), sandbox::Durability::full,
                              sandbox::Lifetime::with_caller, std::move(arguments)})),
      connection_(sandbox_->start()) {}

RealServer::~RealServer() {
  try {
    sandbox_->destroy();
    fs::remove_all(directory_);
  } catch (const std::exception& error) {
    std::cerr << "stopping " << name_ << ": " << error.what() << '\n';
  }
}

ScratchSchema::ScratchSchema(const RealServer& server) : connection_(server.connection()) {
  const std::string name = next_schema_name();
  RawConnection(connection_)
      .query("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
  connection_.schema = name;
}

ScratchSchema::~ScratchSchema() {
  try {
    RawConnection connection(connection_);
    connection.query("DROP DATABASE IF EXISTS " + connection_.schema);
  } catch (const std::exception& error) {
    std::cerr << "dropping " << connection_.schema << ": " << error.what() << '\n';
  }
}

void stop_servers() {
  started_servers().clear();
}

}  // namespace migrate::testing
