#include "moved_server.h"

#include <utility>

namespace migrate::app {
namespace {

class MovedSession : public port::Session {
 public:
  MovedSession(std::unique_ptr<port::Session> session, const Move& move,
               const std::function<void()>& behind_packet)
      : session_(std::move(session)), move_(move), behind_packet_(behind_packet) {
    apply();
  }

  void reset() override {
    session_->reset();
    apply();
  }

  const core::ServerInfo& info() const override { return session_->info(); }
  core::PacketOutcome run(const core::Packet& packet,
                          const std::function<void(const core::ItemResult&)>& on_result) override {
    core::PacketOutcome outcome = session_->run(packet, on_result);
    if (behind_packet_) behind_packet_();
    return outcome;
  }
  std::uint64_t packet_limit() const override { return session_->packet_limit(); }
  void set_local_infile(port::LocalInfile allowed) override { session_->set_local_infile(allowed); }
  bool lock(const std::string& name, std::chrono::seconds timeout) override {
    return session_->lock(name, timeout);
  }
  std::optional<core::LockHolder> lock_holder(const std::vector<std::string>& names) override {
    return session_->lock_holder(names);
  }
  void kill_query(std::uint64_t connection_id) override { session_->kill_query(connection_id); }
  std::vector<core::Blocker> blockers(std::uint64_t waiter,
                                      const std::vector<core::ObjectName>& tables) override {
    return session_->blockers(waiter, tables);
  }
  void kill_connection(std::uint64_t connection_id) override {
    session_->kill_connection(connection_id);
  }
  std::optional<core::Activity> activity(std::uint64_t connection_id) override {
    return session_->activity(connection_id);
  }
  std::optional<std::string> user_variable(const std::string& name) override {
    return session_->user_variable(name);
  }
  bool restarted_since(const std::string& at) override { return session_->restarted_since(at); }
  void restore(const core::SessionValues& values) override { session_->restore(values); }
  port::HistoryStore& history() override { return session_->history(); }
  port::Schema& schema() override { return session_->schema(); }
  port::BinaryLog& binary_log() override { return session_->binary_log(); }

 private:
  void apply() {
    for (const std::string& statement : move_) {
      session_->run({core::Statement{.text = statement, .effect = core::Effect::session}},
                    [](const core::ItemResult&) {});
    }
  }

  std::unique_ptr<port::Session> session_;
  const Move& move_;
  const std::function<void()>& behind_packet_;
};

}  // namespace

// Not what migrate itself fixes, as time_zone: no run ever meets that with another value.
Move other_clock_and_session() {
  return {"SET SESSION timestamp = UNIX_TIMESTAMP() + 34567890",
          "SET SESSION rand_seed1 = 20011, rand_seed2 = 40123",
          "SET SESSION lc_time_names = 'de_DE'", "SET SESSION default_week_format = 3",
          "SET SESSION div_precision_increment = 7"};
}

Move other_counters() {
  return {"SET SESSION auto_increment_increment = 7", "SET SESSION auto_increment_offset = 3"};
}

std::unique_ptr<port::Session> MovedServer::connect() {
  return std::make_unique<MovedSession>(server_.connect(), move_, behind_packet_);
}

}  // namespace migrate::app
