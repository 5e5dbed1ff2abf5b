#pragma once

#include <string>

#include "connection.h"
#include "core/server_info.h"
#include "port/schema.h"

namespace migrate::mysql {

/// The schema that a connection is connected to.
class LiveSchema : public port::Schema {
 public:
  /// `connection` must outlive it.
  LiveSchema(Connection& connection, core::ServerFamily family, std::string schema);
  LiveSchema(const LiveSchema&) = delete;
  LiveSchema& operator=(const LiveSchema&) = delete;

  std::vector<core::ObjectName> objects() override;
  core::schema::Schema read() override;
  core::schema::Schema read_with_sizes() override;
  core::schema::Schema read(const std::vector<core::ObjectName>& objects) override;
  std::vector<core::estimate::TableSize> sizes(
      const std::vector<core::ObjectName>& tables) override;
  std::vector<std::optional<port::Definition>> definitions(
      const std::vector<core::ObjectName>& objects) override;
  std::vector<std::optional<std::string>> identities(
      const std::vector<core::ObjectName>& tables) override;
  Rehearsed rehearse(const core::ObjectName& table, const core::Rehearsal& rehearsal) override;
  std::vector<core::ObjectName> remnants(const core::ObjectName& object) override;
  void drop(const core::ObjectName& object) override;
  std::optional<port::ShapeDifference> difference(const std::string& create_table) override;

 private:
  std::string create_table_text(const std::string& table);

  Connection& connection_;
  core::ServerFamily family_;
  std::string schema_;
};

}  // namespace migrate::mysql
