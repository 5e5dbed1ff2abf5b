#pragma once

#include "binary_log.h"
#include "connection.h"
#include "history_store.h"
#include "live_schema.h"
#include "port/session.h"

namespace migrate::mysql {

class MysqlSession : public port::Session {
 public:
  MysqlSession(const core::ConnectionOptions& options, core::RunIdentity identity);

  const core::ServerInfo& info() const override { return info_; }
  core::PacketOutcome run(const core::Packet& packet,
                          const std::function<void(const core::ItemResult&)>& on_result) override;
  std::uint64_t packet_limit() const override;
  void reset() override;
  void set_local_infile(port::LocalInfile allowed) override {
    connection_.set_local_infile(allowed);
  }
  bool lock(const std::string& name, std::chrono::seconds timeout) override;
  std::optional<core::LockHolder> lock_holder(const std::vector<std::string>& names) override;
  void kill_query(std::uint64_t connection_id) override;
  void kill_connection(std::uint64_t connection_id) override;
  std::vector<core::Blocker> blockers(std::uint64_t waiter,
                                      const std::vector<core::ObjectName>& tables) override;
  std::optional<core::Activity> activity(std::uint64_t connection_id) override;
  std::optional<std::string> user_variable(const std::string& name) override;
  bool restarted_since(const std::string& at) override;
  void restore(const core::SessionValues& values) override;
  port::HistoryStore& history() override { return history_; }
  port::Schema& schema() override { return schema_; }
  port::BinaryLog& binary_log() override { return binary_log_; }

 private:
  Connection connection_;
  core::RunIdentity identity_;
  core::ServerInfo info_;
  TableHistoryStore history_;
  LiveSchema schema_;
  ServerBinaryLog binary_log_;
};

}  // namespace migrate::mysql
