#pragma once

#include "connection.h"
#include "port/facts.h"

namespace migrate::mysql {

/// Over a connection of its own to the schema.
class ServerFacts : public port::Facts {
 public:
  explicit ServerFacts(const core::ConnectionOptions& options);

  core::rehearsal::ServerTraits traits() override;
  std::vector<core::rehearsal::RowDigest> digests(const core::schema::Schema& schema) override;
  std::vector<core::rehearsal::Values> values(const core::schema::Table& table,
                                              const std::vector<std::string>& columns,
                                              std::uint64_t limit) override;
  core::rehearsal::TableProfile profile(const core::schema::Table& table,
                                        std::uint64_t limit) override;

  Connection& connection() { return connection_; }

 private:
  core::rehearsal::RowDigest digest(const core::schema::Schema& schema,
                                    const core::schema::Table& table);

  Connection connection_;
};

}  // namespace migrate::mysql
