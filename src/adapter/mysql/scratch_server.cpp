#include <random>
#include <utility>

#include <fmt/format.h>

#include "adapter/mysql/scratch.h"
#include "core/fault.h"
#include "literal.h"
#include "scratch_schema.h"

namespace migrate::mysql {
namespace {

constexpr unsigned er_dbaccess_denied = 1044;

std::string new_token() {
  std::random_device random;
  return fmt::format("{:08x}", random());
}

std::string lock_of(std::string_view token) {
  return fmt::format("migrate.verify.{}", token);
}

core::ConnectionOptions without_schema(core::ConnectionOptions options) {
  options.schema.clear();
  return options;
}

class OwnScratchServer : public port::ScratchServer {
 public:
  OwnScratchServer(core::ConnectionOptions options, core::RunIdentity identity)
      : options_(without_schema(std::move(options))),
        identity_(std::move(identity)),
        facts_(options_),
        token_(new_token()) {
    take_lock(token_);
    drop_leftovers();
  }

  port::Facts& facts() override { return facts_; }

  std::vector<std::string> schemas() override {
    std::vector<std::string> names;
    for (const Row& row :
         connection().rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name "
                           "NOT LIKE 'migrate\\_verify\\_%'"))
      names.push_back(row[0].value());
    return names;
  }

  std::unique_ptr<port::ScratchSchema> create(const std::string& charset,
                                              const std::string& collation) override {
    core::ConnectionOptions options = options_;
    options.schema = fmt::format("{}{}_{}", scratch_prefix, token_, ++created_);
    std::string sql = "CREATE DATABASE " + identifier(options.schema);
    if (!charset.empty()) sql += fmt::format(" CHARACTER SET {} COLLATE {}", charset, collation);
    try {
      connection().rows(sql);
    } catch (const ServerRefused& refused) {
      if (refused.server_code() != er_dbaccess_denied) throw;
      throw core::Fault(
          core::ExitCode::refused,
          fmt::format("this account may not make scratch schemas: {}", refused.what()),
          fmt::format(
              "GRANT ALL ON `{}%`.* to it (with every _ as \\_), or rehearse on the private "
              "server: without --on",
              scratch_prefix));
    }
    return std::make_unique<OwnScratchSchema>(options, identity_);
  }

 private:
  Connection& connection() { return facts_.connection(); }

  bool take_lock(std::string_view token) {
    return connection()
               .rows(fmt::format("SELECT GET_LOCK({}, 0)", literal(lock_of(token))))
               .at(0)
               .at(0) == "1";
  }

  /// A run that is alive holds the lock of its own.
  void drop_leftovers() {
    for (const Row& row : connection().rows(
             "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE "
             "'migrate\\_verify\\_%'")) {
      const std::string name = row[0].value();
      const std::string rest = name.substr(scratch_prefix.size());
      const std::string token = rest.substr(0, rest.find('_'));
      if (token.empty() || token == token_ || !take_lock(token)) continue;
      end_connections(name);
      connection().rows("DROP DATABASE IF EXISTS " + identifier(name));
      connection().rows(fmt::format("DO RELEASE_LOCK({})", literal(lock_of(token))));
    }
  }

  /// The server may still run a statement for the dead one.
  void end_connections(const std::string& schema) {
    for (const Row& row : connection().rows(fmt::format(
             "SELECT id FROM information_schema.processlist WHERE db = {}", literal(schema)))) {
      try {
        connection().rows("KILL " + row[0].value());
      } catch (const ServerRefused&) {  // NOLINT(bugprone-empty-catch): it is gone, or not ours
      }
    }
  }

  core::ConnectionOptions options_;
  core::RunIdentity identity_;
  ServerFacts facts_;
  std::string token_;
  unsigned created_ = 0;
};

}  // namespace

std::unique_ptr<port::ScratchServer> open_scratch_server(core::ConnectionOptions options,
                                                         core::RunIdentity identity) {
  return std::make_unique<OwnScratchServer>(std::move(options), std::move(identity));
}

std::unique_ptr<port::Facts> open_facts(const core::ConnectionOptions& options) {
  return std::make_unique<ServerFacts>(options);
}

}  // namespace migrate::mysql
