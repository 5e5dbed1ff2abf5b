#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "port/session.h"

// What every port::Server promises, asked of the fake and of each real server, so that the fake
// can't say what no server would. Include it in one file of a test program and instantiate
// SessionContract there.
namespace migrate::testing {

/// A server with an empty schema, and a way to look at it that is not under test.
class ContractServer {
 public:
  virtual ~ContractServer() = default;
  virtual port::Server& server() = 0;
  /// The rows of a table in their order, each as "1", "1,2" or "NULL", joined by blanks.
  virtual std::string rows(const std::string& table) = 0;
  virtual std::vector<std::string> tables() = 0;
  /// Waits until the connection runs a statement that takes time.
  virtual void wait_until_running(std::uint64_t connection_id) = 0;
};

struct ContractParam {
  std::string name;
  std::function<std::unique_ptr<ContractServer>()> make;
};

inline std::ostream& operator<<(std::ostream& out, const ContractParam& param) {
  return out << param.name;
}

class SessionContract : public ::testing::TestWithParam<ContractParam> {
 protected:
  using End = core::PacketOutcome::End;

  /// Everything that a packet's results say.
  struct Ran {
    core::PacketOutcome outcome;
    std::vector<core::ItemResult> results;

    /// The server's error, 0 for none.
    unsigned error() const { return outcome.end == End::complete ? 0 : outcome.error.code; }
  };

  SessionContract() : world_(GetParam().make()), session_(connect()) {}

  std::unique_ptr<port::Session> connect() { return world_->server().connect(); }

  static core::Statement statement(const std::string& text) { return {.text = text}; }
  /// A LOCK TABLES that takes the history's tables along.
  static core::Statement locking(const std::string& text) {
    return {.text = text, .locks_history = true};
  }
  static core::Statement alone(const std::string& text) {
    return {.text = text, .travel = core::Travel::alone};
  }

  static Ran run(port::Session& session, const core::Packet& packet) {
    Ran ran;
    ran.outcome =
        session.run(packet, [&](const core::ItemResult& result) { ran.results.push_back(result); });
    return ran;
  }
  Ran run(const core::Packet& packet) { return run(*session_, packet); }
  Ran run(const std::string& text) { return run({statement(text)}); }
  /// Of a statement that must succeed.
  core::ItemResult result_of(const std::string& text) {
    const Ran ran = run(text);
    EXPECT_EQ(ran.error(), 0U) << text << ": " << ran.outcome.error.message;
    return ran.results.empty() ? core::ItemResult{} : ran.results.back();
  }

  std::string rows(const std::string& table) { return world_->rows(table); }
  bool has_table(const std::string& table) {
    const auto tables = world_->tables();
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  }

  static core::StepId step(const std::string& key) { return {core::StepKind::versioned, key}; }
  static core::JournalWrite opened(const std::string& key, std::uint64_t total = 3) {
    return core::journal::StepOpened{
        .id = step(key), .name = "step", .checksum = {.hex = "c" + key}, .total = total};
  }
  static core::JournalWrite opened_down(const std::string& key) {
    return core::journal::StepOpened{
        .id = step(key), .name = "step", .direction = core::Direction::down, .total = 2};
  }
  static core::JournalWrite intended(const std::string& key, std::uint64_t first,
                                     std::vector<std::string> hashes) {
    return core::journal::Intended{.id = step(key), .first = first, .hashes = std::move(hashes)};
  }
  static core::JournalWrite done(const std::string& key, std::uint64_t first,
                                 std::vector<std::string> hashes) {
    return core::journal::Done{.id = step(key), .first = first, .hashes = std::move(hashes)};
  }
  static core::JournalWrite closed(const std::string& key,
                                   core::Direction direction = core::Direction::up) {
    return core::journal::StepClosed{.id = step(key), .direction = direction, .duration_us = 7};
  }

  /// A history in words, without times and connections.
  static std::string words(const core::History& history) {
    std::string text;
    for (const core::LedgerRow& row : history.ledger) {
      static const std::vector<std::string> states = {"applied", "baselined", "partly_up",
                                                      "partly_down"};
      text += row.id.key + " " + row.name + " " + states.at(static_cast<std::size_t>(row.state)) +
              " " + std::to_string(row.statements_done) + "/" +
              std::to_string(row.statements_total) + " " + row.checksum.hex + " #" +
              std::to_string(row.order) + "\n";
    }
    for (const core::JournalRow& row : history.journal) {
      text += row.id.key + "." + std::to_string(row.first);
      text += row.direction == core::Direction::up ? " up" : " down";
      text += row.state == core::JournalRow::State::done ? " done" : " intended";
      for (const std::string& hash : row.hashes) text += " " + hash;
      text += "\n";
    }
    return text;
  }
  /// As another session sees it.
  std::string history() { return words(connect()->history().load()); }

  static core::ObjectName table(const std::string& name) {
    return {.kind = core::ObjectKind::table, .name = name};
  }
  std::vector<std::optional<std::string>> fingerprints(
      const std::vector<core::ObjectName>& objects) {
    std::vector<std::optional<std::string>> fingerprints;
    for (const auto& definition : session_->schema().definitions(objects))
      fingerprints.push_back(definition ? std::optional(definition->fingerprint) : std::nullopt);
    return fingerprints;
  }
  std::optional<std::string> fingerprint(const core::ObjectName& object) {
    return fingerprints({object}).at(0);
  }

  std::unique_ptr<ContractServer> world_;
  std::unique_ptr<port::Session> session_;
};

inline const std::string hash_a = "aaaaaaaaaaaaaaaa";
inline const std::string hash_b = "bbbbbbbbbbbbbbbb";
inline const std::string hash_c = "cccccccccccccccc";

// Packets

TEST_P(SessionContract, EveryItemHasAResult) {
  const Ran ran = run({statement("CREATE TABLE t (id INT)"), core::BeginTransaction{},
                       statement("INSERT INTO t VALUES (1), (2)"), core::CommitTransaction{},
                       statement("UPDATE t SET id = id + 1")});
  EXPECT_EQ(ran.outcome.end, End::complete);
  ASSERT_EQ(ran.results.size(), 5U);
  for (std::size_t i = 0; i < ran.results.size(); ++i) EXPECT_EQ(ran.results[i].item, i);
  EXPECT_EQ(ran.results[2].affected_rows, 2U);
  EXPECT_EQ(ran.results[4].affected_rows, 2U);
  EXPECT_EQ(rows("t"), "2 3");
}

TEST_P(SessionContract, APacketStopsAtTheFirstErrorAndSaysWhere) {
  const Ran ran = run({statement("CREATE TABLE t (id INT)"), statement("INSERT INTO u VALUES (1)"),
                       statement("CREATE TABLE v (id INT)")});
  EXPECT_EQ(ran.outcome.end, End::failed);
  EXPECT_EQ(ran.outcome.failed_item, 1U);
  EXPECT_EQ(ran.outcome.error.code, 1146U);
  EXPECT_EQ(ran.outcome.error.sqlstate, "42S02");
  EXPECT_FALSE(ran.outcome.error.message.empty());
  ASSERT_EQ(ran.results.size(), 2U);
  EXPECT_TRUE(ran.results.back().error);
  EXPECT_EQ(ran.results.back().item, 1U);
  EXPECT_TRUE(has_table("t"));
  EXPECT_FALSE(has_table("v"));
}

TEST_P(SessionContract, TheFirstItemMayFail) {
  const Ran ran = run({statement("no SQL at all"), statement("CREATE TABLE t (id INT)")});
  EXPECT_EQ(ran.error(), 1064U);
  EXPECT_EQ(ran.outcome.failed_item, 0U);
  EXPECT_FALSE(has_table("t"));
}

TEST_P(SessionContract, AfterAnErrorTheSessionGoesOn) {
  run("no SQL at all");
  EXPECT_EQ(run("CREATE TABLE t (id INT)").error(), 0U);
}

TEST_P(SessionContract, TheErrorsOfSchemaStatements) {
  run("CREATE TABLE t (id INT)");
  EXPECT_EQ(run("CREATE TABLE t (id INT)").error(), 1050U);
  EXPECT_EQ(run("CREATE TABLE IF NOT EXISTS t (id INT)").error(), 0U);
  EXPECT_EQ(run("ALTER TABLE t ADD COLUMN id INT").error(), 1060U);
  EXPECT_EQ(run("ALTER TABLE u ADD COLUMN c INT").error(), 1146U);
  EXPECT_EQ(run("DROP TABLE u").error(), 1051U);
  EXPECT_EQ(run("DROP TABLE IF EXISTS u").error(), 0U);
  EXPECT_EQ(run("INSERT INTO t VALUES (1, 2)").error(), 1136U);
  EXPECT_EQ(run("UPDATE t SET c = c + 1").error(), 1054U);
  EXPECT_EQ(run("SELECT id FROM u").error(), 1146U);
  EXPECT_EQ(run("DELETE FROM u").error(), 1146U);
  EXPECT_EQ(run("CALL p()").error(), 1305U);
}

TEST_P(SessionContract, NewColumnsAreNull) {
  run("CREATE TABLE t (id INT)");
  run("INSERT INTO t VALUES (1)");
  run("ALTER TABLE t ADD COLUMN c INT");
  run("UPDATE t SET c = c + 1");
  EXPECT_EQ(rows("t"), "1,NULL");
}

TEST_P(SessionContract, AStatementMayTravelAlone) {
  const Ran ran = run({alone("CREATE TABLE t (id INT)")});
  EXPECT_EQ(ran.outcome.end, End::complete);
  EXPECT_EQ(ran.results.size(), 1U);
  EXPECT_EQ(run({alone("CREATE TABLE t (id INT)")}).error(), 1050U);
  EXPECT_EQ(
      run({statement("INSERT INTO t VALUES (1)"), statement("INSERT INTO t VALUES (2)")}).error(),
      0U);
  EXPECT_EQ(rows("t"), "1 2");
}

TEST_P(SessionContract, RowsOfASelectAreThrownAway) {
  run("CREATE TABLE t (id INT)");
  run("INSERT INTO t VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)");
  const Ran ran = run({statement("SELECT a.id FROM t a, t b, t c, t d, t e"),
                       statement("INSERT INTO t VALUES (11)")});
  EXPECT_EQ(ran.outcome.end, End::complete);
  ASSERT_EQ(ran.results.size(), 2U);
  EXPECT_EQ(ran.results[0].affected_rows, 0U);
}

TEST_P(SessionContract, RenamesAreDoneTogetherOrNotAtAll) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  run("INSERT INTO t VALUES (1)");
  EXPECT_EQ(run("RENAME TABLE t TO x, u TO t, x TO u").error(), 0U);
  EXPECT_EQ(rows("u"), "1");
  EXPECT_EQ(run("RENAME TABLE u TO v, missing TO w").error(), 1146U);
  EXPECT_EQ(run("RENAME TABLE u TO v, v TO t").error(), 1050U);
  EXPECT_EQ(world_->tables(), (std::vector<std::string>{"t", "u"}));
  EXPECT_EQ(rows("u"), "1");
}

TEST_P(SessionContract, OfSeveralTablesMariaDbDropsThoseThatAreThereAndMySqlNone) {
  const auto make = [&] {
    run("CREATE TABLE a (id INT)");
    run("CREATE TABLE b (id INT)");
  };
  make();
  EXPECT_EQ(run("DROP TABLE a, b").error(), 0U);
  EXPECT_TRUE(world_->tables().empty());
  make();
  EXPECT_EQ(run("DROP TABLE a, missing, b").error(), 1051U);
  const bool none = session_->info().family == core::ServerFamily::mysql;
  EXPECT_EQ(has_table("a"), none);
  EXPECT_EQ(has_table("b"), none);
  EXPECT_EQ(run("DROP TABLE IF EXISTS a, missing, b").error(), 0U);
  EXPECT_TRUE(world_->tables().empty());
}

TEST_P(SessionContract, TruncateEmptiesATableAndCommits) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  run("INSERT INTO t VALUES (1)");
  run({core::BeginTransaction{}, statement("INSERT INTO u VALUES (2)"),
       statement("TRUNCATE TABLE t"), core::RollbackTransaction{}});
  EXPECT_EQ(rows("t"), "");
  EXPECT_EQ(rows("u"), "2");
  EXPECT_EQ(run("TRUNCATE TABLE missing").error(), 1146U);
}

TEST_P(SessionContract, AMarkChangesNothing) {
  const auto marked = [](const std::string& text, core::Travel travel) {
    return core::Statement{
        .text = text, .travel = travel, .mark = "up 1 */ DROP TABLE t; /*! DROP TABLE t */ 2"};
  };
  run({marked("CREATE TABLE t (id INT)", core::Travel::together),
       marked("INSERT INTO t VALUES (1)", core::Travel::together)});
  run({marked("INSERT INTO t VALUES (2)", core::Travel::alone)});
  EXPECT_EQ(rows("t"), "1 2");
}

// Transactions

TEST_P(SessionContract, ResultsSayWhetherATransactionIsOpen) {
  run("CREATE TABLE t (id INT)");
  const Ran ran = run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
                       core::CommitTransaction{}, statement("INSERT INTO t VALUES (2)")});
  ASSERT_EQ(ran.results.size(), 4U);
  EXPECT_TRUE(ran.results[0].in_transaction);
  EXPECT_TRUE(ran.results[1].in_transaction);
  EXPECT_FALSE(ran.results[2].in_transaction);
  EXPECT_FALSE(ran.results[3].in_transaction);
}

TEST_P(SessionContract, OthersSeeATransactionOnlyAfterItsCommit) {
  run("CREATE TABLE t (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)")});
  EXPECT_EQ(rows("t"), "");
  run(core::Packet{core::CommitTransaction{}});
  EXPECT_EQ(rows("t"), "1");
}

TEST_P(SessionContract, RollbackUndoes) {
  run("CREATE TABLE t (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
       core::RollbackTransaction{}});
  run({statement("BEGIN"), statement("INSERT INTO t VALUES (2)"), statement("ROLLBACK")});
  EXPECT_EQ(rows("t"), "");
}

TEST_P(SessionContract, AClosedConnectionRollsBack) {
  run("CREATE TABLE t (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)")});
  session_.reset();
  // Waits for the rows of the transaction, if it is still there.
  EXPECT_EQ(run(*connect(), {statement("ALTER TABLE t ADD COLUMN c INT")}).error(), 0U);
  EXPECT_EQ(rows("t"), "");
}

TEST_P(SessionContract, ASchemaStatementCommitsWhatIsOpen) {
  run("CREATE TABLE t (id INT)");
  const Ran ran = run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
                       statement("CREATE TABLE u (id INT)"), core::RollbackTransaction{}});
  EXPECT_FALSE(ran.results.at(2).in_transaction);
  EXPECT_EQ(rows("t"), "1");
}

TEST_P(SessionContract, ASchemaStatementCommitsEvenWhenItFails) {
  run("CREATE TABLE t (id INT)");
  int row = 0;
  std::string expected;
  for (const char* failing : {"CREATE TABLE t (id INT)", "ALTER TABLE t ADD COLUMN id INT",
                              "ALTER TABLE missing ADD COLUMN id INT", "DROP TABLE missing"}) {
    const std::string insert = "INSERT INTO t VALUES (" + std::to_string(++row) + ")";
    EXPECT_EQ(run({core::BeginTransaction{}, statement(insert), statement(failing)}).outcome.end,
              End::failed);
    run(core::Packet{core::RollbackTransaction{}});
    expected += (row == 1 ? "" : " ") + std::to_string(row);
    EXPECT_EQ(rows("t"), expected) << failing;
  }
}

TEST_P(SessionContract, ASyntaxErrorDoesNotCommit) {
  run("CREATE TABLE t (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
       statement("CREATE TABLE (id INT)")});
  run(core::Packet{core::RollbackTransaction{}});
  EXPECT_EQ(rows("t"), "");
}

TEST_P(SessionContract, AFailedDataStatementLeavesTheTransactionOpen) {
  run("CREATE TABLE t (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
       statement("INSERT INTO missing VALUES (1)")});
  EXPECT_TRUE(result_of("INSERT INTO t VALUES (2)").in_transaction);
  run(core::Packet{core::RollbackTransaction{}});
  EXPECT_EQ(rows("t"), "");
}

TEST_P(SessionContract, BeginCommitsTheTransactionBeforeIt) {
  run("CREATE TABLE t (id INT)");
  run({statement("BEGIN"), statement("INSERT INTO t VALUES (1)"), statement("START TRANSACTION"),
       statement("ROLLBACK")});
  EXPECT_EQ(rows("t"), "1");
}

TEST_P(SessionContract, TableLocksShutOtherTablesOut) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  session_->history().prepare();
  run("LOCK TABLES t WRITE");
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 0U);
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 1100U);
  EXPECT_EQ(run({opened("1")}).error(), 1100U);
  EXPECT_EQ(run("UNLOCK TABLES").error(), 0U);
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 0U);
}

TEST_P(SessionContract, WhatIsLockedForReadingCannotBeWritten) {
  run("CREATE TABLE t (id INT)");
  run("LOCK TABLES t READ");
  EXPECT_EQ(run("SELECT id FROM t").error(), 0U);
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 1099U);
  EXPECT_EQ(run("ALTER TABLE t ADD COLUMN n INT").error(), 1099U);
}

TEST_P(SessionContract, EveryJournalWriteGoesUnderTableLocksThatTakeTheHistoryAlong) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  session_->history().prepare();
  const core::StepId id = step("1");
  const Ran ran =
      run({locking("LOCK TABLES t WRITE"), opened("1"), intended("1", 1, {hash_a}),
           done("1", 1, {hash_a}),
           core::JournalWrite(
               core::journal::ValuesKept{.id = id, .first = 1, .next = 2, .variables = {"x", "y"}}),
           core::JournalWrite(core::journal::Withdrawn{.id = id, .first = 2}),
           core::JournalWrite(core::journal::TurnedBack{.id = id, .skipped = {hash_b}}),
           core::JournalWrite(core::journal::Logged{.event = "failed", .step = id}),
           core::JournalWrite(core::journal::Logged{.event = "planned", .plan = core::RunPlan{}}),
           closed("1"), closed("1", core::Direction::down), opened("2"),
           core::JournalWrite(core::journal::StepAbandoned{.id = step("2")}),
           core::JournalWrite(
               core::journal::TextKept{.id = {core::StepKind::repeatable, "a"}, .text = "DO 1"}),
           core::JournalWrite(core::journal::Baselined{.id = step("3")})});
  EXPECT_EQ(ran.error(), 0U) << ran.outcome.failed_item << ran.outcome.error.message;
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 0U);
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 1100U) << "the locks are held";
  run("UNLOCK TABLES");
  EXPECT_EQ(history(), "3  baselined 0/0  #1\n");
}

TEST_P(SessionContract, ATransactionUnderTableLocksLeavesThem) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  session_->history().prepare();
  const core::BeginTransaction begin{core::TableLocks::held};
  const core::CommitTransaction commit{core::TableLocks::held};
  run({locking("LOCK TABLES t WRITE")});
  const Ran ran = run({begin, opened("1"), statement("INSERT INTO t VALUES (1)"), commit,
                       statement("INSERT INTO t VALUES (2)")});
  ASSERT_EQ(ran.results.size(), 5U);
  EXPECT_TRUE(ran.results[2].in_transaction);
  EXPECT_FALSE(ran.results[3].in_transaction);
  EXPECT_FALSE(ran.results[4].in_transaction) << "autocommit is on again";
  run({begin, opened("2"), statement("INSERT INTO t VALUES (3)"), core::RollbackTransaction{},
       commit});
  run({begin, opened("3"), statement("INSERT INTO t VALUES (4)"), begin,
       core::RollbackTransaction{}, commit});
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 1100U) << "the locks are held";
  run("UNLOCK TABLES");
  EXPECT_EQ(rows("t"), "1 2 4");
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n3 step partly_up 0/3 c3 #2\n");
}

TEST_P(SessionContract, ASchemaStatementUnderTableLocksCommitsAndLeavesThem) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  run("CREATE TABLE v (id INT)");
  session_->history().prepare();
  const core::BeginTransaction begin{core::TableLocks::held};
  run({locking("LOCK TABLES t WRITE, v WRITE")});
  const Ran ran =
      run({begin, opened("1"), statement("ALTER TABLE t ADD COLUMN n INT"),
           core::RollbackTransaction{}, core::CommitTransaction{core::TableLocks::held}});
  ASSERT_EQ(ran.error(), 0U);
  EXPECT_FALSE(ran.results.at(2).in_transaction);
  EXPECT_EQ(run({begin, opened("2"), statement("ALTER TABLE t ADD COLUMN n INT")}).error(), 1060U);
  run({core::RollbackTransaction{}, core::CommitTransaction{core::TableLocks::held}});
  EXPECT_EQ(run("DROP TABLE u").error(), 1100U);
  EXPECT_EQ(run("CREATE TABLE w (id INT)").error(), 1100U);
  EXPECT_EQ(run("DROP TABLE v").error(), 0U);
  EXPECT_EQ(run("TRUNCATE TABLE t").error(), 0U);
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 1100U) << "the locks are held";
  run("UNLOCK TABLES");
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n2 step partly_up 0/3 c2 #2\n");
}

TEST_P(SessionContract, TableLocksEndWithTheLastOfTheTables) {
  for (const bool with_history : {false, true}) {
    run("CREATE TABLE t (id INT)");
    session_->history().prepare();
    run({with_history ? locking("LOCK TABLES t WRITE") : statement("LOCK TABLES t WRITE")});
    run("DROP TABLE t");
    EXPECT_EQ(run("CREATE TABLE t (id INT)").error(), with_history ? 1100U : 0U);
    run({core::BeginTransaction{}, core::CommitTransaction{}});
    EXPECT_EQ(run("CREATE TABLE IF NOT EXISTS t (id INT)").error(), 0U);
    run("DROP TABLE t");
  }
}

TEST_P(SessionContract, UnderTableLocksASessionLooksOnlyAtWhatItHasLocked) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  const auto before = fingerprint(table("t"));
  run("LOCK TABLES t WRITE");
  const auto looked = fingerprints({table("u"), table("t"), table("missing")});
  EXPECT_EQ(looked.at(0), std::nullopt);
  EXPECT_EQ(looked.at(1), before);
  EXPECT_EQ(connect()->schema().definitions({table("missing")}).at(0).value().fingerprint, "");
}

TEST_P(SessionContract, WithoutAutocommitCommitAndUnlockTablesCommit) {
  run("CREATE TABLE t (id INT)");
  run({statement("SET autocommit = 0"), statement("LOCK TABLES t WRITE"),
       statement("INSERT INTO t VALUES (1)"), statement("COMMIT"),
       statement("INSERT INTO t VALUES (2)"), statement("ROLLBACK")});
  const Ran ran = run({statement("INSERT INTO t VALUES (3)"), statement("UNLOCK TABLES"),
                       statement("INSERT INTO t VALUES (4)"), statement("ROLLBACK")});
  ASSERT_EQ(ran.error(), 0U);
  EXPECT_TRUE(ran.results[0].in_transaction);
  EXPECT_FALSE(ran.results[1].in_transaction);
  EXPECT_EQ(rows("t"), "1 3");
  run({statement("INSERT INTO t VALUES (5)"), statement("SET autocommit = 1"),
       statement("ROLLBACK")});
  EXPECT_EQ(rows("t"), "1 3 5");
  run({statement("SET autocommit = 0"), statement("INSERT INTO t VALUES (6)")});
  session_->reset();
  EXPECT_EQ(rows("t"), "1 3 5");
  run({statement("INSERT INTO t VALUES (7)"), statement("ROLLBACK")});
  EXPECT_EQ(rows("t"), "1 3 5 7") << "autocommit is on again";
}

TEST_P(SessionContract, UnderTheGlobalReadLockNothingCanBeWritten) {
  run("CREATE TABLE t (id INT)");
  session_->history().prepare();
  EXPECT_EQ(run("FLUSH TABLES WITH READ LOCK").error(), 0U);
  EXPECT_EQ(run("SELECT id FROM t").error(), 0U);
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 1223U);
  EXPECT_EQ(run("CREATE TABLE u (id INT)").error(), 1223U);
  EXPECT_EQ(run("ALTER TABLE t ADD COLUMN n INT").error(), 1223U);
  EXPECT_EQ(run("DROP TABLE t").error(), 1223U);
  EXPECT_EQ(run({opened("1")}).error(), 1223U);
  EXPECT_EQ(run("BEGIN").error(), 0U);
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 1223U) << "BEGIN does not end it";
  EXPECT_EQ(run("UNLOCK TABLES").error(), 0U);
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 0U);
}

TEST_P(SessionContract, LockTablesCommitsAndBeginUnlocks) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
       statement("LOCK TABLES t WRITE"), core::RollbackTransaction{}, core::BeginTransaction{}});
  EXPECT_EQ(rows("t"), "1");
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 0U);
}

// The session's state

TEST_P(SessionContract, ResultsSayWhetherTheSessionChanged) {
  run("CREATE TABLE t (id INT)");
  EXPECT_TRUE(result_of("SET @x = 1").session_changed);
  EXPECT_TRUE(result_of("CREATE TEMPORARY TABLE tt (id INT)").session_changed);
  EXPECT_TRUE(result_of("USE mysql").session_changed);
  session_->reset();
  EXPECT_FALSE(result_of("INSERT INTO t VALUES (1)").session_changed);
  EXPECT_FALSE(result_of("UPDATE t SET id = id + 1").session_changed);
  EXPECT_FALSE(result_of("CREATE TABLE u (id INT)").session_changed);
  // MySQL tells that it ends a transaction by the same flag.
  const Ran ran = run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
                       statement("CREATE TABLE v (id INT)")});
  for (const core::ItemResult& result : ran.results) EXPECT_FALSE(result.session_changed);
}

TEST_P(SessionContract, ResetForgetsVariables) {
  run("CREATE TABLE t (id INT)");
  run({statement("SET @x = 5"), statement("INSERT INTO t VALUES (@x)")});
  session_->reset();
  run("INSERT INTO t VALUES (@x)");
  EXPECT_EQ(rows("t"), "5 NULL");
}

TEST_P(SessionContract, ResetDropsTemporaryTables) {
  run("CREATE TEMPORARY TABLE t (id INT)");
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 0U);
  session_->reset();
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 1146U);
}

TEST_P(SessionContract, AUserVariableCanBeRead) {
  EXPECT_EQ(session_->user_variable("x"), std::nullopt);
  run("SET @x = 'it''s; a text'");
  EXPECT_EQ(session_->user_variable("x"), "it's; a text");
  run("SET @x = 5");
  EXPECT_EQ(session_->user_variable("x"), "5");
  EXPECT_EQ(connect()->user_variable("x"), std::nullopt) << "it is the session's own";
  session_->reset();
  EXPECT_EQ(session_->user_variable("x"), std::nullopt);
}

TEST_P(SessionContract, WhatTheSessionHeldIsKeptAndComesBack) {
  session_->history().prepare();
  run("CREATE TABLE t (id INT)");
  run({statement("SET @x = 5"), opened("1"), intended("1", 1, {hash_a}),
       core::JournalWrite(core::journal::ValuesKept{
           .id = step("1"), .first = 1, .next = 2, .variables = {"none", "x"}}),
       statement("SET @x = 6"), done("1", 1, {hash_a})});
  const core::SessionValues kept = connect()->history().load().journal.at(0).session;
  EXPECT_EQ(kept.next, 2U);
  EXPECT_EQ(kept.variables.size(), 2U);
  run({statement("SET @none = 7")});
  session_->restore(kept);
  run({statement("INSERT INTO t VALUES (@x), (@none)")});
  EXPECT_EQ(rows("t"), "5 NULL");
  run({intended("1", 1, {hash_b})});
  EXPECT_EQ(connect()->history().load().journal.at(0).session, kept) << "it says nothing of them";
}

TEST_P(SessionContract, PreparedStatements) {
  run("SET @text = 'CREATE TABLE t (id INT)'");
  EXPECT_TRUE(result_of("PREPARE p FROM @text").session_changed);
  run("SET @text = 'no SQL at all'");
  EXPECT_FALSE(has_table("t"));
  EXPECT_EQ(run("EXECUTE p").error(), 0U) << "what was prepared";
  EXPECT_TRUE(has_table("t"));
  EXPECT_EQ(run("EXECUTE p").error(), 1050U);
  EXPECT_EQ(run("PREPARE p FROM 'INSERT INTO t VALUES (1)'").error(), 0U);
  EXPECT_EQ(run("EXECUTE p").error(), 0U);
  EXPECT_EQ(rows("t"), "1");
  EXPECT_EQ(run("PREPARE p FROM @text").error(), 1064U);
  EXPECT_EQ(run("EXECUTE p").error(), 1243U) << "a failed PREPARE leaves none of that name";
  EXPECT_EQ(run("PREPARE p FROM @missing").error(), 1064U);
  EXPECT_EQ(run("PREPARE p FROM 'INSERT INTO missing VALUES (1)'").error(), 1146U);
  run("PREPARE p FROM 'INSERT INTO t VALUES (2)'");
  EXPECT_EQ(run("DEALLOCATE PREPARE p").error(), 0U);
  EXPECT_EQ(run("DEALLOCATE PREPARE p").error(), 1243U);
  run("PREPARE p FROM 'INSERT INTO t VALUES (3)'");
  session_->reset();
  EXPECT_EQ(run("EXECUTE p").error(), 1243U);
  EXPECT_EQ(rows("t"), "1");
}

TEST_P(SessionContract, ExecuteCommitsWhereItsStatementDoes) {
  run("CREATE TABLE t (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)"),
       statement("PREPARE p FROM 'CREATE TABLE u (id INT)'"), core::RollbackTransaction{}});
  EXPECT_EQ(rows("t"), "") << "PREPARE alone does not";
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (2)"), statement("EXECUTE p"),
       core::RollbackTransaction{}});
  EXPECT_EQ(rows("t"), "2");
}

TEST_P(SessionContract, ResetGoesBackToTheOwnSchema) {
  run("CREATE TABLE t (id INT)");
  run("USE mysql");
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 1146U);
  session_->reset();
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 0U);
}

TEST_P(SessionContract, ResetRollsBackAndUnlocksTables) {
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)")});
  session_->reset();
  EXPECT_EQ(rows("t"), "");
  run("LOCK TABLES t WRITE");
  session_->reset();
  EXPECT_EQ(run("INSERT INTO u VALUES (1)").error(), 0U);
}

TEST_P(SessionContract, TheSameConnectionAfterAReset) {
  const auto before = session_->info().connection_id;
  session_->reset();
  EXPECT_EQ(session_->info().connection_id, before);
  EXPECT_NE(connect()->info().connection_id, before);
}

// Named locks

TEST_P(SessionContract, ALockExcludesOtherSessions) {
  const auto other = connect();
  EXPECT_TRUE(session_->lock("contract", std::chrono::seconds(0)));
  EXPECT_TRUE(session_->lock("contract", std::chrono::seconds(0))) << "again by its holder";
  EXPECT_FALSE(other->lock("contract", std::chrono::seconds(0)));
  EXPECT_TRUE(other->lock("contract 2", std::chrono::seconds(0)));
  const auto holder = other->lock_holder({"nobody's", "contract"});
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->connection_id, session_->info().connection_id);
  EXPECT_EQ(holder->user, "root");
  EXPECT_FALSE(other->lock_holder({"nobody's"}));
}

TEST_P(SessionContract, AResetReleasesLocks) {
  const auto other = connect();
  session_->lock("contract", std::chrono::seconds(0));
  session_->reset();
  EXPECT_TRUE(other->lock("contract", std::chrono::seconds(0)));
  EXPECT_FALSE(session_->lock("contract", std::chrono::seconds(0)));
}

TEST_P(SessionContract, AClosedConnectionReleasesLocks) {
  const auto other = connect();
  session_->lock("contract", std::chrono::seconds(0));
  session_.reset();
  EXPECT_TRUE(other->lock("contract", std::chrono::seconds(10)));
}

TEST_P(SessionContract, ALockOutlivesTransactions) {
  const auto other = connect();
  session_->lock("contract", std::chrono::seconds(0));
  run({core::BeginTransaction{}, statement("CREATE TABLE t (id INT)"), core::CommitTransaction{}});
  EXPECT_FALSE(other->lock("contract", std::chrono::seconds(0)));
}

TEST_P(SessionContract, AnotherSessionCancelsAStatement) {
  run("CREATE TABLE t (id INT)");
  run("INSERT INTO t VALUES (1)");
  const auto canceller = connect();
  const std::uint64_t id = session_->info().connection_id;
  Ran ran;
  std::thread running([&] { ran = run("SELECT SLEEP(60) FROM t"); });
  world_->wait_until_running(id);
  canceller->kill_query(id);
  running.join();
  EXPECT_EQ(ran.outcome.end, End::failed);
  EXPECT_EQ(ran.error(), 1317U);
  EXPECT_EQ(run("INSERT INTO t VALUES (2)").error(), 0U) << "the connection stays";
}

TEST_P(SessionContract, CancellingAnIdleConnectionDoesNothing) {
  run("CREATE TABLE t (id INT)");
  connect()->kill_query(session_->info().connection_id);
  EXPECT_EQ(run("INSERT INTO t VALUES (1)").error(), 0U);
}

TEST_P(SessionContract, AnotherSessionSeesWhatAConnectionIsDoing) {
  run("CREATE TABLE t (id INT)");
  run("INSERT INTO t VALUES (1)");
  const auto other = connect();
  const std::uint64_t id = session_->info().connection_id;
  auto activity = other->activity(id);
  ASSERT_TRUE(activity);
  EXPECT_EQ(activity->connection_id, id);
  EXPECT_TRUE(activity->idle);
  EXPECT_EQ(activity->statement, "");
  std::thread running(
      [&] { run({core::Statement{.text = "SELECT SLEEP(60) FROM t", .mark = "up 7"}}); });
  world_->wait_until_running(id);
  activity = other->activity(id);
  EXPECT_TRUE(activity && !activity->idle);
  EXPECT_TRUE(activity && activity->statement == "/* migrate run-1 up 7 */ SELECT SLEEP(60) FROM t")
      << (activity ? activity->statement : "gone");
  other->kill_query(id);
  running.join();
  EXPECT_FALSE(other->activity(id + 1000000));
}

TEST_P(SessionContract, AKilledConnectionIsLostAndLeavesNothing) {
  run("CREATE TABLE t (id INT)");
  const auto other = connect();
  const std::uint64_t id = session_->info().connection_id;
  session_->lock("contract", std::chrono::seconds(0));
  run({core::BeginTransaction{}, statement("INSERT INTO t VALUES (1)")});
  other->kill_connection(id);
  EXPECT_TRUE(other->lock("contract", std::chrono::seconds(10)));
  EXPECT_EQ(run("INSERT INTO t VALUES (2)").outcome.end, End::lost);
  EXPECT_EQ(run("INSERT INTO t VALUES (3)").outcome.end, End::lost);
  EXPECT_THROW(session_->reset(), std::exception);
  EXPECT_THROW(session_->lock("contract 2", std::chrono::seconds(0)), std::exception);
  EXPECT_THROW(session_->history().load(), std::exception);
  EXPECT_THROW(session_->schema().definitions({table("t")}), std::exception);
  EXPECT_EQ(rows("t"), "");
  EXPECT_FALSE(other->activity(id));
  other->kill_connection(id);  // which is gone already
}

TEST_P(SessionContract, AStatementEndsWithItsConnection) {
  run("CREATE TABLE t (id INT)");
  run("INSERT INTO t VALUES (1)");
  const auto killer = connect();
  const std::uint64_t id = session_->info().connection_id;
  Ran ran;
  std::thread running([&] {
    ran = run({statement("SELECT SLEEP(60) FROM t"), statement("INSERT INTO t VALUES (2)")});
  });
  world_->wait_until_running(id);
  killer->kill_connection(id);
  running.join();
  EXPECT_EQ(ran.outcome.end, End::lost);
  EXPECT_EQ(ran.outcome.failed_item, 0U);
  EXPECT_EQ(rows("t"), "1");
}

// The history

TEST_P(SessionContract, AnAbsentHistoryIsEmptyAndReadingItWritesNothing) {
  EXPECT_TRUE(session_->history().load().empty());
  EXPECT_TRUE(session_->history().log(0).empty());
  EXPECT_TRUE(world_->tables().empty());
  EXPECT_TRUE(session_->schema().objects().empty());
}

TEST_P(SessionContract, WithoutPrepareNothingCanBeWritten) {
  EXPECT_EQ(run({opened("1")}).error(), 1146U);
}

TEST_P(SessionContract, PrepareTwiceIsAsGoodAsOnce) {
  session_->history().prepare();
  run({opened("1")});
  session_->history().prepare();
  connect()->history().prepare();
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n");
}

TEST_P(SessionContract, JournalWritesAreSeenAfterTheCommit) {
  session_->history().prepare();
  run({core::BeginTransaction{}, opened("1"), intended("1", 1, {hash_a})});
  EXPECT_EQ(history(), "");
  run(core::Packet{core::CommitTransaction{}});
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n1.1 up intended " + hash_a + "\n");
}

TEST_P(SessionContract, JournalWritesAreGoneAfterARollback) {
  session_->history().prepare();
  run({core::BeginTransaction{}, opened("1"), core::RollbackTransaction{}});
  EXPECT_EQ(history(), "");
  run({core::BeginTransaction{}, opened("1")});
  session_->reset();
  EXPECT_EQ(history(), "");
}

TEST_P(SessionContract, TheIntentIsDurableWhenItsSchemaStatementFails) {
  session_->history().prepare();
  const Ran ran = run({core::BeginTransaction{}, opened("1"), intended("1", 1, {hash_a}),
                       statement("DROP TABLE missing")});
  EXPECT_EQ(ran.outcome.failed_item, 3U);
  session_->reset();
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n1.1 up intended " + hash_a + "\n");
}

TEST_P(SessionContract, AStepFromItsBeginningToItsEnd) {
  session_->history().prepare();
  run({opened("1"), intended("1", 1, {hash_a}), done("1", 1, {hash_a}),
       intended("1", 2, {hash_b, hash_c})});
  EXPECT_EQ(history(), "1 step partly_up 1/3 c1 #1\n1.1 up done " + hash_a + "\n1.2 up intended " +
                           hash_b + " " + hash_c + "\n");
  run({done("1", 2, {hash_b, hash_c})});
  EXPECT_EQ(history(), "1 step partly_up 3/3 c1 #1\n1.1 up done " + hash_a + "\n1.2 up done " +
                           hash_b + " " + hash_c + "\n");
  run({closed("1")});
  EXPECT_EQ(history(), "1 step applied 3/3 c1 #1\n");
  run({opened_down("1"), closed("1", core::Direction::down)});
  EXPECT_EQ(history(), "");
  const auto log = connect()->history().log(0);
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].event, "applied");
  EXPECT_EQ(log[0].number, 1U);
  EXPECT_EQ(log[0].step, step("1"));
  EXPECT_EQ(log[0].step_name, "step");
  EXPECT_EQ(log[0].connection_id, session_->info().connection_id);
  EXPECT_EQ(log[0].run_id, "run-1");
  EXPECT_EQ(log[0].client, "tester@here");
  EXPECT_EQ(log[1].event, "undone");
}

TEST_P(SessionContract, MeasurementsComeBackNewestFirst) {
  EXPECT_TRUE(connect()->history().measurements().empty());
  session_->history().prepare();
  for (const char* message : {"17000000 bytes of a", "18000000 bytes of b", "nonsense"}) {
    EXPECT_EQ(
        run(core::Packet{
                core::BeginTransaction{},
                core::JournalWrite(core::journal::Logged{
                    .event = core::estimate::measured_event, .duration_us = 5, .message = message}),
                core::CommitTransaction{}})
            .error(),
        0U);
  }
  const auto read = connect()->history().measurements();
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].table, "b");
  EXPECT_EQ(read[0].bytes, 18'000'000U);
  EXPECT_EQ(read[0].duration_us, 5U);
  EXPECT_FALSE(read[0].at.empty());
  EXPECT_EQ(read[1].table, "a");
}

TEST_P(SessionContract, SizesAreThoseOfTheTablesThatAreThere) {
  session_->run({statement("CREATE TABLE a (id INT)")}, [](const core::ItemResult&) {});
  const auto sizes = session_->schema().sizes(
      {{.name = "gone"}, {.name = "a"}, {.schema = "no_such_schema", .name = "a"}});
  ASSERT_EQ(sizes.size(), 1U);
  EXPECT_EQ(sizes[0].table, core::ObjectName{.name = "a"});
  EXPECT_GT(sizes[0].bytes(), 0U);
  EXPECT_EQ(sizes[0].rows, 0U);
  EXPECT_TRUE(session_->schema().sizes({}).empty());
}

TEST_P(SessionContract, AttestationsOfAStepComeBackNewestFirst) {
  const auto read = [&](const char* key) {
    return connect()->history().attestations({{core::StepKind::versioned, key}});
  };
  EXPECT_TRUE(read("1").empty());
  session_->history().prepare();
  core::rehearsal::Attestation first{.id = {core::StepKind::versioned, "1"},
                                     .name = "one \"quoted\" \\ \xc3\xa9",
                                     .up = {.hex = "ab"},
                                     .family = core::ServerFamily::mariadb,
                                     .version = "10.11.6-MariaDB",
                                     .origin = "the schema of \"x\"\n\xc3\xa9",
                                     .proven = {"up", "up again"}};
  core::rehearsal::Attestation second = first;
  second.down = core::Checksum{.hex = "cd"};
  second.rows = "5 made-up rows a table";
  for (const auto& attestation : {first, second}) {
    EXPECT_EQ(run(core::Packet{core::BeginTransaction{},
                               core::JournalWrite(core::journal::Attested{attestation}),
                               core::CommitTransaction{}})
                  .error(),
              0U);
  }
  const auto found = read("1");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].down, second.down);
  EXPECT_EQ(found[0].rows, second.rows);
  EXPECT_EQ(found[1].down, std::nullopt);
  EXPECT_EQ(found[1].id, first.id);
  EXPECT_EQ(found[1].name, first.name);
  EXPECT_EQ(found[1].up, first.up);
  EXPECT_EQ(found[1].family, first.family);
  EXPECT_EQ(found[1].version, first.version);
  EXPECT_EQ(found[1].origin, first.origin);
  EXPECT_EQ(found[1].proven, first.proven);
  EXPECT_FALSE(found[1].at.empty());
  EXPECT_FALSE(found[1].by.empty());
  EXPECT_FALSE(found[1].tool_version.empty());
  EXPECT_TRUE(read("2").empty());

  core::rehearsal::Attestation other = first;
  other.id = {core::StepKind::repeatable, "1"};
  run(core::Packet{core::BeginTransaction{}, core::JournalWrite(core::journal::Attested{other}),
                   core::CommitTransaction{}});
  const auto of_both = connect()->history().attestations({other.id, first.id});
  ASSERT_EQ(of_both.size(), 3U);
  EXPECT_EQ(of_both[0].id, other.id);
  EXPECT_EQ(of_both[2].id, first.id);
  EXPECT_EQ(read("1").size(), 2U);
}

TEST_P(SessionContract, TheTextOfADdlFileCountsOnceItsStepIsClosed) {
  const core::StepId id{core::StepKind::repeatable, "büro"};
  const auto keep = [&](const std::string& checksum, const std::string& text) {
    run({core::JournalWrite(core::journal::TextKept{id, {.hex = checksum}, text}),
         core::JournalWrite(
             core::journal::StepOpened{.id = id, .name = "büro", .checksum = {.hex = checksum}})});
  };
  const auto close = [&] {
    run({core::JournalWrite(core::journal::StepClosed{.id = id, .duration_us = 7})});
  };
  const auto texts = [&] {
    std::string all;
    for (const core::AppliedText& text : connect()->history().applied_texts())
      all += text.id.key + " " + text.checksum.hex + " " + text.text + ";";
    return all;
  };
  EXPECT_EQ(texts(), "") << "there is no history";
  session_->history().prepare();
  const std::string gbk = "SET NAMES gbk; -- '\\ \xd6\xd0\r\n\n";  // in no way UTF-8
  keep("c1", gbk);
  EXPECT_EQ(texts(), "") << "it did not run yet";
  close();
  EXPECT_EQ(texts(), "büro c1 " + gbk + ";");
  keep("c2", "DO 2");
  keep("c2", "DO 2");
  EXPECT_EQ(texts(), "");
  close();
  EXPECT_EQ(texts(), "büro c2 DO 2;");
  run({core::JournalWrite(core::journal::StepOpened{.id = id, .checksum = {.hex = "c3"}})});
  close();
  EXPECT_EQ(texts(), "") << "that text was not kept";
}

TEST_P(SessionContract, WhatALookAtTheSchemaFoundIsRemembered) {
  using core::ObjectKind;
  const auto seen = [&] { return connect()->history().load().schema_seen; };
  EXPECT_EQ(seen().at, "");
  session_->history().prepare();
  run({core::JournalWrite(core::journal::DriftSeen{{{ObjectKind::table, "", "a"},
                                                    {ObjectKind::procedure, "", "p"},
                                                    {ObjectKind::package, "", "k"},
                                                    {ObjectKind::package, "", "k"}}})});
  EXPECT_EQ(seen().drifted.size(), 3U);
  EXPECT_EQ(seen().at.size(), std::string_view("2026-01-02 03:04:05.000000").size());
  EXPECT_EQ(seen().drifted_at, seen().at);
  EXPECT_TRUE(connect()->history().kept_schema().empty()) << "it is no object";
  run({core::JournalWrite(core::journal::SchemaForgotten{
      .objects = {{{ObjectKind::table, "", "a"}, {ObjectKind::package, "", "k"}}}})});
  EXPECT_EQ(seen().drifted, std::vector<std::string>{"procedure p"}) << "a run looks at the others";
  run({core::JournalWrite(core::journal::DriftSeen{})});
  EXPECT_TRUE(seen().drifted.empty());
  EXPECT_NE(seen().at, "");
  run({core::JournalWrite(core::journal::DriftSeen{{{ObjectKind::table, "", "a"}}}),
       core::JournalWrite(core::journal::SchemaForgotten{})});
  EXPECT_TRUE(seen().drifted.empty());
}

TEST_P(SessionContract, WhatAnOpenRunMayChangeIsRemembered) {
  using core::ObjectKind;
  const auto open = [&] { return connect()->history().load().left_schema_open; };
  session_->history().prepare();
  EXPECT_TRUE(open().empty());
  const core::ObjectName odd{ObjectKind::procedure, "other", "Büro \"'\\\n日本"};
  const core::journal::SchemaOpened some{.objects = {{odd, {ObjectKind::table, "", "a"}}}};
  run({core::JournalWrite(some)});
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(open().front().objects, some.objects);
  EXPECT_TRUE(open().front().standing.empty());
  run({core::JournalWrite(some)});
  ASSERT_EQ(open().size(), 1U);
  EXPECT_FALSE(open().front().objects) << "opened twice";
  run({core::JournalWrite(core::journal::SchemaClosed{})});
  EXPECT_TRUE(open().empty());
  const core::journal::SchemaOpened any{
      .standing = {{odd, "0f"}, {{ObjectKind::table, "", "gone"}, ""}}};
  run({core::JournalWrite(any)});
  ASSERT_EQ(open().size(), 1U);
  EXPECT_FALSE(open().front().objects);
  EXPECT_EQ(open().front().standing, any.standing);
}

TEST_P(SessionContract, AllButSomeObjectsIsForgotten) {
  using core::ObjectKind;
  using core::schema::KeptKind;
  session_->history().prepare();
  const auto object = [](KeptKind kind, const std::string& name) {
    return core::schema::KeptObject{
        .kind = kind, .name = name, .definition = "text", .fingerprint = "f"};
  };
  run({core::JournalWrite(core::journal::SchemaKept{
           {object(KeptKind::schema, ""), object(KeptKind::table, "a"),
            object(KeptKind::table, "b"), object(KeptKind::procedure, "a")}}),
       core::JournalWrite(core::journal::DriftSeen{
           {{ObjectKind::table, "", "a"}, {ObjectKind::procedure, "", "a"}}}),
       core::JournalWrite(core::journal::SchemaForgotten{
           .except = {{ObjectKind::procedure, "", "a"}, {ObjectKind::schema, "", "any"}}})});
  std::set<KeptKind> kept;
  for (const core::schema::KeptObject& one : connect()->history().kept_schema())
    kept.insert(one.kind);
  EXPECT_EQ(kept, (std::set<KeptKind>{KeptKind::schema, KeptKind::procedure}));
  EXPECT_EQ(connect()->history().load().schema_seen.drifted,
            std::vector<std::string>{"procedure a"});
}

TEST_P(SessionContract, TheNewestRunIsUnfinishedUntilTheLogSaysHowItEnded) {
  const auto unfinished = [&] { return connect()->history().unfinished_run(); };
  EXPECT_FALSE(unfinished()) << "there is no history";
  session_->history().prepare();
  EXPECT_FALSE(unfinished()) << "there is no run";
  const core::RunPlan plan{.asked = 2,
                           .steps = {{step("2"), "Büro \"'\\\n日本", core::Direction::down},
                                     {step("1"), "step", core::Direction::up}}};
  const core::JournalWrite finished = core::journal::Logged{.event = "run finished"};
  run({opened("1"), core::journal::Logged{.event = "run started", .plan = plan}});
  auto found = unfinished();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->plan, plan);
  EXPECT_EQ(found->done, 0U);
  EXPECT_EQ(found->at.size(), std::string_view("2026-01-02 03:04:05.000000").size());
  run({core::journal::Logged{.event = "settled"}, opened_down("1"),
       closed("1", core::Direction::down)});
  ASSERT_TRUE(unfinished());
  EXPECT_EQ(unfinished()->done, 1U);
  run({finished});
  EXPECT_FALSE(unfinished());
  run({core::journal::Logged{.event = "run started", .plan = plan}});
  ASSERT_TRUE(unfinished());
  EXPECT_EQ(unfinished()->done, 0U) << "what an older run did is not its own";
  run({core::journal::Logged{.event = "run started"}});
  EXPECT_FALSE(unfinished()) << "it has no plan to go on with";
}

TEST_P(SessionContract, EveryJournalWriteMayBeRepeated) {
  session_->history().prepare();
  for (int i = 0; i < 2; ++i) {
    run({opened("1"), intended("1", 1, {hash_a}), intended("1", 1, {hash_b})});
  }
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n1.1 up intended " + hash_b + "\n");
  for (int i = 0; i < 2; ++i) run({done("1", 1, {hash_b})});
  EXPECT_EQ(history(), "1 step partly_up 1/3 c1 #1\n1.1 up done " + hash_b + "\n");
  const core::JournalWrite withdrawn = core::journal::Withdrawn{.id = step("1"), .first = 1};
  run({withdrawn});
  EXPECT_EQ(history(), "1 step partly_up 1/3 c1 #1\n1.1 up done " + hash_b + "\n")
      << "what is done can't be withdrawn";
}

TEST_P(SessionContract, AnIntentKeepsItsWitnesses) {
  session_->history().prepare();
  const core::Witness altered{
      .evidence = core::Evidence::objects,
      .lenient = true,
      .objects = {{{{core::ObjectKind::table, "Büro", "it's \"\\ größe `日本`\n"},
                    core::Change::renamed_here},
                   ""},
                  {{{core::ObjectKind::account, "", "a@%"}, core::Change::dropped}, hash_a}}};
  const core::Witness unknown{.evidence = core::Evidence::binary_log};
  const core::journal::Intended intent{.id = step("1"),
                                       .first = 4,
                                       .hashes = {hash_a, hash_b},
                                       .witnesses = {altered, unknown},
                                       .log_position = {"binlog.000007", 4294967296}};
  run({opened("1"), core::JournalWrite(intent)});
  const auto row = connect()->history().load().journal.at(0);
  EXPECT_EQ(row.witnesses, (std::vector{altered, unknown}));
  EXPECT_EQ(row.log_position.file, "binlog.000007");
  EXPECT_EQ(row.log_position.offset, 4294967296U);
  run({intended("1", 4, {hash_c})});
  EXPECT_TRUE(connect()->history().load().journal.at(0).witnesses.empty()) << "of the new intent";
  EXPECT_EQ(connect()->history().load().journal.at(0).log_position.file, "");
}

TEST_P(SessionContract, AnIntentCanBeWithdrawnAndAStepAbandoned) {
  session_->history().prepare();
  run({opened("1"), intended("1", 1, {hash_a}),
       core::JournalWrite(core::journal::Withdrawn{.id = step("1"), .first = 1})});
  EXPECT_EQ(history(), "1 step partly_up 0/3 c1 #1\n");
  run({intended("1", 1, {hash_a}),
       core::JournalWrite(core::journal::StepAbandoned{.id = step("1")})});
  EXPECT_EQ(history(), "");
}

TEST_P(SessionContract, AnAbandonedDdlFileIsWhatItWasAppliedAs) {
  const core::StepId id{core::StepKind::repeatable, "a"};
  const auto open = [&](const std::string& checksum, const std::string& text) {
    run({core::JournalWrite(core::journal::TextKept{id, {"rule", checksum}, text}),
         core::JournalWrite(core::journal::StepOpened{
             .id = id, .name = "a", .checksum = {"rule", checksum}, .total = 2})});
  };
  const auto close = [&] {
    run({core::JournalWrite(core::journal::StepClosed{.id = id, .duration_us = 7})});
  };
  const auto abandon = [&] { run({core::JournalWrite(core::journal::StepAbandoned{.id = id})}); };
  const auto ledger = [&] {
    std::string all;
    for (const core::LedgerRow& row : connect()->history().load().ledger) {
      EXPECT_EQ(row.state, core::LedgerState::applied);
      all += row.name + " " + row.checksum.rule + " " + row.checksum.hex + ";";
    }
    for (const core::AppliedText& text : connect()->history().applied_texts())
      all += " " + text.checksum.hex + " " + text.text + ";";
    return all;
  };
  session_->history().prepare();
  open("c1", "DO 1");
  abandon();
  EXPECT_EQ(ledger(), "") << "it was not applied before";
  open("c1", "DO 1");
  close();
  open("c2", "DO 2");
  close();
  const std::string before = ledger();
  const std::string changed_at = connect()->history().load().ledger.at(0).changed_at;
  EXPECT_EQ(before, "a rule c2; c2 DO 2;");
  open("c3", "DO 3");
  abandon();
  EXPECT_EQ(ledger(), before);
  EXPECT_LE(connect()->history().load().ledger.at(0).changed_at, changed_at);
  abandon();
  EXPECT_EQ(ledger(), before) << "it is not open";
  open("c3", "DO 3");
  open("c4", "DO 4");
  abandon();
  EXPECT_EQ(ledger(), before) << "it went on with another text, and failed";
}

TEST_P(SessionContract, AnAbandonedDownLeavesTheStepApplied) {
  session_->history().prepare();
  const auto down = core::Direction::down;
  run({opened("1"), closed("1"), opened_down("1")});
  EXPECT_EQ(history(), "1 step partly_down 0/3 c1 #1\n");
  run({core::JournalWrite(core::journal::StepAbandoned{.id = step("1"), .direction = down})});
  EXPECT_EQ(history(), "1 step applied 3/3 c1 #1\n");
}

TEST_P(SessionContract, StepsStayInTheOrderTheyWereOpenedIn) {
  session_->history().prepare();
  run({opened("2"), closed("2"), opened("1"), closed("1"),
       core::JournalWrite(core::journal::Baselined{
           .id = step("3"), .name = "step", .checksum = {.hex = "c3"}, .total = 3}),
       opened("2"), closed("2")});
  EXPECT_EQ(history(),
            "2 step applied 3/3 c2 #1\n1 step applied 3/3 c1 #2\n3 step baselined 3/3 c3 #3\n");
}

TEST_P(SessionContract, ManyStepsAtOnceAreAsIfOneByOne) {
  session_->history().prepare();
  const auto short_one = [](const std::string& key, std::uint64_t duration_us) {
    return core::JournalWrite(
        core::journal::StepClosed{.id = step(key), .duration_us = duration_us});
  };
  const Ran ran = run({core::BeginTransaction{}, opened("20"), opened("10"), opened("30"),
                       intended("20", 1, {hash_b, hash_c}), intended("10", 1, {hash_a}),
                       intended("30", 1, {hash_a}), core::CommitTransaction{}});
  EXPECT_EQ(ran.error(), 0U) << ran.outcome.error.message;
  EXPECT_EQ(history(),
            "20 step partly_up 0/3 c20 #1\n10 step partly_up 0/3 c10 #2\n30 step partly_up 0/3 c30 "
            "#3\n20.1 up intended " +
                hash_b + " " + hash_c + "\n10.1 up intended " + hash_a + "\n30.1 up intended " +
                hash_a + "\n");
  run({intended("20", 1, {hash_b}), intended("30", 1, {hash_c})});
  run({core::BeginTransaction{}, short_one("20", 20), short_one("10", 100), opened("40"),
       intended("40", 1, {hash_a}), core::CommitTransaction{}});
  EXPECT_EQ(history(),
            "20 step applied 3/3 c20 #1\n10 step applied 3/3 c10 #2\n30 step partly_up 0/3 c30 "
            "#3\n40 step partly_up 0/3 c40 #4\n30.1 up intended " +
                hash_c + "\n40.1 up intended " + hash_a + "\n");
  const auto log = connect()->history().log(0);
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].step, step("20"));
  EXPECT_EQ(log[0].duration_us, 20U);
  EXPECT_EQ(log[1].step, step("10"));
  EXPECT_EQ(log[1].duration_us, 100U);
  for (const core::LedgerRow& row : connect()->history().load().ledger) {
    if (row.id == step("10")) {
      EXPECT_EQ(row.duration_us, 100U);
    }
  }
}

TEST_P(SessionContract, ThatAStepEndedIsLoggedOnce) {
  session_->history().prepare();
  run({opened("1"), intended("1", 1, {hash_a}), closed("1")});
  run({closed("1")});
  run({opened_down("1"), closed("1", core::Direction::down)});
  run({closed("1", core::Direction::down)});
  EXPECT_EQ(connect()->history().log(0).size(), 2U);
}

TEST_P(SessionContract, TheEndOfAStepCanBeRecordedForTheRunThatDidIt) {
  session_->history().prepare();
  run({opened("1"),
       core::JournalWrite(core::journal::StepClosed{.id = step("1"), .run_id = "run-0"})});
  EXPECT_EQ(connect()->history().log(0).at(0).run_id, "run-0");
  EXPECT_EQ(history(), "1 step applied 3/3 c1 #1\n");
}

TEST_P(SessionContract, TheLogGivesItsNewestRows) {
  session_->history().prepare();
  for (const char* event : {"one", "two", "three"}) {
    run({core::JournalWrite(core::journal::Logged{.event = event, .message = "it's; \"so\""})});
  }
  const auto log = session_->history().log(2);
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].event, "two");
  EXPECT_EQ(log[1].event, "three");
  EXPECT_EQ(log[1].message, "it's; \"so\"");
  EXPECT_FALSE(log[1].step);
  EXPECT_EQ(session_->history().log(0).size(), 3U);
}

TEST_P(SessionContract, TheHolderOfALockIsSinceItsNewestLogRow) {
  session_->history().prepare();
  run({core::JournalWrite(core::journal::Logged{.event = "run started"})});
  session_->lock("contract", std::chrono::seconds(0));
  const auto holder = connect()->lock_holder({"contract"});
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->since, session_->history().log(1).at(0).at);
}

// The schema

TEST_P(SessionContract, DroppingEveryObjectLeavesNothing) {
  run("CREATE TABLE a (id INT)");
  session_->history().prepare();
  run({opened("1")});
  const auto objects = session_->schema().objects();
  EXPECT_EQ(objects.at(0).name, "migrate_ledger");
  EXPECT_EQ(objects.size(), 7U) << "the table and the six of the history";
  for (const core::ObjectName& object : objects) session_->schema().drop(object);
  EXPECT_TRUE(world_->tables().empty());
  EXPECT_TRUE(connect()->history().load().empty());
}

TEST_P(SessionContract, ATableOfAnotherShapeIsTold) {
  const std::string declared = "CREATE TABLE IF NOT EXISTS t (id INT)";
  EXPECT_FALSE(session_->schema().difference(declared)) << "it is not there";
  run(declared);
  EXPECT_FALSE(session_->schema().difference(declared));
  run("ALTER TABLE t ADD COLUMN c INT");
  const auto difference = session_->schema().difference(declared);
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->table, "t");
  EXPECT_NE(difference->declared, difference->found);
  EXPECT_FALSE(session_->schema().difference("CREATE TABLE t (id INT)"));
  EXPECT_EQ(world_->tables(), std::vector<std::string>{"t"});
}

TEST_P(SessionContract, AFingerprintChangesWithTheDefinitionAndWithNothingElse) {
  EXPECT_EQ(fingerprint(table("t")), "");
  run("CREATE TABLE t (id INT)");
  const auto created = fingerprint(table("t"));
  ASSERT_TRUE(created);
  EXPECT_NE(*created, "");
  run("INSERT INTO t VALUES (1)");
  run("CREATE TABLE u (id INT)");
  EXPECT_EQ(fingerprint(table("t")), created);
  run("ALTER TABLE t ADD COLUMN c INT");
  EXPECT_NE(fingerprint(table("t")), created);
  run("DROP TABLE t");
  EXPECT_EQ(fingerprint(table("t")), "");
  run("CREATE TABLE t (id INT)");
  EXPECT_EQ(fingerprint(table("t")), created);
}

TEST_P(SessionContract, ManyFingerprintsComeInTheOrderAsked) {
  EXPECT_TRUE(fingerprints({}).empty());
  run("CREATE TABLE t (id INT)");
  run("CREATE TABLE u (id INT)");
  const auto t = fingerprint(table("t"));
  const auto u = fingerprint(table("u"));
  using Fingerprints = std::vector<std::optional<std::string>>;
  EXPECT_NE(t, u);
  EXPECT_EQ(fingerprints({table("u"), table("a"), table("t"), table("b")}),
            (Fingerprints{u, "", t, ""}));
  EXPECT_EQ(fingerprints({table("a"), table("b"), table("t")}), (Fingerprints{"", "", t}));
}

TEST_P(SessionContract, AFingerprintIsOfTheNamedSchemaAndElseOfTheSessionsOwn) {
  run("CREATE TABLE t (id INT)");
  const auto t = fingerprint(table("t"));
  run("USE mysql");
  EXPECT_EQ(fingerprint(table("t")), t);
  core::ObjectName qualified = table("t");
  qualified.schema = session_->info().schema;
  EXPECT_EQ(fingerprint(qualified), t);
  qualified.schema = "nowhere";
  EXPECT_EQ(fingerprint(qualified), "");
}

TEST_P(SessionContract, ATableThatIsAskedForAsAViewIsAnotherThing) {
  run("CREATE TABLE t (id INT)");
  const auto t = fingerprint({.kind = core::ObjectKind::view, .name = "t"});
  EXPECT_TRUE(t && !t->empty());
  EXPECT_EQ(fingerprint({.kind = core::ObjectKind::view, .name = "u"}), "");
  EXPECT_EQ(fingerprint({.kind = core::ObjectKind::procedure, .name = "t"}), "");
  EXPECT_EQ(fingerprint({.kind = core::ObjectKind::schema, .name = "nowhere"}), "");
}

TEST_P(SessionContract, ATableIsComparedWithWhatAStatementWouldMakeOfIt) {
  using Rehearsed = port::Schema::Rehearsed;
  run("CREATE TABLE t (id INT)");
  const core::Rehearsal rehearsal{
      .create_table = session_->schema().definitions({table("t")}).at(0)->create_table,
      .statement = "ALTER TABLE t ADD COLUMN c INT"};
  const auto rehearsed = [&] { return session_->schema().rehearse(table("t"), rehearsal); };
  EXPECT_EQ(rehearsed(), Rehearsed::otherwise);
  run("ALTER TABLE t ADD COLUMN c INT");
  EXPECT_EQ(rehearsed(), Rehearsed::as_found);
  run("ALTER TABLE t ADD COLUMN d INT");
  EXPECT_EQ(rehearsed(), Rehearsed::otherwise);
}

TEST_P(SessionContract, ARehearsalLeavesTheTableAsItIs) {
  run("CREATE TABLE t (id INT)");
  const auto before = session_->schema().definitions({table("t")}).at(0);
  session_->schema().rehearse(table("t"), {.create_table = before->create_table,
                                           .statement = "ALTER TABLE t ADD COLUMN c INT"});
  EXPECT_EQ(fingerprint(table("t")), before->fingerprint);
  run("INSERT INTO t VALUES (1)");
}

TEST_P(SessionContract, AFingerprintIsAlsoReadBehindAStatementThatTravelledAlone) {
  run({alone("CREATE TABLE t (id INT)")});
  EXPECT_EQ(fingerprints({table("a"), table("t")}).at(1), fingerprint(table("t")));
}

}  // namespace migrate::testing
