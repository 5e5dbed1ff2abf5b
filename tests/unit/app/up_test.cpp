// What `up` leaves on the server, in its history and in what it tells, when all goes well and when
// a statement fails.
#include <string>

#include <gtest/gtest.h>

#include "core/fault.h"
#include "unit/app/world.h"

namespace migrate::testing {
namespace {

using core::ExitCode;
using core::LedgerState;

TEST(Up, AppliesDdlFilesThenVersionsInOrderAndRecordsEach) {
  World world;
  world.steps.up("10", "INSERT INTO base VALUES (2);");
  world.steps.up("9", "INSERT INTO base VALUES (1);");
  world.steps.ddl("base", "CREATE TABLE IF NOT EXISTS base (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("base"), "1 2");
  EXPECT_EQ(world.ledger("9")->state, LedgerState::applied);
  EXPECT_EQ(world.ledger("9")->statements_done, 1U);
  EXPECT_GT(world.ledger("10")->order, world.ledger("9")->order);
  EXPECT_TRUE(world.server.history().journal.empty());
  EXPECT_EQ(world.logged(), "applied, applied, applied");
}

TEST(Up, DoesNothingAndWritesNothingWhenAllIsApplied) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.up();
  const auto log = world.server.log().size();
  const auto packets = world.server.traffic().packets;
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.server.log().size(), log);
  EXPECT_EQ(world.server.traffic().packets, packets);
}

TEST(Up, AppliesAChangedDdlFileAgain) {
  World world;
  world.steps.ddl("a", "CREATE TABLE IF NOT EXISTS a (id INT);");
  world.up();
  world.steps.ddl("a", "CREATE TABLE IF NOT EXISTS a (id INT);\nINSERT INTO a VALUES (1);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1");
}

TEST(Up, ADdlFileOfWhichNothingRanIsWhatItWasAppliedAs) {
  World world;
  const std::string text = "CREATE TABLE IF NOT EXISTS a (id INT);";
  world.steps.ddl("a", text);
  ASSERT_EQ(world.up(), ExitCode::done);
  const core::Checksum applied = world.server.history().ledger.front().checksum;
  world.steps.ddl("a", "ALTER TABLE missing ADD COLUMN b INT;\nDO 0;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  ASSERT_EQ(world.server.history().ledger.size(), 1U);
  EXPECT_EQ(world.server.history().ledger.front().state, core::LedgerState::applied);
  EXPECT_EQ(world.server.history().ledger.front().checksum, applied);
  const auto kept = world.server.connect()->history().applied_texts();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().text, text);
}

TEST(Up, KeepsTheTextOfADdlFileUnlessItIsLong) {
  World world;
  const std::string text = "CREATE TABLE IF NOT EXISTS a (id INT);";
  world.steps.ddl("a", text);
  EXPECT_EQ(world.up(), ExitCode::done);
  const auto kept = [&world] { return world.server.connect()->history().applied_texts(); };
  ASSERT_EQ(kept().size(), 1U);
  EXPECT_EQ(kept().front().id.key, "a");
  EXPECT_EQ(kept().front().text, text);
  world.steps.ddl("a", text + " -- " + std::string(std::size_t{1} << 20, 'x'));
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(kept().empty()) << "what it was before is not what it was last";
  world.server.set_packet_limit(4 * text.size() - 1);
  world.steps.ddl("a", text + "\n");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_TRUE(kept().empty()) << "it has to fit into a packet";
}

TEST(Up, RefusesATableOfAnotherShapeThanItsDdlFileDeclares) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.up();
  world.steps.ddl("a", "CREATE TABLE IF NOT EXISTS a (id INT, extra INT);");
  EXPECT_EQ(world.up(), ExitCode::drift);
  const auto refused = world.events.first<core::event::Refused>();
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->refusal.reason.find("ddl/a.sql"), std::string::npos);
  EXPECT_NE(refused->refusal.reason.find("+   extra INT"), std::string::npos)
      << refused->refusal.reason;
}

TEST(Up, BadFilesStopItBeforeItTakesALockOrWrites) {
  World world;
  world.steps.up("2", "CREATE TABLE a (id INT);");
  world.steps.up("0002", "CREATE TABLE b (id INT);");
  EXPECT_THROW(world.up(), core::Fault);
  EXPECT_EQ(world.server.traffic().packets, 0U);
  EXPECT_TRUE(world.server.connect()->schema().objects().empty());
}

TEST(Up, ADataStepIsAllOrNothingTogetherWithItsHistoryRow) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "INSERT INTO a VALUES (1);\nINSERT INTO missing VALUES (2);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "");
  EXPECT_FALSE(world.ledger("2"));
  EXPECT_TRUE(world.server.history().journal.empty());
  const auto failed = world.events.first<core::event::StepFailed>();
  ASSERT_TRUE(failed);
  EXPECT_TRUE(failed->rolled_back);
  EXPECT_EQ(failed->index, 2U);
  EXPECT_EQ(failed->total, 2U);
  EXPECT_EQ(failed->position.line, 2U);
  EXPECT_EQ(failed->committed, 0U);
  EXPECT_EQ(failed->error.code, 1146U);
  EXPECT_EQ(world.logged(), "applied, failed");

  world.steps.up("2", "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1 2");
}

class HalfApplied : public ::testing::Test {
 protected:
  HalfApplied() {
    world.steps.up("1",
                   "CREATE TABLE a (id INT);\nCREATE TABLE a (id INT);\nCREATE TABLE c (id INT);");
    code = world.up();
  }
  World world;
  ExitCode code = ExitCode::done;
};

TEST_F(HalfApplied, TheHistoryKnowsWhatStays) {
  EXPECT_EQ(code, ExitCode::statement_failed);
  EXPECT_EQ(world.ledger("1")->state, LedgerState::partly_up);
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  EXPECT_EQ(world.ledger("1")->statements_total, 3U);
  const auto failed = world.events.first<core::event::StepFailed>();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->index, 2U);
  EXPECT_EQ(failed->committed, 1U);
  EXPECT_EQ(failed->path, "migrations/1_step.up.sql");
  EXPECT_FALSE(failed->rolled_back);
  EXPECT_FALSE(world.has_table("c"));
}

TEST_F(HalfApplied, GoesOnAtTheMendedStatement) {
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);\nCREATE TABLE c (id INT);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.times("CREATE TABLE a (id INT)"), 1U);
  EXPECT_TRUE(world.has_table("b"));
  EXPECT_TRUE(world.has_table("c"));
  EXPECT_EQ(world.ledger("1")->state, LedgerState::applied);
  EXPECT_TRUE(world.server.history().journal.empty());
}

TEST_F(HalfApplied, FailsAgainAtTheSameStatementWhenItIsNotMended) {
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->index, 2U);
}

TEST_F(HalfApplied, RefusesAChangeOfAStatementThatRan) {
  world.steps.up("1", "CREATE TABLE z (id INT);\nCREATE TABLE b (id INT);");
  EXPECT_EQ(world.up(), ExitCode::drift);
  EXPECT_FALSE(world.has_table("b"));
}

TEST_F(HalfApplied, RefusesDown) {
  world.steps.down("1", "DROP TABLE a;");
  EXPECT_EQ(world.down(), ExitCode::refused);
  EXPECT_TRUE(world.has_table("a"));
}

TEST(Up, ReplaysSessionStatementsWhenItGoesOn) {
  World world;
  const std::string head = "SET @x = 5;\nCREATE TABLE a (id INT);\n";
  world.steps.up("1", head + "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (@x);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.ledger("1")->statements_done, 2U);
  world.steps.up("1", head + "CREATE TABLE b (id INT);\nINSERT INTO a VALUES (@x);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "5");
}

TEST(Up, AMendedSetInFrontOfTheStatementThatFailedCounts) {
  World world;
  const std::string head = "SET @x = 5;\nCREATE TABLE a (id INT);\nINSERT INTO a VALUES (@x);\n";
  world.steps.up("1", head +
                          "SET @x = 6;\nALTER TABLE none ADD COLUMN n INT;\n"
                          "INSERT INTO a VALUES (@x);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  world.steps.up("1", head + "SET @x = 7;\nCREATE TABLE b (id INT);\nINSERT INTO a VALUES (@x);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "5 7");
}

TEST(Up, NoStepSeesAnothersVariablesTemporaryTablesOrSchema) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2",
                 "SET @x = 1;\nINSERT INTO a VALUES (@x);\nCREATE TEMPORARY TABLE t (id INT);\nUSE "
                 "other;");
  world.steps.up("3", "INSERT INTO a VALUES (@x);");
  world.steps.up("4", "INSERT INTO t VALUES (1);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "1 NULL");
  EXPECT_TRUE(world.ledger("3"));
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->error.code, 1146U);
}

TEST(Up, TableLocksLeftOpenEndWithTheirStep) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);");
  world.steps.up("2", "LOCK TABLES a WRITE;\nINSERT INTO a VALUES (1);");
  world.steps.up("3", "INSERT INTO b VALUES (1);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1");
  EXPECT_EQ(world.rows("b"), "1");
  EXPECT_EQ(world.ledger("2")->state, LedgerState::applied);
}

TEST(Up, AfterAFailureUnderTableLocksItGoesOnWithThem) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);");
  const std::string head =
      "LOCK TABLES a WRITE, b READ;\nINSERT INTO a VALUES (1);\n"
      "ALTER TABLE a ADD COLUMN n INT;\nINSERT INTO a VALUES (2, 2);\n";
  world.steps.up("2", head + "INSERT INTO b VALUES (3);\nUNLOCK TABLES;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->error.code, 1099U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->index, 5U);
  EXPECT_EQ(world.rows("a"), "1,NULL") << "the transaction that failed is rolled back";
  EXPECT_EQ(world.ledger("2")->statements_done, 3U);
  world.steps.up("2", head + "INSERT INTO missing VALUES (3);\nUNLOCK TABLES;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->error.code, 1100U)
      << "the locks are held again";
  world.steps.up("2",
                 head + "UPDATE a SET id = id + 10;\nUNLOCK TABLES;\nINSERT INTO b VALUES (3);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "11,NULL 12,2");
  EXPECT_EQ(world.rows("b"), "3");
}

TEST(Up, ATransactionThatLockTablesWouldCommitStaysAlsoWhereThatCannotBeRead) {
  World world;
  const std::string head = "CREATE TABLE a (id INT);\nBEGIN;\nINSERT INTO a VALUES (1);\n";
  world.steps.up("1", head + "LOCK TABLES a;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  world.steps.up("1", head + "LOCK TABLES a WRITE;\nINSERT INTO a VALUES (2);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1 2");
}

TEST(Up, WhereEveryLockedTableIsDroppedTheLocksEnd) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2",
                 "LOCK TABLES a WRITE;\nDROP TABLE a;\nCREATE TABLE a (id INT, n INT);\n"
                 "INSERT INTO a VALUES (1, 2);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1,2");
}

TEST(Up, TheFileMayRollBackUnderItsTableLocks) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2",
                 "SET autocommit = 0;\nLOCK TABLES a WRITE;\nINSERT INTO a VALUES (1);\nCOMMIT;\n"
                 "INSERT INTO a VALUES (2);\nROLLBACK;\nINSERT INTO a VALUES (3);\n"
                 "UNLOCK TABLES;\nINSERT INTO a VALUES (4);\nROLLBACK;\nSET autocommit = 1;\n"
                 "INSERT INTO a VALUES (5);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1 3 5");
}

TEST(Up, UnderTheGlobalReadLockNothingIsRecorded) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);\nINSERT INTO a VALUES (1);");
  const std::string head = "UPDATE a SET id = id + 1;\nFLUSH TABLES WITH READ LOCK;\n";
  world.steps.up("2", head + "SELECT id FROM a;\nINSERT INTO a VALUES (2);\nUNLOCK TABLES;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->error.code, 1223U);
  world.steps.up("2", head + "SELECT id FROM a;\nUNLOCK TABLES;\nUPDATE a SET id = id + 10;");
  world.steps.up("3", "FLUSH TABLES WITH READ LOCK;\nSELECT id FROM a;");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "12");
}

TEST(Up, AFailureInATransactionOfTheFileLeavesNothingOfIt) {
  World world;
  const std::string head = "CREATE TABLE a (id INT);\nBEGIN;\nINSERT INTO a VALUES (1);\n";
  world.steps.up("1", head + "INSERT INTO missing VALUES (2);\nCOMMIT;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "");
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->committed, 1U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->index, 4U);
  world.steps.up("1", head + "INSERT INTO a VALUES (2);\nCOMMIT;");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "1 2");
}

TEST(Up, ATransactionThatTheFileRollsBackCountsAsDone) {
  World world;
  world.steps.up("1",
                 "CREATE TABLE a (id INT);\nBEGIN;\nINSERT INTO a VALUES (1);\nROLLBACK;\n"
                 "INSERT INTO a VALUES (2);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "2");
  EXPECT_EQ(world.ledger("1")->state, LedgerState::applied);
}

TEST(Up, AStatementThatCommitsInsideADataStepIsRecordedAsWhatStays) {
  World world;
  world.server.define_procedure("commits", {"INSERT INTO a VALUES (8)", "COMMIT"});
  world.steps.up("1", "CREATE TABLE a (id INT);");
  const std::string head = "INSERT INTO a VALUES (7);\nCALL commits();\n";
  world.steps.up("2", head + "INSERT INTO missing VALUES (9);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "7 8");
  EXPECT_EQ(world.ledger("2")->state, LedgerState::partly_up);
  EXPECT_EQ(world.ledger("2")->statements_done, 2U);
  EXPECT_FALSE(world.events.first<core::event::StepFailed>()->rolled_back);
  world.steps.up("2", head + "INSERT INTO a VALUES (9);");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "7 8 9");
}

TEST(Up, AStatementThatCommitsInsideATransactionOfTheFileIsRecordedAsWhatStays) {
  World world;
  world.server.define_procedure("commits", {"INSERT INTO a VALUES (8)", "COMMIT"});
  world.server.define_procedure("begins", {"BEGIN"});
  const std::string head =
      "CREATE TABLE a (id INT);\nBEGIN;\nINSERT INTO a VALUES (7);\nCALL commits();\n";
  const std::string tail = "CALL begins();\nINSERT INTO a VALUES (9);\n";
  world.steps.up("1", head + tail + "INSERT INTO missing VALUES (10);\nCOMMIT;");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "7 8");
  EXPECT_EQ(world.ledger("1")->statements_done, 4U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->committed, 4U);
  world.steps.up("1", head + tail + "COMMIT;");
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.rows("a"), "7 8 9");
}

std::string inserts(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "INSERT INTO a VALUES (1);\n";
  return text;
}

TEST(Up, WhatIsDoneStaysKnownWhenALaterPartOfABatchFails) {
  World world;
  const std::string head =
      "-- migrate: transaction=batch(1000)\nCREATE TABLE a (id INT);\n" + inserts(600);
  world.steps.up("1", head + "INSERT INTO missing VALUES (1);");
  EXPECT_EQ(world.up(), ExitCode::statement_failed);
  EXPECT_EQ(world.rows("a"), "");
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  world.steps.up("1", head);
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.server.tables().at("a").rows.size(), 600U);
}

TEST(Up, ASignalBetweenThePartsOfABatchLeavesItsBeginning) {
  World world;
  world.steps.up("1",
                 "-- migrate: transaction=batch(1000)\nCREATE TABLE a (id INT);\n" + inserts(600));
  world.events.then = [&](const core::Event& event) {
    const auto* done = std::get_if<core::event::StatementDone>(&event);
    if (done != nullptr && done->index == 100) world.cancellation.signal = ExitCode::interrupted;
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(world.rows("a"), "");
  EXPECT_EQ(world.ledger("1")->statements_done, 1U);
  world.events.then = nullptr;
  world.cancellation.signal.reset();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.server.tables().at("a").rows.size(), 600U);
}

TEST(Up, ASignalBetweenTheTransactionsUnderTableLocksLeavesWhatRan) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.steps.up("2", "LOCK TABLES a WRITE;\n" + inserts(600) + "UNLOCK TABLES;");
  world.events.then = [&](const core::Event& event) {
    const auto* done = std::get_if<core::event::StatementDone>(&event);
    if (done != nullptr && done->index == 100) world.cancellation.signal = ExitCode::interrupted;
  };
  EXPECT_EQ(world.up(), ExitCode::interrupted);
  EXPECT_EQ(world.server.tables().at("a").rows.size(), 500U);
  EXPECT_EQ(world.ledger("2")->statements_done, 501U);
  EXPECT_EQ(world.events.first<core::event::StepFailed>()->committed, 501U);
  world.events.then = nullptr;
  world.cancellation.signal.reset();
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.server.tables().at("a").rows.size(), 600U);
}

TEST(Up, TwoHundredFilesOfOneDdlStatementAreTwoPackets) {
  World world;
  for (int i = 100; i < 300; ++i) {
    world.steps.up(std::to_string(i), "CREATE TABLE t" + std::to_string(i) + " (id INT);");
  }
  EXPECT_EQ(world.up(), ExitCode::done);
  // Beside each goes one with what there is to record; and one each for the log's "run started",
  // the last steps' ends and "run finished".
  EXPECT_EQ(world.server.traffic().packets, 7U);
}

TEST(Up, ADataStepIsOnePacket) {
  World world;
  world.steps.up("1", "CREATE TABLE a (id INT);");
  world.up();
  const auto before = world.server.traffic().packets;
  world.steps.up("2", inserts(100));
  EXPECT_EQ(world.up(), ExitCode::done);
  EXPECT_EQ(world.server.traffic().packets - before, 3U);
}

TEST(Up, ThatCannotRecordAFailureTellsBoth) {
  World world;
  world.steps.up("1", "CREATE TABLE t (id INT);");
  ASSERT_EQ(world.up(), ExitCode::done);
  world.steps.up("2", "INSERT INTO t VALUES (1);\nINSERT INTO missing VALUES (1);");
  world.events.then = [&](const core::Event& event) {
    const auto* started = std::get_if<core::event::StatementStarted>(&event);
    if (started == nullptr || started->index != 2) return;
    world.server.connect()->schema().drop({core::ObjectKind::table, "", "migrate_format"});
  };
  try {
    world.up();
    FAIL() << "the failure was recorded";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), ExitCode::statement_failed);
    const std::string what = fault.what();
    EXPECT_NE(what.find(":2: at statement 2 of 2 of 2_step: error 1146"), std::string::npos)
        << what;
    EXPECT_NE(what.find("then the history cannot be written: error 1146"), std::string::npos)
        << what;
  }
  EXPECT_EQ(world.rows("t"), "");
}

}  // namespace
}  // namespace migrate::testing
