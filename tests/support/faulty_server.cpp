#include "support/faulty_server.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/fault.h"

namespace migrate::testing {

struct FaultyServer::Faults {
  enum class OnStatement { refused, lost_before, lost_during, lost_after };
  struct Planned {
    std::string statement;
    OnStatement what = OnStatement::refused;
    core::ServerError error;
  };

  /// What is left of a packet, and the connection that runs it.
  struct Orphan {
    std::shared_ptr<port::Session> session;
    core::Packet packet;
  };

  std::uint64_t calls = 0;
  std::uint64_t packets = 0;
  std::uint64_t items = 0;
  std::optional<std::uint64_t> die_before;
  std::optional<std::uint64_t> die_after;
  std::optional<std::uint64_t> die_after_item;
  std::optional<std::uint64_t> die_during_item;
  std::optional<std::uint64_t> die_during_packet;
  std::optional<std::uint64_t> break_before;
  std::optional<std::uint64_t> break_after;
  std::optional<Orphan> orphan;
  std::optional<Planned> planned;
  std::function<void()> on_connect;
  bool lose_each_time = false;
  bool interrupt_next_packet = false;
  bool refuse_next_record = false;
};

namespace {

using Faults = FaultyServer::Faults;
using End = core::PacketOutcome::End;

core::ServerError lost_error() {
  return {
      .code = 2013, .sqlstate = "HY000", .message = "Lost connection to MySQL server during query"};
}

core::ServerError interrupted_error() {
  return {.code = 1317, .sqlstate = "70100", .message = "Query execution was interrupted"};
}

core::ServerError full_error() {
  return {.code = 1114, .sqlstate = "HY000", .message = "The table 'migrate_journal' is full"};
}

/// The way to the server: that of connect(), or one connection, which is lost once it broke.
struct Line {
  Faults& faults;
  bool lost = false;

  /// One port call.
  template <class Call>
  auto forward(Call call) {
    const std::uint64_t number = ++faults.calls;
    if (faults.die_before == number) throw Killed{};
    if (lost || faults.break_before == number) break_now();
    if constexpr (std::is_void_v<decltype(call())>) {
      call();
      end(number);
    } else {
      auto result = call();
      end(number);
      return result;
    }
  }

  [[noreturn]] void break_now() {
    lost = true;
    throw core::Fault(core::ExitCode::unavailable, lost_error().message);
  }

 private:
  void end(std::uint64_t number) {
    if (faults.die_after == number) throw Killed{};
    if (faults.break_after == number) break_now();
  }
};

bool has_statements(const core::Packet& packet) {
  return std::ranges::any_of(packet, [](const core::PacketItem& item) {
    return std::holds_alternative<core::Statement>(item);
  });
}

/// What the orphan is at, if the connection is its own.
std::optional<std::string> statement_of_orphan(const Faults& faults, std::uint64_t connection_id) {
  if (!faults.orphan || faults.orphan->session->info().connection_id != connection_id)
    return std::nullopt;
  for (const core::PacketItem& item : faults.orphan->packet) {
    const auto* statement = std::get_if<core::Statement>(&item);
    if (statement == nullptr) continue;
    return statement->mark.empty() ? statement->text
                                   : "/* migrate run " + statement->mark + " */ " + statement->text;
  }
  return std::string();
}

bool commits_implicitly(const core::PacketItem& item) {
  const auto* statement = std::get_if<core::Statement>(&item);
  return statement != nullptr && statement->effect == core::Effect::schema;
}

class FaultyHistory : public port::HistoryStore {
 public:
  FaultyHistory(port::HistoryStore& history, Line& line) : history_(history), line_(line) {}
  core::History load() override {
    return line_.forward([&] { return history_.load(); });
  }
  void prepare() override {
    line_.forward([&] { history_.prepare(); });
  }
  std::vector<core::schema::KeptObject> kept_schema() override {
    return line_.forward([&] { return history_.kept_schema(); });
  }
  std::vector<core::schema::KeptObject> kept_schema(
      const std::vector<core::ObjectName>& objects) override {
    return line_.forward([&] { return history_.kept_schema(objects); });
  }
  std::vector<core::AppliedText> applied_texts() override {
    return line_.forward([&] { return history_.applied_texts(); });
  }
  std::vector<core::LogRow> log(std::uint64_t limit) override {
    return line_.forward([&] { return history_.log(limit); });
  }
  std::vector<core::LogRow> log_of_plan(const std::string& hash) override {
    return line_.forward([&] { return history_.log_of_plan(hash); });
  }
  std::vector<core::estimate::Measurement> measurements() override {
    return line_.forward([&] { return history_.measurements(); });
  }
  std::vector<core::rehearsal::Attestation> attestations(
      const std::vector<core::StepId>& steps) override {
    return line_.forward([&] { return history_.attestations(steps); });
  }
  std::optional<core::UnfinishedRun> unfinished_run() override {
    return line_.forward([&] { return history_.unfinished_run(); });
  }

 private:
  port::HistoryStore& history_;
  Line& line_;
};

class FaultySchema : public port::Schema {
 public:
  FaultySchema(port::Schema& schema, Line& line) : schema_(schema), line_(line) {}
  core::schema::Schema read() override {
    return line_.forward([&] { return schema_.read(); });
  }
  core::schema::Schema read_with_sizes() override {
    return line_.forward([&] { return schema_.read_with_sizes(); });
  }
  core::schema::Schema read(const std::vector<core::ObjectName>& objects) override {
    return line_.forward([&] { return schema_.read(objects); });
  }
  std::vector<core::estimate::TableSize> sizes(
      const std::vector<core::ObjectName>& tables) override {
    return line_.forward([&] { return schema_.sizes(tables); });
  }

  std::vector<core::ObjectName> objects() override {
    return line_.forward([&] { return schema_.objects(); });
  }
  void drop(const core::ObjectName& object) override {
    line_.forward([&] { schema_.drop(object); });
  }
  std::optional<port::ShapeDifference> difference(const std::string& create_table) override {
    return line_.forward([&] { return schema_.difference(create_table); });
  }
  std::vector<std::optional<port::Definition>> definitions(
      const std::vector<core::ObjectName>& objects) override {
    return line_.forward([&] { return schema_.definitions(objects); });
  }
  Rehearsed rehearse(const core::ObjectName& table, const core::Rehearsal& rehearsal) override {
    return line_.forward([&] { return schema_.rehearse(table, rehearsal); });
  }
  std::vector<core::ObjectName> remnants(const core::ObjectName& object) override {
    return line_.forward([&] { return schema_.remnants(object); });
  }
  std::vector<std::optional<std::string>> identities(
      const std::vector<core::ObjectName>& tables) override {
    return line_.forward([&] { return schema_.identities(tables); });
  }

 private:
  port::Schema& schema_;
  Line& line_;
};

class FaultyBinaryLog : public port::BinaryLog {
 public:
  FaultyBinaryLog(port::BinaryLog& log, Line& line) : log_(log), line_(line) {}
  core::LogPosition end() override {
    return line_.forward([&] { return log_.end(); });
  }
  Found find(const core::LogPosition& since, const std::string& mark) override {
    return line_.forward([&] { return log_.find(since, mark); });
  }

 private:
  port::BinaryLog& log_;
  Line& line_;
};

class FaultySession : public port::Session {
 public:
  FaultySession(std::unique_ptr<port::Session> session, Faults& faults)
      : session_(std::move(session)),
        faults_(faults),
        line_{faults},
        history_(session_->history(), line_),
        schema_(session_->schema(), line_),
        binary_log_(session_->binary_log(), line_) {}

  const core::ServerInfo& info() const override { return session_->info(); }
  std::uint64_t packet_limit() const override { return session_->packet_limit(); }
  void set_local_infile(port::LocalInfile allowed) override { session_->set_local_infile(allowed); }
  bool restarted_since(const std::string& at) override {
    return line_.forward([&] { return session_->restarted_since(at); });
  }
  port::HistoryStore& history() override { return history_; }
  port::Schema& schema() override { return schema_; }
  port::BinaryLog& binary_log() override { return binary_log_; }

  core::PacketOutcome run(const core::Packet& packet,
                          const std::function<void(const core::ItemResult&)>& on_result) override {
    // The server may have done all of it: that is what is not heard any more.
    const bool unheard = faults_.break_after == faults_.calls + 1;
    try {
      return line_.forward([&] {
        return unheard ? session_->run(packet, [](const core::ItemResult&) {})
                       : run_with_faults(packet, on_result);
      });
    } catch (const core::Fault& fault) {
      if (!line_.lost) throw;
      return {.end = End::lost, .error = lost_error()};
    }
  }

  void reset() override {
    line_.forward([&] { session_->reset(); });
  }
  bool lock(const std::string& name, std::chrono::seconds timeout) override {
    return line_.forward([&] { return session_->lock(name, timeout); });
  }
  std::optional<core::LockHolder> lock_holder(const std::vector<std::string>& names) override {
    return line_.forward([&] { return session_->lock_holder(names); });
  }
  void kill_query(std::uint64_t connection_id) override {
    line_.forward([&] { session_->kill_query(connection_id); });
  }
  void kill_connection(std::uint64_t connection_id) override {
    line_.forward([&] {
      session_->kill_connection(connection_id);
      if (statement_of_orphan(faults_, connection_id)) faults_.orphan.reset();
    });
  }
  std::vector<core::Blocker> blockers(std::uint64_t waiter,
                                      const std::vector<core::ObjectName>& tables) override {
    return line_.forward([&] { return session_->blockers(waiter, tables); });
  }
  std::optional<core::Activity> activity(std::uint64_t connection_id) override {
    return line_.forward([&] {
      auto activity = session_->activity(connection_id);
      const auto statement = statement_of_orphan(faults_, connection_id);
      if (activity && statement) {
        activity->idle = false;
        activity->statement = *statement;
      }
      return activity;
    });
  }
  void restore(const core::SessionValues& values) override {
    line_.forward([&] { session_->restore(values); });
  }
  std::optional<std::string> user_variable(const std::string& name) override {
    return line_.forward([&] { return session_->user_variable(name); });
  }

 private:
  using OnResult = std::function<void(const core::ItemResult&)>;

  core::PacketOutcome run_with_faults(const core::Packet& packet, const OnResult& on_result) {
    if (std::exchange(faults_.interrupt_next_packet, false)) {
      on_result({.item = 0, .error = interrupted_error()});
      return {.end = End::failed, .failed_item = 0, .error = interrupted_error()};
    }
    if (has_statements(packet) && ++faults_.packets == faults_.die_during_packet) {
      faults_.orphan.emplace(Faults::Orphan{session_, packet});
      throw Killed{};
    }
    if (!has_statements(packet) && std::exchange(faults_.refuse_next_record, false)) {
      run_first(packet, packet.size() - 2, on_result);
      return {.end = End::failed, .failed_item = packet.size() - 2, .error = full_error()};
    }
    for (std::size_t item = 0; item < packet.size(); ++item) {
      ++faults_.items;
      if (faults_.die_after_item == faults_.items) {
        run_first(packet, item + 1, on_result);
        throw Killed{};
      }
      if (faults_.die_during_item == faults_.items) {
        run_first(packet, item, on_result);
        if (commits_implicitly(packet[item])) commit();
        throw Killed{};
      }
      const auto* statement = std::get_if<core::Statement>(&packet[item]);
      if (statement == nullptr || !faults_.planned ||
          faults_.planned->statement != statement->text) {
        continue;
      }
      return end_at(packet, item, on_result);
    }
    return session_->run(packet, on_result);
  }

  core::PacketOutcome end_at(const core::Packet& packet, std::size_t item,
                             const OnResult& on_result) {
    const auto outcome = run_first(packet, item, on_result);
    if (outcome.end != End::complete) return outcome;
    const Faults::Planned planned = *faults_.planned;
    if (planned.what == Faults::OnStatement::refused) {
      on_result({.item = item, .error = planned.error});
      return {.end = End::failed, .failed_item = item, .error = planned.error};
    }
    if (!faults_.lose_each_time) faults_.planned.reset();
    if (planned.what == Faults::OnStatement::lost_during) commit();
    if (planned.what == Faults::OnStatement::lost_after) {
      session_->run({packet[item]}, [](const core::ItemResult&) {});
    }
    line_.lost = true;
    on_result({.item = item, .error = lost_error()});
    return {.end = End::lost, .failed_item = item, .error = lost_error()};
  }

  void commit() {
    session_->run({core::CommitTransaction{}}, [](const core::ItemResult&) {});
  }

  core::PacketOutcome run_first(const core::Packet& packet, std::size_t items,
                                const OnResult& on_result) {
    if (items == 0) return {};
    const auto end = packet.begin() + static_cast<std::ptrdiff_t>(items);
    return session_->run(core::Packet(packet.begin(), end), on_result);
  }

  std::shared_ptr<port::Session> session_;  ///< that an orphan keeps when the program is dead
  Faults& faults_;
  Line line_;
  FaultyHistory history_;
  FaultySchema schema_;
  FaultyBinaryLog binary_log_;
};

}  // namespace

FaultyServer::FaultyServer(port::Server& server)
    : server_(server), faults_(std::make_unique<Faults>()) {}

FaultyServer::~FaultyServer() = default;

std::unique_ptr<port::Session> FaultyServer::connect() {
  if (faults_->on_connect) faults_->on_connect();
  return Line{*faults_}.forward([&]() -> std::unique_ptr<port::Session> {
    return std::make_unique<FaultySession>(server_.connect(), *faults_);
  });
}

void FaultyServer::die_before(std::uint64_t call) {
  faults_->die_before = call;
}
void FaultyServer::die_after(std::uint64_t call) {
  faults_->die_after = call;
}
void FaultyServer::break_before(std::uint64_t call) {
  faults_->break_before = call;
}
void FaultyServer::break_after(std::uint64_t call) {
  faults_->break_after = call;
}
void FaultyServer::die_after_item(std::uint64_t item) {
  faults_->die_after_item = item;
}
void FaultyServer::die_during_packet(std::uint64_t packet) {
  faults_->die_during_packet = packet;
}
std::optional<std::uint64_t> FaultyServer::orphan() const {
  if (!faults_->orphan) return std::nullopt;
  return faults_->orphan->session->info().connection_id;
}
void FaultyServer::orphan_runs(std::uint64_t items) {
  if (!faults_->orphan) return;
  core::Packet& packet = faults_->orphan->packet;
  const auto end =
      packet.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(items, packet.size()));
  const auto outcome = faults_->orphan->session->run(core::Packet(packet.begin(), end),
                                                     [](const core::ItemResult&) {});
  packet.erase(packet.begin(), end);
  if (packet.empty() || outcome.end != End::complete) faults_->orphan.reset();
}
void FaultyServer::orphan_ends() {
  if (faults_->orphan) orphan_runs(faults_->orphan->packet.size());
}
void FaultyServer::on_connect(std::function<void()> happens_before) {
  faults_->on_connect = std::move(happens_before);
}
void FaultyServer::refuse(const std::string& statement, core::ServerError error) {
  faults_->planned = {statement, Faults::OnStatement::refused, std::move(error)};
}
void FaultyServer::refuse_no_more() {
  faults_->planned.reset();
}
void FaultyServer::refuse_next_record() {
  faults_->refuse_next_record = true;
}

void FaultyServer::interrupt_next_packet() {
  faults_->interrupt_next_packet = true;
}
void FaultyServer::lose_before(const std::string& statement) {
  faults_->planned = {statement, Faults::OnStatement::lost_before, {}};
}
void FaultyServer::lose_before_each_time(const std::string& statement) {
  lose_before(statement);
  faults_->lose_each_time = true;
}
void FaultyServer::die_during_item(std::uint64_t item) {
  faults_->die_during_item = item;
}
void FaultyServer::lose_during(const std::string& statement) {
  faults_->planned = {statement, Faults::OnStatement::lost_during, {}};
}
void FaultyServer::lose_after(const std::string& statement) {
  faults_->planned = {statement, Faults::OnStatement::lost_after, {}};
}

std::uint64_t FaultyServer::calls() const {
  return faults_->calls;
}
std::uint64_t FaultyServer::items() const {
  return faults_->items;
}
std::uint64_t FaultyServer::packets() const {
  return faults_->packets;
}

}  // namespace migrate::testing
