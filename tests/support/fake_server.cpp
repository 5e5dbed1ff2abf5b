#include "support/fake_server.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema/definition_text.h"
#include "support/sql_subset.h"

namespace migrate::testing {
namespace {

constexpr std::string_view own_schema = "app";
constexpr std::string_view binary_log_file = "binlog.000001";
constexpr unsigned lost_code = 2013;
constexpr std::string_view lost_message = "Lost connection to server during query";
// Long enough for a test to kill it, and no test hangs where that fails.
constexpr std::chrono::seconds longest_sleep{30};

/// Thrown inside the fake where the server refuses a statement.
struct Refused {
  core::ServerError error;
};

[[noreturn]] void refuse(unsigned code, std::string sqlstate, std::string message) {
  throw Refused{{.code = code, .sqlstate = std::move(sqlstate), .message = std::move(message)}};
}

[[noreturn]] void refuse_unknown_table(std::string_view schema, const std::string& table) {
  refuse(1146, "42S02", fmt::format("Table '{}.{}' doesn't exist", schema, table));
}

std::string create_text(const std::string& table, const std::vector<std::string>& columns) {
  std::string text = fmt::format("CREATE TABLE {} (\n", table);
  for (const std::string& column : columns) text += fmt::format("  {} INT\n", column);
  return text + ")";
}

/// Tables, views and sequences share their names.
bool is_table(core::ObjectKind kind) {
  return kind == core::ObjectKind::table || kind == core::ObjectKind::view ||
         kind == core::ObjectKind::sequence;
}

std::string remnant_of(const std::string& table) {
  return table + " partition";
}

constexpr std::array history_tables{"migrate_ledger", "migrate_journal", "migrate_log",
                                    "migrate_format", "migrate_schema",  "migrate_texts"};

}  // namespace

class FakeServer::Session : public port::Session,
                            public port::HistoryStore,
                            public port::Schema,
                            public port::BinaryLog {
 public:
  explicit Session(FakeServer& server) : server_(server), identity_(server.identity_) {
    info_ = {.family = server.family_,
             .version = "fake",
             .account = "root@localhost",
             .schema = std::string(own_schema),
             .connection_id = ++server.connections_,
             .max_allowed_packet = server.packet_limit_};
    server.sessions_[info_.connection_id] = this;
  }

  ~Session() override {
    const std::lock_guard guard(server_.mutex_);
    end_connection();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // port::Session

  const core::ServerInfo& info() const override { return info_; }

  core::PacketOutcome run(const core::Packet& packet,
                          const std::function<void(const core::ItemResult&)>& on_result) override {
    std::unique_lock guard(server_.mutex_);
    ++server_.traffic_.packets;
    ++server_.traffic_.round_trips;
    for (std::size_t item = 0; item < packet.size(); ++item) {
      ++server_.traffic_.items;
      core::ItemResult result{.item = item};
      try {
        if (!lost_) {
          std::visit([&](const auto& one) { run_item(one, result, guard); }, packet[item]);
        }
        if (lost_) refuse(lost_code, "HY000", std::string(lost_message));
        result.in_transaction = transaction_.has_value();
      } catch (const Refused& refused) {
        result = {.item = item, .error = refused.error};
      }
      guard.unlock();
      on_result(result);
      guard.lock();
      if (result.error) {
        using End = core::PacketOutcome::End;
        return {
            .end = lost_ ? End::lost : End::failed, .failed_item = item, .error = *result.error};
      }
    }
    return {};
  }

  std::uint64_t packet_limit() const override { return info_.max_allowed_packet; }

  void reset() override {
    const auto guard = called();
    transaction_.reset();
    autocommit_ = true;
    unlock_all();
    temporary_.clear();
    variables_.clear();
    prepared_.clear();
    schema_ = own_schema;
    release_locks();
  }

  void set_local_infile(port::LocalInfile) override {}

  bool lock(const std::string& name, std::chrono::seconds timeout) override {
    auto guard = called();
    if (take(name)) return true;
    if (timeout.count() == 0 || !server_.on_lock_wait_) return false;
    const auto happens_meanwhile = server_.on_lock_wait_;
    guard.unlock();
    happens_meanwhile();
    guard.lock();
    return take(name);
  }

  std::optional<core::LockHolder> lock_holder(const std::vector<std::string>& names) override {
    const auto guard = called();
    const auto first = std::ranges::find_if(
        names, [&](const std::string& name) { return server_.locks_.contains(name); });
    if (first == names.end()) return std::nullopt;
    const auto held = server_.locks_.find(*first);
    core::LockHolder holder{.connection_id = held->second, .user = "root", .host = "localhost"};
    for (const core::LogRow& row : server_.state_.history.log) {
      if (row.connection_id == held->second) holder.since = row.at;
    }
    return holder;
  }

  void kill_query(std::uint64_t connection_id) override {
    const auto guard = called();
    if (connection_id == 0 || connection_id > server_.connections_) {
      throw core::Fault(core::ExitCode::statement_failed,
                        fmt::format("Unknown thread id: {}", connection_id));
    }
    const auto running = server_.sleeping_.find(connection_id);
    if (running != server_.sleeping_.end()) running->second = true;
    server_.changed_.notify_all();
  }

  void kill_connection(std::uint64_t connection_id) override {
    const auto guard = called();
    std::erase_if(server_.blockers_, [connection_id](const core::Blocker& blocker) {
      return blocker.connection_id == connection_id;
    });
    const auto killed = server_.sessions_.find(connection_id);
    if (killed == server_.sessions_.end()) return;
    killed->second->end_connection();
    server_.changed_.notify_all();
  }

  std::vector<core::Blocker> blockers(std::uint64_t,
                                      const std::vector<core::ObjectName>&) override {
    const auto guard = called();
    return server_.blockers_;
  }

  std::optional<core::Activity> activity(std::uint64_t connection_id) override {
    const auto guard = called();
    const auto found = server_.sessions_.find(connection_id);
    if (found == server_.sessions_.end()) return std::nullopt;
    const std::string& statement = found->second->running_;
    return core::Activity{
        .connection_id = connection_id, .idle = statement.empty(), .statement = statement};
  }

  std::optional<std::string> user_variable(const std::string& name) override {
    const auto guard = called();
    const auto variable = variables_.find(name);
    return variable == variables_.end() ? std::nullopt : std::optional(variable->second);
  }

  bool restarted_since(const std::string& at) override {
    const auto guard = called();
    return at < server_.started_at_;
  }

  void restore(const core::SessionValues& values) override {
    const auto guard = called();
    for (const core::UserVariable& variable : values.variables) {
      variables_.erase(variable.name);
      if (variable.type != core::UserVariable::Type::null)
        variables_[variable.name] = variable.value;
    }
  }

  port::HistoryStore& history() override { return *this; }
  port::Schema& schema() override { return *this; }
  port::BinaryLog& binary_log() override { return *this; }

  // port::BinaryLog

  core::LogPosition end() override {
    const auto guard = called();
    if (server_.binary_logging_ == BinaryLogging::off) return {};
    return {.file = std::string(binary_log_file), .offset = server_.binary_log_.size()};
  }

  Found find(const core::LogPosition& since, const std::string& mark) override {
    const auto guard = called();
    const std::vector<std::string>& log = server_.binary_log_;
    if (server_.binary_logging_ == BinaryLogging::off || since.file != binary_log_file ||
        since.offset > log.size()) {
      return Found::unreadable;
    }
    const auto first = log.begin() + static_cast<std::ptrdiff_t>(since.offset);
    return std::find(first, log.end(), mark) == log.end() ? Found::no : Found::yes;
  }

  // port::HistoryStore

  core::History load() override {
    const auto guard = called();
    return view().history.loaded();
  }

  void prepare() override {
    const auto guard = called();
    if (view().history.prepared) return;
    commit();
    server_.state_.history.prepared = true;
  }

  std::vector<core::schema::KeptObject> kept_schema() override {
    const auto guard = called();
    return view().history.kept;
  }

  std::vector<core::schema::KeptObject> kept_schema(
      const std::vector<core::ObjectName>& objects) override {
    std::vector<core::schema::KeptObject> kept = kept_schema();
    std::erase_if(kept, [&objects](const core::schema::KeptObject& one) {
      return std::ranges::none_of(objects, [&one](const core::ObjectName& name) {
        return core::schema::is_named(one, name);
      });
    });
    return kept;
  }

  std::vector<core::LogRow> log_of_plan(const std::string& hash) override {
    const auto guard = called();
    std::vector<core::LogRow> rows = view().history.log;
    std::erase_if(rows, [&](const core::LogRow& row) { return !row.message.starts_with(hash); });
    return rows;
  }
  std::vector<core::AppliedText> applied_texts() override {
    const auto guard = called();
    return view().history.applied_texts();
  }

  std::vector<core::LogRow> log(std::uint64_t limit) override {
    const auto guard = called();
    std::vector<core::LogRow> rows = view().history.log;
    if (limit != 0 && rows.size() > limit) {
      rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(limit));
    }
    return rows;
  }

  std::vector<core::estimate::Measurement> measurements() override {
    const auto guard = called();
    std::vector<core::estimate::Measurement> measurements;
    for (const core::LogRow& row : view().history.log) {
      if (auto one = core::estimate::measurement_of(row))
        measurements.insert(measurements.begin(), *std::move(one));
    }
    return measurements;
  }

  std::vector<core::rehearsal::Attestation> attestations(
      const std::vector<core::StepId>& steps) override {
    const auto guard = called();
    return view().history.attestations_of(steps);
  }

  std::optional<core::UnfinishedRun> unfinished_run() override {
    const auto guard = called();
    return view().history.unfinished_run();
  }

  // port::Schema

  std::vector<core::ObjectName> objects() override {
    const auto guard = called();
    std::vector<core::ObjectName> objects;
    const auto add = [&](const std::string& table) {
      objects.push_back({core::ObjectKind::table, std::string(own_schema), table});
    };
    if (view().history.prepared) {
      for (const char* name : history_tables) add(name);
    }
    for (const auto& [name, table] : view().tables) add(name);
    return objects;
  }

  core::schema::Schema read(const std::vector<core::ObjectName>& objects) override {
    core::schema::Schema schema = read();
    std::erase_if(schema.tables, [&objects](const core::schema::Table& table) {
      return std::ranges::find(objects, table.name, &core::ObjectName::name) == objects.end();
    });
    return schema;
  }

  core::schema::Schema read_with_sizes() override { return read(); }

  std::vector<core::estimate::TableSize> sizes(
      const std::vector<core::ObjectName>& tables) override {
    std::vector<core::estimate::TableSize> sizes;
    if (tables.empty()) return sizes;
    const auto guard = called();
    for (const core::ObjectName& table : tables) {
      const auto found = view().tables.find(table.name);
      const bool own = table.schema.empty() || table.schema == own_schema;
      if (!own || found == view().tables.end()) continue;
      const auto set = server_.sizes_.find(table.name);
      core::estimate::TableSize size{.rows = found->second.rows.size(), .data_bytes = 16384};
      if (set != server_.sizes_.end()) size = set->second;
      size.table = table;
      sizes.push_back(std::move(size));
    }
    return sizes;
  }

  core::schema::Schema read() override {
    const auto guard = called();
    core::schema::Schema schema{.family = server_.family_,
                                .name = std::string(own_schema),
                                .charset = "utf8mb4",
                                .collation = "utf8mb4_bin"};
    for (const auto& [name, now] : view().tables) {
      core::schema::Table table{.name = name, .engine = server_.engine_};
      for (const std::string& column : now.columns) {
        table.columns.push_back({.name = column,
                                 .definition = "int DEFAULT NULL",
                                 .type = "int",
                                 .data_type = "int",
                                 .default_value = "NULL",
                                 .position = table.columns.size() + 1});
      }
      table.definition = core::schema::create_table_text(table);
      table.fingerprint = table.definition;
      schema.tables.push_back(std::move(table));
    }
    return schema;
  }

  void drop(const core::ObjectName& object) override {
    const auto guard = called();
    commit();
    FakeHistory& history = server_.state_.history;
    server_.state_.tables.erase(object.name);
    std::erase_if(server_.state_.remnants,
                  [&object](const std::string& table) { return object.name == remnant_of(table); });
    if (object.name == "migrate_format") history.prepared = false;
    if (object.name == "migrate_journal") history.journal.clear();
    if (object.name == "migrate_ledger") {
      history.ledger.clear();
      // Without a ledger there is no history to be read.
      history.forget_schema();
    }
    if (object.name == "migrate_schema") history.forget_schema();
    if (object.name == "migrate_texts") history.texts.clear();
    if (object.name == "migrate_log") {
      history.log.clear();
      history.plans.clear();
    }
  }

  std::vector<core::ObjectName> remnants(const core::ObjectName& table) override {
    const auto guard = called();
    std::vector<core::ObjectName> remnants;
    if (server_.state_.remnants.contains(table.name))
      remnants.push_back({.name = remnant_of(table.name)});
    return remnants;
  }

  std::vector<std::optional<std::string>> identities(
      const std::vector<core::ObjectName>& tables) override {
    return std::vector<std::optional<std::string>>(tables.size());
  }

  std::vector<std::optional<port::Definition>> definitions(
      const std::vector<core::ObjectName>& objects) override {
    const auto guard = called();
    std::vector<std::optional<port::Definition>> definitions;
    for (const core::ObjectName& object : objects) {
      const auto table = server_.state_.tables.find(object.name);
      const bool own = object.schema.empty() || object.schema == own_schema;
      if (locked_ && own && is_table(object.kind) && !locked_->contains(object.name)) {
        definitions.emplace_back();
        continue;
      }
      const bool found = own && is_table(object.kind) && table != server_.state_.tables.end();
      const std::string text = found ? create_text(table->first, table->second.columns) : "";
      definitions.emplace_back(port::Definition{
          .fingerprint = text, .create_table = text, .engine = found ? server_.engine_ : ""});
    }
    return definitions;
  }

  Rehearsed rehearse(const core::ObjectName& table, const core::Rehearsal& rehearsal) override {
    const auto guard = called();
    const sql::Command command = sql::parse(rehearsal.statement);
    const auto* add = std::get_if<sql::AddColumn>(&command);
    const auto found = server_.state_.tables.find(table.name);
    if (add == nullptr || found == server_.state_.tables.end()) return Rehearsed::unknown;
    std::vector<std::string> without = found->second.columns;
    if (without.empty() || without.back() != add->column) return Rehearsed::otherwise;
    without.pop_back();
    return create_text(table.name, without) == rehearsal.create_table ? Rehearsed::as_found
                                                                      : Rehearsed::otherwise;
  }

  std::optional<port::ShapeDifference> difference(const std::string& create_table) override {
    const auto guard = called();
    const sql::Command command = sql::parse(create_table);
    const auto* declared = std::get_if<sql::CreateTable>(&command);
    if (declared == nullptr || !declared->if_not_exists) return std::nullopt;
    const auto found = view().tables.find(declared->table);
    if (found == view().tables.end() || found->second.columns == declared->columns) {
      return std::nullopt;
    }
    return port::ShapeDifference{.table = declared->table,
                                 .declared = create_text(declared->table, declared->columns),
                                 .found = create_text(declared->table, found->second.columns)};
  }

 private:
  using Change = std::function<void(FakeState&)>;
  using Guard = std::unique_lock<std::mutex>;
  using LockKind = sql::LockTables::Kind;

  /// The committed state as it was at BEGIN with the changes since, and those changes.
  struct Transaction {
    FakeState view;
    std::vector<Change> changes;
  };

  Guard called() {
    Guard guard(server_.mutex_);
    ++server_.traffic_.round_trips;
    if (lost_) throw core::Fault(core::ExitCode::unavailable, std::string(lost_message));
    return guard;
  }

  const FakeState& view() const { return transaction_ ? transaction_->view : server_.state_; }

  void change(Change change) {
    open_without_autocommit();
    if (!transaction_) return change(server_.state_);
    change(transaction_->view);
    transaction_->changes.push_back(std::move(change));
  }

  void commit() {
    if (!transaction_) return;
    for (const Change& change : transaction_->changes) change(server_.state_);
    transaction_.reset();
  }

  void open_without_autocommit() {
    if (!autocommit_ && !transaction_) transaction_.emplace(Transaction{.view = server_.state_});
  }

  void set_autocommit(bool on) {
    if (on && !autocommit_) commit();
    autocommit_ = on;
  }

  void unlock() {
    locked_.reset();
    history_is_locked_ = false;
  }

  void unlock_all() {
    unlock();
    frozen_ = false;
  }

  void begin() {
    commit();
    unlock();
    transaction_.emplace(Transaction{.view = server_.state_});
  }

  bool take(const std::string& name) {
    return server_.locks_.try_emplace(name, info_.connection_id).first->second ==
           info_.connection_id;
  }

  /// As the server does it; what the client calls from now on fails.
  void end_connection() {
    lost_ = true;
    transaction_.reset();
    unlock_all();
    temporary_.clear();
    release_locks();
    server_.sessions_.erase(info_.connection_id);
  }

  void release_locks() {
    std::erase_if(server_.locks_,
                  [&](const auto& held) { return held.second == info_.connection_id; });
  }

  // Items

  void run_item(const core::Statement& statement, core::ItemResult& result, Guard& guard) {
    running_ = statement.mark.empty()
                   ? statement.text
                   : fmt::format("/* {} */ {}", log_mark(statement), statement.text);
    try {
      run_text(statement.text, result, guard);
    } catch (const Refused&) {
      running_.clear();
      throw;
    }
    running_.clear();
    if (lost_) return;
    history_is_locked_ = history_is_locked_ || statement.locks_history;
    server_.statements_.push_back(statement.text);
    if (!statement.mark.empty() && is_logged(sql::parse(statement.text))) {
      server_.binary_log_.push_back(log_mark(statement));
    }
  }
  void run_item(const core::JournalWrite& write, core::ItemResult& result, Guard&) {
    if (!view().history.prepared) refuse_unknown_table(own_schema, "migrate_ledger");
    check_frozen();
    if (locked_ && !history_is_locked_) refuse_unlocked("migrate_ledger");
    result.affected_rows = 1;
    const HistoryWriter writer{.identity = identity_,
                               .connection_id = info_.connection_id,
                               .account = info_.account,
                               .at = fmt::format("2026-01-01 00:{:02}:{:02}.000000",
                                                 server_.now_ / 60 % 60, server_.now_ % 60),
                               .session = held()};
    ++server_.now_;
    change([write, writer](FakeState& state) { state.history.apply(write, writer); });
  }
  core::SessionValues held() const {
    core::SessionValues values;
    for (const auto& [name, value] : variables_) {
      values.variables.push_back(
          {.name = name, .type = core::UserVariable::Type::text, .value = value});
    }
    return values;
  }
  void run_item(core::BeginTransaction how, core::ItemResult&, Guard&) {
    if (how.locks == core::TableLocks::none) return begin();
    commit();
    saved_autocommit_ = std::exchange(autocommit_, false);
  }
  void run_item(core::CommitTransaction how, core::ItemResult&, Guard&) {
    commit();
    if (how.locks == core::TableLocks::held) autocommit_ = saved_autocommit_;
  }
  void run_item(core::RollbackTransaction, core::ItemResult&, Guard&) { transaction_.reset(); }

  std::string log_mark(const core::Statement& statement) const {
    return fmt::format("migrate {} {}", identity_.run_id, statement.mark);
  }

  void run_text(const std::string& text, core::ItemResult& result, Guard& guard) {
    std::visit([&](const auto& command) { execute(command, result, guard); }, sql::parse(text));
  }

  // Statements

  void execute(const sql::CreateTable& create, core::ItemResult& result, Guard&) {
    if (create.temporary) {
      const bool fresh =
          temporary_.try_emplace(create.table, FakeTable{.columns = create.columns}).second;
      if (!fresh && !create.if_not_exists) refuse_existing(create.table);
      result.session_changed = true;
      return;
    }
    commit();
    check_frozen();
    if (locked_) refuse_unlocked(create.table);
    if (server_.state_.remnants.contains(create.table)) refuse_existing(remnant_of(create.table));
    if (create.or_replace) server_.state_.tables.erase(create.table);
    const bool exists = server_.state_.tables.contains(create.table);
    if (exists && !create.if_not_exists) refuse_existing(create.table);
    if (exists) {
      result.warnings = 1;
    } else {
      server_.state_.tables.emplace(create.table, FakeTable{.columns = create.columns});
    }
  }

  void execute(const sql::AddColumn& add, core::ItemResult&, Guard&) {
    commit();
    FakeTable& table = found(server_.state_, add.table, LockKind::write);
    if (std::ranges::find(table.columns, add.column) != table.columns.end()) {
      refuse(1060, "42S21", fmt::format("Duplicate column name '{}'", add.column));
    }
    table.columns.push_back(add.column);
    for (auto& row : table.rows) row.emplace_back();
  }

  // As MariaDB: those that are there are dropped, whatever becomes of the others.
  void execute(const sql::DropTable& drop, core::ItemResult& result, Guard&) {
    commit();
    std::string unknown;
    for (const std::string& table : drop.tables) {
      if (!temporary_.contains(table)) check_lock(table, LockKind::write);
    }
    for (const std::string& table : drop.tables) {
      if (temporary_.erase(table) > 0) {
        result.session_changed = true;
      } else if (server_.state_.tables.erase(table) > 0) {
        if (locked_) locked_->erase(table);
      } else {
        unknown += fmt::format("{}{}.{}", unknown.empty() ? "" : ",", own_schema, table);
        ++result.warnings;
      }
    }
    if (locked_ && locked_->empty() && !history_is_locked_) unlock();
    if (!drop.if_exists && !unknown.empty()) {
      refuse(1051, "42S02", fmt::format("Unknown table '{}'", unknown));
    }
  }

  void execute(const sql::RenameTable& rename, core::ItemResult&, Guard&) {
    commit();
    check_frozen();
    if (locked_) {
      refuse(1192, "HY000",
             "Can't execute the given command because you have active locked tables or an active "
             "transaction");
    }
    auto tables = server_.state_.tables;
    for (const auto& [from, to] : rename.names) {
      if (!tables.contains(from)) refuse_unknown_table(own_schema, from);
      if (tables.contains(to)) refuse_existing(to);
      auto table = tables.extract(from);
      table.key() = to;
      tables.insert(std::move(table));
    }
    server_.state_.tables = std::move(tables);
  }

  void execute(const sql::Truncate& truncate, core::ItemResult&, Guard&) {
    commit();
    const auto temporary = temporary_.find(truncate.table);
    if (temporary != temporary_.end()) return temporary->second.rows.clear();
    found(server_.state_, truncate.table, LockKind::write).rows.clear();
  }

  void execute(const sql::Insert& insert, core::ItemResult& result, Guard&) {
    const std::size_t columns = looked_up(insert.table, LockKind::write).columns.size();
    std::vector<std::vector<std::optional<std::int64_t>>> rows;
    for (const auto& values : insert.rows) {
      if (values.size() != columns) {
        refuse(1136, "21S01",
               fmt::format("Column count doesn't match value count at row {}", rows.size() + 1));
      }
      auto& row = rows.emplace_back();
      for (const sql::Value& value : values) row.push_back(evaluated(value));
    }
    result.affected_rows = rows.size();
    change_table(insert.table, [rows](FakeTable& table) {
      table.rows.insert(table.rows.end(), rows.begin(), rows.end());
    });
  }

  void execute(const sql::Update& update, core::ItemResult& result, Guard&) {
    const FakeTable& table = looked_up(update.table, LockKind::write);
    const auto column = std::ranges::find(table.columns, update.column);
    if (column == table.columns.end()) {
      refuse(1054, "42S22", fmt::format("Unknown column '{}' in 'SET'", update.column));
    }
    const auto at = static_cast<std::size_t>(column - table.columns.begin());
    result.affected_rows = static_cast<std::uint64_t>(
        std::ranges::count_if(table.rows, [&](const auto& row) { return row[at].has_value(); }));
    change_table(update.table, [at, added = update.added](FakeTable& changed) {
      for (auto& row : changed.rows) {
        if (row[at]) *row[at] += added;
      }
    });
  }

  void execute(const sql::Delete& remove, core::ItemResult& result, Guard&) {
    result.affected_rows = looked_up(remove.table, LockKind::write).rows.size();
    change_table(remove.table, [](FakeTable& table) { table.rows.clear(); });
  }

  void execute(const sql::Select& select, core::ItemResult&, Guard& guard) {
    if (select.table) looked_up(*select.table);
    if (!select.sleeps) return;
    const std::uint64_t self = info_.connection_id;
    server_.sleeping_[self] = false;
    server_.changed_.notify_all();
    server_.changed_.wait_for(guard, longest_sleep,
                              [&] { return lost_ || server_.sleeping_.at(self); });
    const bool killed = server_.sleeping_.at(self);
    server_.sleeping_.erase(self);
    if (killed) refuse(1317, "70100", "Query execution was interrupted");
  }

  void execute(const sql::SetVariable& set, core::ItemResult& result, Guard&) {
    variables_[set.name] =
        set.counted ? std::to_string(looked_up(*set.counted).rows.size()) : set.value;
    result.session_changed = true;
  }
  void execute(const sql::SelectInto& select, core::ItemResult&, Guard&) {
    variables_[select.variable] = std::to_string(looked_up(select.counted).rows.size());
  }
  void execute(const sql::Prepare& prepare, core::ItemResult& result, Guard&) {
    prepared_.erase(prepare.name);
    std::string text = prepare.source;
    if (prepare.from_variable) {
      const auto variable = variables_.find(prepare.source);
      text = variable == variables_.end() ? "NULL" : variable->second;
    }
    const sql::Command command = sql::parse(text);
    if (std::holds_alternative<sql::SyntaxError>(command)) refuse_syntax();
    if (const std::string* table = table_of_data(command)) looked_up(*table);
    prepared_[prepare.name] = std::move(text);
    result.session_changed = true;
  }
  void execute(const sql::Execute& execute, core::ItemResult& result, Guard& guard) {
    const auto prepared = prepared_.find(execute.name);
    if (prepared == prepared_.end()) refuse_handler(execute.name, "EXECUTE");
    running_ = prepared->second;
    run_text(prepared->second, result, guard);
  }
  void execute(const sql::Deallocate& deallocate, core::ItemResult& result, Guard&) {
    if (prepared_.erase(deallocate.name) == 0)
      refuse_handler(deallocate.name, "DEALLOCATE PREPARE");
    result.session_changed = true;
  }
  void execute(const sql::SetSession&, core::ItemResult& result, Guard&) {
    result.session_changed = true;
  }
  void execute(const sql::SetAutocommit& set, core::ItemResult& result, Guard&) {
    set_autocommit(set.on);
    result.session_changed = true;
  }
  void execute(const sql::Use& use, core::ItemResult& result, Guard&) {
    schema_ = use.schema;
    result.session_changed = true;
  }

  void execute(const sql::Begin&, core::ItemResult&, Guard&) { begin(); }
  void execute(const sql::Commit&, core::ItemResult&, Guard&) { commit(); }
  void execute(const sql::Rollback&, core::ItemResult&, Guard&) { transaction_.reset(); }

  void execute(const sql::LockTables& lock, core::ItemResult&, Guard&) {
    commit();
    unlock();
    for (const auto& [table, kind] : lock.tables) found(server_.state_, table, kind);
    locked_.emplace(lock.tables.begin(), lock.tables.end());
  }
  void execute(const sql::UnlockTables&, core::ItemResult&, Guard&) {
    if (locked_ || frozen_) commit();
    unlock_all();
  }
  void execute(const sql::FreezeServer&, core::ItemResult&, Guard&) {
    commit();
    frozen_ = true;
  }

  void execute(const sql::Call& call, core::ItemResult& result, Guard& guard) {
    const auto procedure = server_.procedures_.find(call.procedure);
    if (procedure == server_.procedures_.end()) {
      refuse(1305, "42000",
             fmt::format("PROCEDURE {}.{} does not exist", own_schema, call.procedure));
    }
    for (const std::string& text : procedure->second) run_text(text, result, guard);
  }

  void execute(const sql::SyntaxError&, core::ItemResult&, Guard&) { refuse_syntax(); }

  [[noreturn]] static void refuse_syntax() {
    refuse(1064, "42000", "You have an error in your SQL syntax");
  }
  [[noreturn]] static void refuse_handler(const std::string& name, std::string_view statement) {
    refuse(1243, "HY000",
           fmt::format("Unknown prepared statement handler ({}) given to {}", name, statement));
  }

  /// The table of a statement about rows: it has to be there already when that is prepared.
  static const std::string* table_of_data(const sql::Command& command) {
    if (const auto* insert = std::get_if<sql::Insert>(&command)) return &insert->table;
    if (const auto* update = std::get_if<sql::Update>(&command)) return &update->table;
    if (const auto* remove = std::get_if<sql::Delete>(&command)) return &remove->table;
    if (const auto* into = std::get_if<sql::SelectInto>(&command)) return &into->counted;
    const auto* select = std::get_if<sql::Select>(&command);
    return select != nullptr && select->table ? &*select->table : nullptr;
  }

  static bool is_logged(const sql::Command& command) {
    if (const auto* create = std::get_if<sql::CreateTable>(&command)) return !create->temporary;
    return std::holds_alternative<sql::AddColumn>(command) ||
           std::holds_alternative<sql::DropTable>(command) ||
           std::holds_alternative<sql::RenameTable>(command) ||
           std::holds_alternative<sql::Truncate>(command);
  }

  // Tables

  [[noreturn]] static void refuse_existing(const std::string& table) {
    refuse(1050, "42S01", fmt::format("Table '{}' already exists", table));
  }
  [[noreturn]] static void refuse_unlocked(const std::string& table) {
    refuse(1100, "HY000", fmt::format("Table '{}' was not locked with LOCK TABLES", table));
  }

  /// For this session alone: others do not wait.
  void check_frozen() const {
    if (frozen_)
      refuse(1223, "HY000", "Can't execute the query because you have a conflicting read lock");
  }

  void check_lock(const std::string& name, LockKind needed) const {
    if (needed == LockKind::write) check_frozen();
    if (!locked_) return;
    const auto lock = locked_->find(name);
    if (lock == locked_->end()) refuse_unlocked(name);
    if (needed == LockKind::write && lock->second == LockKind::read) {
      refuse(1099, "HY000",
             fmt::format("Table '{}' was locked with a READ lock and can't be updated", name));
    }
  }

  FakeTable& found(FakeState& state, const std::string& name, LockKind needed) {
    check_lock(name, needed);
    const auto table = state.tables.find(name);
    if (schema_ != own_schema || table == state.tables.end()) refuse_unknown_table(schema_, name);
    return table->second;
  }

  const FakeTable& looked_up(const std::string& name, LockKind needed = LockKind::read) {
    const auto temporary = temporary_.find(name);
    if (temporary != temporary_.end()) return temporary->second;
    open_without_autocommit();
    return found(transaction_ ? transaction_->view : server_.state_, name, needed);
  }

  void change_table(const std::string& name, std::function<void(FakeTable&)> how) {
    const auto temporary = temporary_.find(name);
    if (temporary != temporary_.end()) return how(temporary->second);
    change([name, how = std::move(how)](FakeState& state) {
      const auto table = state.tables.find(name);
      if (table != state.tables.end()) how(table->second);
    });
  }

  std::optional<std::int64_t> evaluated(const sql::Value& value) const {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    const auto variable = variables_.find(std::get<std::string>(value));
    if (variable == variables_.end()) return std::nullopt;
    char* end = nullptr;
    const std::int64_t number = std::strtoll(variable->second.c_str(), &end, 10);
    if (variable->second.empty() || *end != '\0') {
      refuse(1366, "22007", fmt::format("Incorrect integer value: '{}'", variable->second));
    }
    return number;
  }

  FakeServer& server_;
  const core::RunIdentity identity_;
  core::ServerInfo info_;
  std::optional<Transaction> transaction_;
  bool autocommit_ = true;
  bool saved_autocommit_ = true;  ///< of a transaction that leaves table locks alone
  std::optional<std::map<std::string, LockKind>> locked_;
  bool history_is_locked_ = false;
  bool frozen_ = false;  ///< by FLUSH TABLES WITH READ LOCK
  std::map<std::string, FakeTable> temporary_;
  std::map<std::string, std::string> variables_;
  std::map<std::string, std::string> prepared_;
  std::string running_;  ///< the statement; empty between statements
  bool lost_ = false;
  std::string schema_{own_schema};
};

FakeServer::FakeServer(core::RunIdentity identity) : identity_(std::move(identity)) {}

FakeServer::~FakeServer() = default;

void FakeServer::identify(core::RunIdentity identity) {
  const std::lock_guard guard(mutex_);
  identity_ = std::move(identity);
}

std::unique_ptr<port::Session> FakeServer::connect() {
  const std::lock_guard guard(mutex_);
  ++traffic_.round_trips;
  return std::make_unique<Session>(*this);
}

std::map<std::string, FakeTable> FakeServer::tables() const {
  const std::lock_guard guard(mutex_);
  return state_.tables;
}

std::vector<core::schema::KeptObject> FakeServer::kept_schema() const {
  const std::lock_guard guard(mutex_);
  return state_.history.kept;
}

core::History FakeServer::history() const {
  const std::lock_guard guard(mutex_);
  return state_.history.loaded();
}

std::vector<core::LogRow> FakeServer::log() const {
  const std::lock_guard guard(mutex_);
  return state_.history.log;
}

Traffic FakeServer::traffic() const {
  const std::lock_guard guard(mutex_);
  return traffic_;
}

std::vector<std::string> FakeServer::statements() const {
  const std::lock_guard guard(mutex_);
  return statements_;
}

void FakeServer::set_engine(core::ServerFamily family, const std::string& engine) {
  const std::lock_guard guard(mutex_);
  family_ = family;
  engine_ = engine;
}

void FakeServer::set_size(const std::string& table, std::uint64_t rows, std::uint64_t bytes) {
  const std::lock_guard guard(mutex_);
  sizes_[table] = {.rows = rows, .data_bytes = bytes};
}

void FakeServer::restart() {
  const std::lock_guard guard(mutex_);
  started_at_ = "9999";
}

void FakeServer::leave_remnant_of(const std::string& table) {
  const std::lock_guard guard(mutex_);
  state_.remnants.insert(table);
}

void FakeServer::set_packet_limit(std::uint64_t bytes) {
  const std::lock_guard guard(mutex_);
  packet_limit_ = bytes;
}

void FakeServer::set_binary_log(BinaryLogging logging) {
  const std::lock_guard guard(mutex_);
  binary_logging_ = logging;
}

void FakeServer::define_procedure(const std::string& name, std::vector<std::string> statements) {
  const std::lock_guard guard(mutex_);
  procedures_[name] = std::move(statements);
}

void FakeServer::set_blockers(std::vector<core::Blocker> blockers) {
  const std::lock_guard guard(mutex_);
  blockers_ = std::move(blockers);
}

std::vector<core::Blocker> FakeServer::blockers() const {
  const std::lock_guard guard(mutex_);
  return blockers_;
}

void FakeServer::on_lock_wait(std::function<void()> happens_meanwhile) {
  const std::lock_guard guard(mutex_);
  on_lock_wait_ = std::move(happens_meanwhile);
}

void FakeServer::wait_until_running(std::uint64_t connection_id) {
  std::unique_lock guard(mutex_);
  changed_.wait_for(guard, longest_sleep, [&] { return sleeping_.contains(connection_id); });
}

}  // namespace migrate::testing
