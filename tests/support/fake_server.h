#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "port/session.h"
#include "support/fake_history.h"

namespace migrate::testing {

/// A table of nullable integers.
struct FakeTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::int64_t>>> rows;

  friend bool operator==(const FakeTable&, const FakeTable&) = default;
};

/// What a crash leaves: everything that was committed.
struct FakeState {
  std::map<std::string, FakeTable> tables;
  std::set<std::string> remnants;  ///< of tables that are not there
  FakeHistory history;
};

/// What the clients cost the server.
struct Traffic {
  std::uint64_t packets = 0;      ///< calls of Session::run
  std::uint64_t items = 0;        ///< that ran or failed in them
  std::uint64_t round_trips = 0;  ///< every call that asks the server, packets included
};

/// A server in memory that outlives its clients and knows implicit commit. It understands the SQL
/// of sql_subset.h, and tells what a real server tells; the contract suite compares it with real
/// ones. An open transaction sees its own changes, others see them after its commit; rows are not
/// locked. Thread-safe; a session belongs to one thread at a time, and the server must outlive its
/// sessions.
class FakeServer : public port::Server {
 public:
  explicit FakeServer(core::RunIdentity identity = {.run_id = "run-1",
                                                    .command = "test",
                                                    .client = "tester@here",
                                                    .tool_version = "test"});
  ~FakeServer() override;

  std::unique_ptr<port::Session> connect() override;
  /// Who connects from now on.
  void identify(core::RunIdentity identity);

  /// Committed tables, those of the history left out.
  std::map<std::string, FakeTable> tables() const;
  core::History history() const;
  std::vector<core::schema::KeptObject> kept_schema() const;
  std::vector<core::LogRow> log() const;
  /// Of all sessions since the server was made.
  Traffic traffic() const;
  /// Texts of the statements that succeeded, in order, whether they were rolled back or not.
  std::vector<std::string> statements() const;

  /// What Session::packet_limit() says; 16 MiB until it is set.
  void set_packet_limit(std::uint64_t bytes);
  /// Off until it is switched on. The log holds the marks of schema statements that succeeded; what
  /// EXECUTE ran is logged without the EXECUTE's mark, as on a real server.
  enum class BinaryLogging { off, on };
  void set_binary_log(BinaryLogging logging);
  /// What CALL runs; a statement of it may commit.
  void define_procedure(const std::string& name, std::vector<std::string> statements);
  /// What its tables are in, and which server it says it is; InnoDB and MariaDB until they are set.
  void set_engine(core::ServerFamily family, const std::string& engine);
  /// What it says of a table's size; without this, of its rows.
  void set_size(const std::string& table, std::uint64_t rows, std::uint64_t bytes);
  /// From now on it says that it was started behind everything that is in the history.
  void restart();
  /// A crash left something of that table, which keeps it from being created.
  void leave_remnant_of(const std::string& table);
  /// Who is in the way of whoever waits for a table. One that is killed is gone from there.
  void set_blockers(std::vector<core::Blocker> blockers);
  std::vector<core::Blocker> blockers() const;
  /// Called each time a session has to wait for a named lock, once a call of lock(); the lock is
  /// tried again after it. Nothing really waits.
  void on_lock_wait(std::function<void()> happens_meanwhile);
  /// Waits until the connection runs a statement that takes time (SELECT SLEEP(…)).
  void wait_until_running(std::uint64_t connection_id);

 private:
  class Session;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  core::RunIdentity identity_;
  FakeState state_;
  Traffic traffic_;
  std::vector<std::string> statements_;
  std::map<std::string, std::vector<std::string>> procedures_;
  std::vector<core::Blocker> blockers_;
  std::function<void()> on_lock_wait_;
  std::map<std::string, std::uint64_t> locks_;  ///< name to the connection that holds it
  std::map<std::uint64_t, Session*> sessions_;  ///< open connections
  std::map<std::uint64_t, bool> sleeping_;      ///< connection to whether it was cancelled
  BinaryLogging binary_logging_ = BinaryLogging::off;
  std::vector<std::string> binary_log_;
  core::ServerFamily family_ = core::ServerFamily::mariadb;
  std::string engine_ = "InnoDB";
  std::map<std::string, core::estimate::TableSize> sizes_;
  std::string started_at_;
  std::uint64_t connections_ = 0;
  std::uint64_t packet_limit_ = 16 * 1024 * 1024;
  std::uint64_t now_ = 0;
};

}  // namespace migrate::testing
