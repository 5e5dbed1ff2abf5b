#include "core/unit.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using Mode = UnitCutter::Mode;

Statement data(const std::string& text = "d") {
  return {.text = text, .effect = Effect::data};
}
Statement schema(const std::string& text = "ALTER TABLE a ADD b INT") {
  return {.text = text, .effect = Effect::schema};
}
Statement neutral(const std::string& text = "ANALYZE TABLE a") {
  return {.text = text, .effect = Effect::neutral};
}
Statement session() {
  return {.text = "v", .effect = Effect::session};
}
Statement bracket(Bracket bracket) {
  return {.text = "b", .effect = Effect::session, .bracket = bracket};
}
const Statement begin = bracket(Bracket::opens_transaction);
const Statement commit = bracket(Bracket::closes_transaction);
const Statement lock = bracket(Bracket::locks_tables);
const Statement unlock = bracket(Bracket::unlocks_tables);
const Statement freeze = bracket(Bracket::freezes_server);
const Statement freeze_tables = bracket(Bracket::freezes_tables);
const Statement no_autocommit = bracket(Bracket::stops_autocommit);
const Statement autocommit = bracket(Bracket::resumes_autocommit);

/// A part as "kind:first-last", with "(" before it where it opens its unit, ")" behind it where it
/// closes it, "*" where no COMMIT of the file does, and "&" in front where tables are locked.
std::string words(const UnitPart& part) {
  static const std::vector<std::string> kinds = {"session", "statement", "transaction",
                                                 "file_transaction"};
  std::string text = part.opens ? "(" : "";
  if (part.locks == TableLocks::held) text += "&";
  text += kinds.at(static_cast<std::size_t>(part.kind)) + ":" +
          std::to_string(part.statements.front().index) + "-" +
          std::to_string(part.statements.back().index);
  if (part.closed_by_next) text += "*";
  return part.closes ? text + ")" : text;
}

std::string cut(UnitCutter cutter, const std::vector<Statement>& statements) {
  std::string text;
  const auto add = [&](const std::vector<UnitPart>& parts) {
    for (const UnitPart& part : parts) text += (text.empty() ? "" : " ") + words(part);
  };
  std::uint64_t index = 0;
  for (const Statement& statement : statements) {
    add(cutter.push({.index = ++index, .statement = statement}));
  }
  add(cutter.finish());
  return text;
}

std::string cut(const std::vector<Statement>& statements, UnitLimits limits = {},
                std::optional<std::uint64_t> batch = std::nullopt) {
  return cut(UnitCutter(Mode::statement_by_statement, limits, batch), statements);
}

std::string cut_as_one(const std::vector<Statement>& statements, UnitLimits limits = {}) {
  return cut(UnitCutter(Mode::one_transaction, limits), statements);
}

TEST(UnitCutter, NothingGivesNothing) {
  EXPECT_EQ(cut({}), "");
  EXPECT_EQ(cut_as_one({}), "");
}

/// How a group of CREATE TABLE x and CREATE TABLE y is cut with a statement in their middle.
std::string cut_around(const Statement& middle) {
  return cut({schema("CREATE TABLE x (a INT)"), middle, schema("CREATE TABLE y (a INT)")});
}

TEST(UnitCutter, ShortStatementsOnDifferentObjectsShareAnIntent) {
  EXPECT_EQ(cut_around(schema("CREATE TABLE z LIKE x")), "(statement:1-3)");
  EXPECT_EQ(cut_around(schema("DROP TABLE IF EXISTS a, b")), "(statement:1-3)");
  EXPECT_EQ(cut_around(schema("DROP TRIGGER x")), "(statement:1-3)");
  EXPECT_EQ(cut_around(neutral("CREATE USER x")), "(statement:1-3)");
}

TEST(UnitCutter, WhatMustGoAloneHasAnIntentOfItsOwn) {
  const std::string three = "(statement:1-1) (statement:2-2) (statement:3-3)";
  EXPECT_EQ(cut_around(schema("ALTER TABLE a ADD b INT")), three) << "may take long";
  EXPECT_EQ(cut_around(schema("RENAME TABLE a TO b")), three) << "reaches further";
  EXPECT_EQ(cut_around(schema("CREATE FUNCTION f RETURNS INT SONAME 'f.so'")), three) << "hidden";
  EXPECT_EQ(cut_around(schema("EXECUTE s")), three) << "names nothing";
  EXPECT_EQ(cut_around(neutral("GRANT SELECT ON a TO b")), three) << "names nothing";
  Statement procedure = schema("CREATE PROCEDURE p() SELECT 1");
  EXPECT_EQ(cut_around(procedure), "(statement:1-3)");
  procedure.travel = Travel::alone;
  EXPECT_EQ(cut_around(procedure), three);
}

TEST(UnitCutter, WhatAnExecuteRunsCounts) {
  Statement execute = schema("EXECUTE s");
  execute.executed = "DROP TABLE a";
  EXPECT_EQ(cut_around(execute), "(statement:1-3)");
  execute.executed = "DROP TABLE x";
  EXPECT_EQ(cut_around(execute), "(statement:1-1) (statement:2-3)");
}

TEST(UnitCutter, TwoThatMayTouchTheSameObjectAreCut) {
  const auto together = [](const std::string& first, const std::string& second) {
    return cut({schema(first), schema("CREATE TABLE between (a INT)"), schema(second)}) ==
           "(statement:1-3)";
  };
  EXPECT_FALSE(together("DROP TABLE a", "CREATE TABLE a (b INT)"));
  EXPECT_FALSE(together("DROP TABLE x, a", "DROP TABLE y, A")) << "whatever the case";
  EXPECT_FALSE(together("DROP TABLE a", "CREATE VIEW a AS SELECT 1")) << "one namespace";
  EXPECT_FALSE(together("DROP SEQUENCE a", "CREATE VIEW a AS SELECT 1")) << "one namespace";
  EXPECT_TRUE(together("DROP FUNCTION a", "DROP PROCEDURE a")) << "two namespaces";
  EXPECT_TRUE(together("DROP TABLE s.a", "DROP TABLE t.a")) << "two schemas";
  EXPECT_FALSE(together("DROP TABLE s.a", "DROP TABLE S.a")) << "one schema";
  EXPECT_FALSE(together("DROP TABLE s.a", "DROP TABLE a")) << "perhaps the same schema";
  EXPECT_FALSE(together("DROP USER a", "CREATE USER a@'%'")) << "any host";
  EXPECT_TRUE(together("DROP USER a", "CREATE USER a@b")) << "two hosts";
}

TEST(UnitCutter, AGroupEndsWithItsLimitsAndIsOnePart) {
  const auto drop = [](const std::string& name) { return schema("DROP TABLE " + name); };
  EXPECT_EQ(cut({drop("a"), drop("b"), drop("c")}, {.schema_statements = 2}),
            "(statement:1-2) (statement:3-3)");
  EXPECT_EQ(cut({drop("a"), drop("b"), drop("c")}, {.statements = 2}),
            "(statement:1-2) (statement:3-3)");
  EXPECT_EQ(cut({drop("a"), drop("b"), drop("c")}, {.bytes = 24}),
            "(statement:1-2) (statement:3-3)");
  EXPECT_EQ(cut({data(), data(), data()}, {.schema_statements = 2}), "(transaction:1-3)");
}

TEST(UnitCutter, ASetThatAsksAboutTheStatementBeforeStaysInItsTransaction) {
  const auto set = [](const std::string& text) {
    return Statement{.text = text, .effect = Effect::session};
  };
  EXPECT_EQ(cut({data(), set("SET @n = ROW_COUNT()"), data(), schema()}),
            "(transaction:1-3) (statement:4-4)");
  EXPECT_EQ(cut({data(), set("SET @n = found_rows(), @m = 1"), data(), schema()}),
            "(transaction:1-3) (statement:4-4)");
  EXPECT_EQ(cut({data(), set("SET @n = (SELECT COUNT(*) FROM t)"), schema()}),
            "(transaction:1-1) (session:2-2) (statement:3-3)");
  EXPECT_EQ(cut({set("SET @n = ROW_COUNT()"), schema()}), "(session:1-1) (statement:2-2)");
}

TEST(UnitCutter, AGroupCarriesWhatEachStatementChanges) {
  UnitCutter cutter(Mode::statement_by_statement, {});
  EXPECT_TRUE(cutter.push({.index = 1, .statement = schema("DROP TABLE a")}).empty());
  EXPECT_TRUE(cutter.push({.index = 2, .statement = schema("CREATE VIEW b AS SELECT 1")}).empty());
  const auto group = cutter.push({.index = 3, .statement = data()});
  ASSERT_EQ(group.size(), 1U);
  ASSERT_EQ(group[0].changes.size(), 2U);
  EXPECT_EQ(group[0].changes[0].objects.at(0).object.name, "a");
  EXPECT_EQ(group[0].changes[1].objects.at(0).object.name, "b");
  const auto rest = cutter.finish();
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_TRUE(rest[0].changes.empty());
}

TEST(UnitCutter, AStatementThatGoesAloneIsReturnedAtOnceWithTheGroupBeforeIt) {
  UnitCutter cutter(Mode::statement_by_statement, {});
  EXPECT_TRUE(cutter.push({.index = 1, .statement = schema("DROP TABLE a")}).empty());
  EXPECT_EQ(cutter.push({.index = 2, .statement = schema("ALTER TABLE b ADD c INT")}).size(), 2U);
  EXPECT_TRUE(cutter.finish().empty());
}

TEST(UnitCutter, AnythingElseEndsAGroup) {
  EXPECT_EQ(cut_around(data()), "(statement:1-1) (transaction:2-2) (statement:3-3)");
  EXPECT_EQ(cut_around(session()), "(statement:1-1) (session:2-2) (statement:3-3)");
  EXPECT_EQ(cut_around(begin), "(statement:1-1) (file_transaction:2-2*) (statement:3-3)");
  EXPECT_EQ(cut_around(lock), "(statement:1-1) (session:2-2) (&statement:3-3)");
}

TEST(UnitCutter, FlushReturnsWhatIsPending) {
  UnitCutter cutter(Mode::statement_by_statement, {});
  EXPECT_TRUE(cutter.flush().empty());
  cutter.push({.index = 1, .statement = schema("DROP TABLE a")});
  const auto group = cutter.flush();
  ASSERT_EQ(group.size(), 1U);
  EXPECT_EQ(words(group[0]), "(statement:1-1)");
  cutter.push({.index = 2, .statement = schema("DROP TABLE b")});
  const auto next = cutter.finish();
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(words(next[0]), "(statement:2-2)");
}

TEST(UnitCutter, FlushLeavesTheOneTransactionOpen) {
  UnitCutter cutter(Mode::one_transaction, {});
  cutter.push({.index = 1, .statement = data()});
  EXPECT_TRUE(cutter.flush().empty());
  EXPECT_EQ(cutter.finish().size(), 1U);
}

TEST(UnitCutter, FlushLeavesATransactionOfTheFileOpen) {
  UnitCutter cutter(Mode::statement_by_statement, {});
  cutter.push({.index = 1, .statement = begin});
  cutter.push({.index = 2, .statement = data()});
  EXPECT_TRUE(cutter.flush().empty());
  EXPECT_EQ(cutter.finish().at(0).statements.size(), 2U);
}

TEST(UnitCutter, DataBetweenThemSharesATransaction) {
  EXPECT_EQ(cut({data(), data(), schema(), data()}),
            "(transaction:1-2) (statement:3-3) (transaction:4-4)");
}

TEST(UnitCutter, SessionStatementsAreUnitsOfTheirOwn) {
  EXPECT_EQ(cut({session(), session(), data(), session(), schema()}),
            "(session:1-2) (transaction:3-3) (session:4-4) (statement:5-5)");
}

TEST(UnitCutter, OneTransactionHoldsAllBehindTheFirstSessionStatements) {
  EXPECT_EQ(cut_as_one({session(), data(), session(), data()}), "(session:1-1) (transaction:2-4)");
  EXPECT_EQ(cut_as_one({data(), session()}), "(transaction:1-2)");
  EXPECT_EQ(cut_as_one({session()}), "(session:1-1)");
}

TEST(UnitCutter, OneTransactionGoesOnBeyondTheLimits) {
  EXPECT_EQ(cut_as_one({data(), data(), data(), data(), data()}, {.statements = 2}),
            "(transaction:1-2 transaction:3-4 transaction:5-5)");
}

TEST(UnitCutter, BetweenTransactionsOfOursTheLimitsCut) {
  EXPECT_EQ(cut({data(), data(), data()}, {.statements = 2}),
            "(transaction:1-2) (transaction:3-3)");
  EXPECT_EQ(cut({session(), session(), session()}, {.statements = 2}),
            "(session:1-2) (session:3-3)");
}

TEST(UnitCutter, TheLimitOfBytesCutsBeforeTheStatementThatIsTooMuch) {
  EXPECT_EQ(cut({data("12345"), data("12345"), data("1")}, {.bytes = 10}),
            "(transaction:1-2) (transaction:3-3)");
}

TEST(UnitCutter, AStatementLongerThanTheLimitIsAPartOfItsOwn) {
  EXPECT_EQ(cut({data("1"), data("12345678901"), data("1")}, {.bytes = 10}),
            "(transaction:1-1) (transaction:2-2) (transaction:3-3)");
}

TEST(UnitCutter, ABatchClosesItsTransactionAfterSoManyStatements) {
  EXPECT_EQ(cut({data(), data(), data(), data(), data()}, {}, 2),
            "(transaction:1-2) (transaction:3-4) (transaction:5-5)");
}

TEST(UnitCutter, ABatchLargerThanTheLimitsComesInParts) {
  EXPECT_EQ(cut({data(), data(), data(), data()}, {.statements = 2}, 3),
            "(transaction:1-2 transaction:3-3) (transaction:4-4)");
}

TEST(UnitCutter, ABatchCountsOnlyDataInARow) {
  EXPECT_EQ(cut({data(), schema(), data(), data()}, {}, 2),
            "(transaction:1-1) (statement:2-2) (transaction:3-4)");
}

TEST(UnitCutter, ATransactionOfTheFileGoesToItsCommitOrRollback) {
  EXPECT_EQ(cut({data(), begin, data(), session(), data(), commit, data()}),
            "(transaction:1-1) (file_transaction:2-6) (transaction:7-7)");
}

TEST(UnitCutter, AnImplicitCommitClosesATransactionOfTheFile) {
  EXPECT_EQ(cut({begin, data(), schema(), data(), commit}),
            "(file_transaction:1-2*) (statement:3-3) (transaction:4-4) (session:5-5)");
  EXPECT_EQ(cut({begin, data(), neutral()}), "(file_transaction:1-2*) (statement:3-3)");
  EXPECT_EQ(cut({begin, data(), begin, data(), commit}),
            "(file_transaction:1-2*) (file_transaction:3-5)");
  EXPECT_EQ(cut({begin, data(), lock, unlock}), "(file_transaction:1-2*) (session:3-4)");
  EXPECT_EQ(cut({begin, data(), freeze, unlock}), "(file_transaction:1-2*) (session:3-4)");
}

TEST(UnitCutter, ATransactionOfTheFileIsOnePieceWhateverTheLimits) {
  EXPECT_EQ(cut({begin, data(), data(), commit}, {.statements = 2}, 1),
            "(file_transaction:1-2 file_transaction:3-4)");
}

TEST(UnitCutter, ATransactionThatNothingClosesEndsWithTheFile) {
  EXPECT_EQ(cut({begin, data()}), "(file_transaction:1-2*)");
}

TEST(UnitCutter, WithoutAutocommitDataStatementsOpenATransactionOfTheFile) {
  EXPECT_EQ(cut({no_autocommit, data(), session(), data(), commit, commit, data(), commit}),
            "(session:1-1) (file_transaction:2-5) (session:6-6) (file_transaction:7-8)");
  EXPECT_EQ(cut({no_autocommit, data(), autocommit, data()}),
            "(session:1-1) (file_transaction:2-3) (transaction:4-4)");
  EXPECT_EQ(cut({no_autocommit, data(), schema(), data()}),
            "(session:1-1) (file_transaction:2-2*) (statement:3-3) (file_transaction:4-4*)");
}

TEST(UnitCutter, SwitchingAutocommitOnWhereItIsOnCommitsNothing) {
  EXPECT_EQ(cut({begin, data(), autocommit, data(), commit}), "(file_transaction:1-5)");
  EXPECT_EQ(cut({begin, data(), no_autocommit, data(), commit, data(), commit}),
            "(file_transaction:1-5) (file_transaction:6-7)");
}

TEST(UnitCutter, UnderTableLocksUnitsAreAsElsewhere) {
  EXPECT_EQ(cut({data(), lock, data(), schema(), data(), session(), commit, unlock, data()}),
            "(transaction:1-1) (session:2-2) (&transaction:3-3) (&statement:4-4) "
            "(&transaction:5-5) (&session:6-8) (transaction:9-9)");
  EXPECT_EQ(cut({lock, data(), lock, data(), unlock}),
            "(session:1-1) (&transaction:2-2) (&session:3-3) (&transaction:4-4) (&session:5-5)");
}

TEST(UnitCutter, TableLocksEndWithBegin) {
  EXPECT_EQ(cut({lock, data(), begin, data(), commit, data()}),
            "(session:1-1) (&transaction:2-2) (file_transaction:3-5) (transaction:6-6)");
}

TEST(UnitCutter, AnUnlockCommitsATransactionOfTheFileWhereSomethingIsLocked) {
  EXPECT_EQ(cut({no_autocommit, lock, data(), data(), commit, data(), unlock}),
            "(session:1-2) (&file_transaction:3-5) (&file_transaction:6-6*) (&session:7-7)");
  EXPECT_EQ(cut({begin, data(), unlock, data(), commit}), "(file_transaction:1-5)");
}

TEST(UnitCutter, TableLocksEndWithTheLastOfTheTables) {
  Statement two = lock;
  two.text = "LOCK TABLES a WRITE, b READ";
  const Statement drop_a = schema("DROP TABLE a");
  EXPECT_EQ(cut({two, drop_a, schema("DROP TABLE b"), schema("CREATE TABLE a (b INT)")}),
            "(session:1-1) (&statement:2-3) (statement:4-4)");
  EXPECT_EQ(cut({two, drop_a, schema("CREATE TABLE c (b INT)"), unlock}),
            "(session:1-1) (&statement:2-3) (&session:4-4)");
  UnitCutter cutter(Mode::statement_by_statement, {});
  cutter.push({.index = 1, .statement = two});
  EXPECT_FALSE(cutter.push({.index = 2, .statement = drop_a}).at(0).unlocks);
  EXPECT_TRUE(cutter.push({.index = 3, .statement = schema("DROP TABLE b")}).at(0).unlocks);
}

TEST(UnitCutter, LockTablesTakesTheHistoryAlong) {
  UnitCutter cutter(Mode::statement_by_statement, {});
  cutter.push({.index = 1, .statement = session()});
  cutter.push({.index = 2, .statement = lock});
  cutter.push({.index = 3, .statement = unlock});
  const auto parts = cutter.finish();
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_FALSE(parts[0].statements.at(0).statement.locks_history);
  EXPECT_TRUE(parts[0].statements.at(1).statement.locks_history);
  EXPECT_FALSE(parts[0].statements.at(2).statement.locks_history);
}

TEST(UnitCutter, WhereNothingCanBeWrittenNothingIsJournaled) {
  EXPECT_EQ(cut({freeze, data(), schema(), begin, data(), commit, lock, unlock, data()}),
            "(session:1-8) (transaction:9-9)");
  EXPECT_EQ(cut({freeze_tables, data(), neutral(), unlock, data()}),
            "(session:1-4) (transaction:5-5)");
  EXPECT_EQ(cut({freeze_tables, data(), begin, data(), commit}),
            "(session:1-2) (file_transaction:3-5)");
  EXPECT_EQ(cut({freeze_tables, data(), lock, data(), unlock}),
            "(session:1-3) (&transaction:4-4) (&session:5-5)");
  UnitCutter cutter(Mode::statement_by_statement, {});
  cutter.push({.index = 1, .statement = freeze});
  cutter.push({.index = 2, .statement = lock});
  EXPECT_FALSE(cutter.finish().at(0).statements.at(1).statement.locks_history);
}

TEST(UnitLimits, LeaveRoomForWhatTheJournalWrites) {
  const UnitLimits usual;
  EXPECT_EQ(limits_within(16 * 1024 * 1024).bytes, usual.bytes);
  EXPECT_EQ(limits_within(16 * 1024 * 1024).schema_statements, usual.schema_statements);
  EXPECT_EQ(limits_within(32 * 1024).bytes, 16U * 1024);
  EXPECT_EQ(limits_within(32 * 1024).schema_statements, 16U);
  EXPECT_EQ(limits_within(1024).schema_statements, 1U);
}

TEST(UnitCutter, AScriptSaysHowItIsCut) {
  const std::vector<Statement> three = {data(), data(), data()};
  Script script;
  script.shape.data_statements = 3;
  EXPECT_EQ(cut(unit_cutter(script, {.statements = 2}), three),
            "(transaction:1-2 transaction:3-3)");
  script.directives.transaction = TransactionMode::none;
  EXPECT_EQ(cut(unit_cutter(script, {}), three),
            "(transaction:1-1) (transaction:2-2) (transaction:3-3)");
  script.directives.transaction = TransactionMode::batch;
  script.directives.batch_size = 2;
  EXPECT_EQ(cut(unit_cutter(script, {}), three), "(transaction:1-2) (transaction:3-3)");
  script.directives.transaction = TransactionMode::automatic;
  script.shape.schema_statements = 1;
  EXPECT_EQ(cut(unit_cutter(script, {.statements = 2}), three),
            "(transaction:1-2) (transaction:3-3)");
}

}  // namespace
}  // namespace migrate::core
