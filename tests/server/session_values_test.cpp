// What a session held comes back with its exact type, through the journal.
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "core/fault.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

const core::StepId step{core::StepKind::versioned, "1"};

class SessionValues : public ::testing::TestWithParam<std::string> {
 protected:
  SessionValues() : schema_(RealServer::named(GetParam())), raw_(schema_.connection()) {
    first_ = connect();
    first_->history().prepare();
  }

  std::unique_ptr<port::Session> connect() {
    static const mysql::ClientLibrary library;
    return mysql::open_server(schema_.connection(), {.run_id = "run-1"})->connect();
  }

  static void run(port::Session& session, const core::PacketItem& item) {
    const auto outcome = session.run({item}, [](const core::ItemResult&) {});
    EXPECT_EQ(outcome.error.message, "");
  }
  static void run(port::Session& session, const std::string& text) {
    run(session, core::PacketItem(core::Statement{.text = text}));
  }

  core::SessionValues kept(const std::vector<std::string>& names) {
    run(*first_, core::JournalWrite(core::journal::Intended{.id = step, .first = 3}));
    run(*first_, core::JournalWrite(core::journal::ValuesKept{
                     .id = step, .first = 3, .next = 5, .variables = names}));
    return connect()->history().load().journal.at(0).session;
  }

  /// Type, value and bytes of @x as the session has it, in a table of that name.
  std::string shape_of_x(port::Session& session, const std::string& table) {
    run(session,
        "CREATE TABLE " + table +
            " AS SELECT @x AS x, HEX(CONCAT(@x)) AS bytes, COLLATION(@x) AS its_collation, "
            "COERCIBILITY(@x) AS its_coercibility");
    std::string shape = raw_.query("SHOW CREATE TABLE " + table).at(0).at(1).value();
    shape = std::regex_replace(shape, std::regex("`" + table + "`"), "t");
    const Row row = raw_.query("SELECT * FROM " + table).at(0);
    for (const auto& value : row) shape += "|" + value.value_or("NULL");
    return shape;
  }

  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Session> first_;
};

TEST_P(SessionValues, AreOfTheSameTypeAgain) {
  int number = 0;
  for (const char* value : {"NULL",
                            "5",
                            "-5",
                            "0",
                            "-9223372036854775808",
                            "18446744073709551615",
                            "CAST(7 AS UNSIGNED)",
                            "0.1",
                            "0.10",
                            "-12345678901234567890123.5",
                            "CAST(5 AS DECIMAL(10,0))",
                            "CAST(0 AS DECIMAL(10,2))",
                            "1e-1",
                            "0.1e0 + 0.2e0",
                            "-3e-200",
                            "1e300",
                            "5e0",
                            "''",
                            "'it''s; a, \\\\ text'",
                            "'5'",
                            "'emoji 😀'",
                            "_utf8mb4'x' COLLATE utf8mb4_bin",
                            "_latin1 x'e9' COLLATE latin1_german2_ci",
                            "_utf16 x'00410042'",
                            "x'00ff27'",
                            "_binary''",
                            "b'101'",
                            "TRUE",
                            "DATE'2020-01-02'",
                            "TIMESTAMP'2020-01-02 03:04:05.678'",
                            "JSON_OBJECT('a', 1)",
                            "REPEAT('ä', 20000)"}) {
    SCOPED_TRACE(value);
    run(*first_, std::string("SET @x = ") + value);
    const core::SessionValues values = kept({"x"});
    EXPECT_EQ(values.next, 5U);
    const auto other = connect();
    other->restore(values);
    ++number;
    const std::string before = shape_of_x(*first_, "before_" + std::to_string(number));
    EXPECT_EQ(shape_of_x(*other, "after_" + std::to_string(number)), before);
  }
}

TEST_P(SessionValues, WhateverTheSessionMadeOfItself) {
  run(*first_, "SET @x = 'it''s', @`q``uo ted` = 1.50, @never_ending = 7");
  for (const char* mode :
       {"SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'", "SET NAMES latin1",
        "SET SESSION TRANSACTION READ ONLY", "SET character_set_results = utf16",
        "SET collation_connection = utf16_bin"}) {
    SCOPED_TRACE(mode);
    const auto session = connect();
    run(*session, "SET @x = 'it''s', @`q``uo ted` = 1.50, @never_ending = 7");
    run(*session, mode);
    const auto wrote = session->run(
        {core::BeginTransaction{},
         core::JournalWrite(core::journal::Intended{.id = step, .first = 3}),
         core::JournalWrite(core::journal::ValuesKept{
             .id = step, .first = 3, .next = 5, .variables = {"nobody", "q`uo ted", "x"}}),
         core::CommitTransaction{}},
        [](const core::ItemResult&) {});
    ASSERT_EQ(wrote.error.message, "");
    const core::SessionValues values = connect()->history().load().journal.at(0).session;
    const auto other = connect();
    other->restore(values);
    EXPECT_EQ(other->user_variable("x"), "it's");
    EXPECT_EQ(other->user_variable("q`uo ted"), "1.50");
    EXPECT_EQ(other->user_variable("nobody"), std::nullopt);
  }
}

TEST_P(SessionValues, UnderTableLocksOfTheFile) {
  run(*first_, "CREATE TABLE numbers (id INT)");
  run(*first_, "SET @x = 'kept'");
  run(*first_, core::Statement{.text = "LOCK TABLES numbers WRITE", .locks_history = true});
  const auto wrote =
      first_->run({core::BeginTransaction{core::TableLocks::held},
                   core::JournalWrite(core::journal::Intended{.id = step, .first = 3}),
                   core::JournalWrite(core::journal::ValuesKept{
                       .id = step, .first = 3, .next = 5, .variables = {"nobody", "x"}}),
                   core::CommitTransaction{core::TableLocks::held}},
                  [](const core::ItemResult&) {});
  ASSERT_EQ(wrote.error.message, "");
  first_->reset();
  const core::SessionValues values = connect()->history().load().journal.at(0).session;
  const auto other = connect();
  other->restore(values);
  EXPECT_EQ(other->user_variable("x"), "kept");
}

TEST_P(SessionValues, WithLastInsertIdWhichTheJournalDoesNotDisturb) {
  run(*first_, "CREATE TABLE numbers (id INT AUTO_INCREMENT PRIMARY KEY, n INT)");
  run(*first_, "INSERT INTO numbers VALUES (41, 1)");
  run(*first_, "INSERT INTO numbers (n) VALUES (2)");
  const core::SessionValues values = kept({});
  EXPECT_EQ(values.last_insert_id, 42U);
  run(*first_, core::JournalWrite(core::journal::Done{.id = step, .first = 3}));
  run(*first_, "INSERT INTO numbers VALUES (100, LAST_INSERT_ID())");
  const auto other = connect();
  other->restore(values);
  run(*other, "INSERT INTO numbers VALUES (200, LAST_INSERT_ID())");
  EXPECT_EQ(raw_.value("SELECT GROUP_CONCAT(n) FROM numbers WHERE id >= 100"), "42,42");
}

TEST_P(SessionValues, TooLongOnesAreNotKept) {
  run(*first_, "SET @x = REPEAT('x', 200000), @y = 5");
  EXPECT_EQ(kept({"x"}).variables.size(), 1U);
  const auto both = kept({"x", "y"}).variables;
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].name, "y");
}

TEST_P(SessionValues, ARefusalDoesNotTellTheValue) {
  try {
    first_->restore({.variables = {{.name = "x",
                                    .type = core::UserVariable::Type::text,
                                    .value = "secret",
                                    .charset = "utf8mb4",
                                    .collation = "nonsense"}}});
    FAIL();
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::statement_failed);
    EXPECT_EQ(std::string(fault.what()).find("736563726574"), std::string::npos) << fault.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Real, SessionValues, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SessionValues);

}  // namespace
}  // namespace migrate::testing
