// The real servers keep the contract of port::Server, and what the fake can't know of it.
#include "support/real_server.h"

#include <chrono>
#include <thread>

#include "adapter/mysql/server.h"
#include "contract/session_contract.h"
#include "core/fault.h"
#include "support/raw_connection.h"

namespace migrate::testing {
namespace {

// For the whole program, before any thread of a test.
const mysql::ClientLibrary& client_library() {
  static const mysql::ClientLibrary library;
  return library;
}

class RealContractServer : public ContractServer {
 public:
  explicit RealContractServer(const std::string& name)
      : schema_((client_library(), RealServer::named(name))),
        raw_(schema_.connection()),
        server_(mysql::open_server(schema_.connection(), {.run_id = "run-1",
                                                          .command = "test",
                                                          .client = "tester@here",
                                                          .tool_version = "test"})) {}

  port::Server& server() override { return *server_; }
  RawConnection& raw() { return raw_; }
  const core::ConnectionOptions& connection() const { return schema_.connection(); }

  std::string rows(const std::string& table) override {
    std::string text;
    for (const Row& row : raw_.query("SELECT * FROM " + table)) {
      if (!text.empty()) text += ' ';
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += ',';
        text += row[i].value_or("NULL");
      }
    }
    return text;
  }

  std::vector<std::string> tables() override {
    std::vector<std::string> names;
    for (const Row& row : raw_.query("SHOW TABLES")) names.push_back(row.at(0).value());
    return names;
  }

  // There is no event to wait for: the server is asked until it says so.
  void wait_until_running(std::uint64_t connection_id) override {
    const std::string running = "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " +
                                std::to_string(connection_id) + " AND state LIKE 'User sleep'";
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (raw_.value(running) == "0" && std::chrono::steady_clock::now() < limit) {
      std::this_thread::yield();
    }
  }

 private:
  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Server> server_;
};

std::vector<ContractParam> real_servers() {
  std::vector<ContractParam> params;
  for (const std::string& name : server_names()) {
    params.push_back({name, [name] { return std::make_unique<RealContractServer>(name); }});
  }
  return params;
}

INSTANTIATE_TEST_SUITE_P(Real, SessionContract, ::testing::ValuesIn(real_servers()),
                         [](const auto& param) { return param.param.name; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SessionContract);

/// What only a real server has.
class RealSession : public ::testing::TestWithParam<std::string> {
 protected:
  RealSession() : world_(GetParam()), session_(world_.server().connect()) {}

  unsigned run(const core::Packet& packet) {
    const auto outcome = session_->run(packet, [](const core::ItemResult&) {});
    return outcome.end == core::PacketOutcome::End::complete ? 0 : outcome.error.code;
  }
  unsigned run(const std::string& text) { return run({core::Statement{.text = text}}); }

  RealContractServer world_;
  std::unique_ptr<port::Session> session_;
};

TEST_P(RealSession, TheJournalOfAUnitLeavesLastInsertIdAlone) {
  session_->history().prepare();
  run("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY)");
  run("CREATE TABLE seen (id INT)");
  run("INSERT INTO t VALUES (41), (NULL)");
  const core::StepId step{core::StepKind::versioned, "1"};
  EXPECT_EQ(run({core::BeginTransaction{},
                 core::JournalWrite(core::journal::StepOpened{.id = step, .name = "step"}),
                 core::JournalWrite(core::journal::Intended{.id = step, .hashes = {hash_a}}),
                 core::CommitTransaction{},
                 core::JournalWrite(core::journal::Done{.id = step, .hashes = {hash_a}}),
                 core::Statement{.text = "INSERT INTO seen VALUES (LAST_INSERT_ID())"}}),
            0U);
  EXPECT_EQ(world_.rows("seen"), "42");
}

TEST_P(RealSession, AHistoryOfANewerFormatIsRefused) {
  session_->history().prepare();
  world_.raw().query("INSERT INTO migrate_format (format, tool_version) VALUES (99, '42.0')");
  const auto newer = world_.server().connect();
  for (const bool write : {false, true}) {
    try {
      if (write) {
        newer->history().prepare();
      } else {
        newer->history().load();
      }
      ADD_FAILURE() << "a newer history was accepted";
    } catch (const core::Fault& fault) {
      EXPECT_EQ(fault.code(), core::ExitCode::configuration);
      EXPECT_NE(std::string(fault.what()).find("42.0"), std::string::npos) << fault.what();
    }
  }
}

TEST_P(RealSession, ALedgerWithAVersionThatIsNoneIsToldAsSuch) {
  session_->history().prepare();
  run("INSERT INTO migrate_ledger VALUES ('versioned', 'abc', 'x', 'applied', 'sha256-lf', '', 1, "
      "1, "
      "UTC_TIMESTAMP(6), 'r', 0)");
  try {
    session_->history().load();
    ADD_FAILURE() << "'abc' passed for a version";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::configuration);
    EXPECT_NE(std::string(fault.what()).find("abc"), std::string::npos) << fault.what();
  }
}

TEST_P(RealSession, WitnessesMeanTheSameWhateverTheStepDidToTheSession) {
  session_->history().prepare();
  for (const std::string charset : {"latin1", "swe7", "sjis", "gbk"}) {
    for (const std::string mode : {"''", "'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'"}) {
      for (const std::string name :
           {"größe \\ \" '", "one's @[]{}|`~ \"own\"", "back\\slash'", "tab\t\n"}) {
        const core::Witness witness{
            .evidence = core::Evidence::objects,
            .objects = {{{{core::ObjectKind::table, "", name}, core::Change::altered}, hash_a}}};
        run("SET sql_mode = " + mode);
        run("SET NAMES " + charset);
        EXPECT_EQ(
            run({core::JournalWrite(core::journal::Intended{.id = {core::StepKind::versioned, "1"},
                                                            .witnesses = {witness},
                                                            .log_position = {.file = "at@home"}})}),
            0U);
        const core::History history = world_.server().connect()->history().load();
        EXPECT_EQ(history.journal.at(0).witnesses, std::vector{witness}) << charset << mode;
        EXPECT_EQ(history.journal.at(0).log_position.file, "at@home") << charset << mode;
      }
    }
  }
}

TEST_P(RealSession, WitnessesThatWereNeverWrittenAreToldAsSuch) {
  session_->history().prepare();
  run({core::JournalWrite(core::journal::Intended{.id = {core::StepKind::versioned, "1"}})});
  for (const std::string json : {"[{\"evidence\":", "[{}]", "7",
                                 "[{\"evidence\":\"guess\",\"lenient\":false,\"objects\":[]}]"}) {
    run("UPDATE migrate_journal SET witnesses = '" + json + "'");
    try {
      session_->history().load();
      ADD_FAILURE() << json;
    } catch (const core::Fault& fault) {
      EXPECT_EQ(fault.code(), core::ExitCode::configuration);
      EXPECT_NE(std::string(fault.what()).find("never wrote"), std::string::npos) << fault.what();
    }
  }
}

TEST_P(RealSession, AKilledResetLeavesAnEmptyHistoryThatCanBePrepared) {
  session_->history().prepare();
  run("DROP TABLE migrate_ledger");
  EXPECT_TRUE(session_->history().load().empty());
  session_->history().prepare();
  EXPECT_EQ(run("SELECT * FROM migrate_ledger"), 0U) << "the ledger is there again";
}

TEST_P(RealSession, StoredProgramsTravelAlone) {
  run("CREATE TABLE t (id INT)");
  const core::Statement procedure{
      .text =
          "CREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (1); SELECT id FROM t; SELECT 2; END",
      .travel = core::Travel::alone};
  EXPECT_EQ(run({procedure}), 0U);
  std::vector<core::ItemResult> results;
  const core::Statement call{.text = "CALL p()", .travel = core::Travel::alone};
  session_->run({call}, [&](const core::ItemResult& result) { results.push_back(result); });
  EXPECT_EQ(results.size(), 1U) << "several result sets, one statement";
  EXPECT_EQ(world_.rows("t"), "1");
}

TEST_P(RealSession, MoreStatementsThanWereSentIsADefectOfOurs) {
  const core::Statement cut_wrongly{.text = "SELECT 1; SELECT 2"};
  try {
    session_->run({cut_wrongly}, [](const core::ItemResult&) {});
    ADD_FAILURE() << "a second statement went unnoticed";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::internal);
  }
}

TEST_P(RealSession, AStatementAloneCannotBringASecondOne) {
  const core::Statement two{.text = "SELECT 1; CREATE TABLE t (id INT)",
                            .travel = core::Travel::alone};
  EXPECT_EQ(run({two}), 1064U);
  EXPECT_TRUE(world_.tables().empty());
}

TEST_P(RealSession, ACommentAtTheEndOfAStatementDoesNotSwallowTheNext) {
  EXPECT_EQ(run({core::Statement{.text = "CREATE TABLE t (id INT) -- the first"},
                 core::Statement{.text = "CREATE TABLE u (id INT) # the second"},
                 core::Statement{.text = "CREATE TABLE v (id INT)"}}),
            0U);
  EXPECT_EQ(world_.tables().size(), 3U);
}

TEST_P(RealSession, AKilledConnectionIsLost) {
  world_.raw().query("KILL " + std::to_string(session_->info().connection_id));
  const auto outcome =
      session_->run({core::Statement{.text = "SELECT 1"}}, [](const core::ItemResult&) {});
  EXPECT_EQ(outcome.end, core::PacketOutcome::End::lost);
  EXPECT_THROW(session_->reset(), core::Fault);
}

TEST_P(RealSession, ResetBringsTheSettingsBack) {
  const auto settings = [&] {
    run("DROP TABLE IF EXISTS settings");
    run("CREATE TABLE settings (s VARCHAR(500))");
    run("INSERT INTO settings SELECT CONCAT_WS('|', @@sql_mode, @@time_zone, @@autocommit, "
        "@@lock_wait_timeout, @@foreign_key_checks, @@character_set_client)");
    return world_.rows("settings");
  };
  const std::string before = settings();
  EXPECT_NE(before.find("STRICT_TRANS_TABLES"), std::string::npos);
  EXPECT_EQ(run("SET SESSION sql_mode = '', time_zone = '+03:00', autocommit = 0, "
                "lock_wait_timeout = 77, foreign_key_checks = 0"),
            0U);
  EXPECT_EQ(run("SET NAMES latin1"), 0U);
  session_->reset();
  EXPECT_EQ(settings(), before);
}

INSTANTIATE_TEST_SUITE_P(Real, RealSession, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RealSession);

}  // namespace
}  // namespace migrate::testing
