#include "core/unit.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

using Mode = UnitCutter::Mode;

Statement data(const std::string& text = "d") {
  return {.text = text, .effect = Effect::data};
}
Statement schema() {
  return {.text = "s", .effect = Effect::schema};
}
Statement neutral() {
  return {.text = "n", .effect = Effect::neutral};
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

/// A part as "kind:first-last", with "(" before it where it opens its unit, ")" behind it where it
/// closes it and "*" where the next commit does.
std::string words(const UnitPart& part) {
  static const std::vector<std::string> kinds = {"session", "statement", "transaction",
                                                 "file_transaction", "locked"};
  std::string text = part.opens ? "(" : "";
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

TEST(UnitCutter, EachSchemaOrNeutralStatementIsAUnit) {
  EXPECT_EQ(cut({schema(), schema(), neutral()}),
            "(statement:1-1) (statement:2-2) (statement:3-3)");
}

TEST(UnitCutter, ASchemaStatementIsReturnedAtOnce) {
  UnitCutter cutter(Mode::statement_by_statement, {});
  EXPECT_EQ(cutter.push({.index = 1, .statement = schema()}).size(), 1U);
  EXPECT_TRUE(cutter.finish().empty());
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
  EXPECT_EQ(cut({begin, data(), lock, unlock}), "(file_transaction:1-2*) (locked:3-4)");
}

TEST(UnitCutter, ATransactionOfTheFileIsOnePieceWhateverTheLimits) {
  EXPECT_EQ(cut({begin, data(), data(), commit}, {.statements = 2}, 1),
            "(file_transaction:1-2 file_transaction:3-4)");
}

TEST(UnitCutter, ATransactionThatNothingClosesEndsWithTheFile) {
  EXPECT_EQ(cut({begin, data()}), "(file_transaction:1-2)");
}

TEST(UnitCutter, TableLocksHoldTogetherWhateverIsBetween) {
  EXPECT_EQ(cut({lock, data(), schema(), session(), commit, unlock, data()}),
            "(locked:1-6) (transaction:7-7)");
}

TEST(UnitCutter, TableLocksEndWithBeginOrTheFile) {
  EXPECT_EQ(cut({lock, data(), begin, data(), commit}), "(locked:1-2) (file_transaction:3-5)");
  EXPECT_EQ(cut({lock, data()}), "(locked:1-2)");
  EXPECT_EQ(cut({lock, data(), lock, data(), unlock}), "(locked:1-5)");
}

TEST(UnitCutter, AScriptSaysHowItIsCut) {
  const std::vector<Statement> three = {data(), data(), data()};
  Script script{.shape = {.data_statements = 3}};
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
