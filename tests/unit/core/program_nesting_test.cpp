// Stored programs and compound statements that come without DELIMITER.
#include <gtest/gtest.h>

#include "split_support.h"

namespace migrate::core::testing {
namespace {

class WholeProgram : public ::testing::TestWithParam<const char*> {};

// Each is one statement, whatever follows, and travels alone.
TEST_P(WholeProgram, IsOneStatement) {
  const std::string program = GetParam();
  const SplitOutcome outcome = split(program + ";\nSELECT 'next';");
  ASSERT_FALSE(outcome.failed) << outcome.error.message;
  EXPECT_EQ(outcome.statements(), (std::vector<std::string>{program, "SELECT 'next'"}));
  ASSERT_FALSE(outcome.pieces.empty());
  EXPECT_EQ(outcome.pieces[0].travel, Travel::alone);
  EXPECT_EQ(outcome.pieces[0].effect, Effect::schema);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, WholeProgram,
    ::testing::Values(
        "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END", "CREATE PROCEDURE p() SELECT 1",
        "CREATE PROCEDURE p() BEGIN END",
        "CREATE OR REPLACE DEFINER = 'me'@'localhost' PROCEDURE p() BEGIN SELECT 1; END",
        "CREATE DEFINER=foo@..wtf$legal. PROCEDURE p() BEGIN SELECT 1; END",
        "CREATE DEFINER=CURRENT_USER() FUNCTION f() RETURNS INT BEGIN RETURN 1; END",
        "CREATE FUNCTION IF NOT EXISTS f(a INT, b ENUM('x','y')) RETURNS VARCHAR(10) CHARACTER SET "
        "utf8mb4 DETERMINISTIC BEGIN DECLARE c INT DEFAULT 1; RETURN c; END",
        "CREATE FUNCTION f() RETURNS INT RETURN CASE WHEN 1 THEN 2 ELSE 3 END",
        "CREATE FUNCTION f(a INT) RETURNS INT RETURN IF(a, 1, 2)",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF NEW.x < 0 THEN SET NEW.x = 0; END IF",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = REPLACE(NEW.x, ';', '')",
        "CREATE TRIGGER IF NOT EXISTS t AFTER UPDATE ON a FOR EACH ROW FOLLOWS `begin` BEGIN "
        "INSERT INTO l VALUES (1); END",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS (NOW() + INTERVAL 1 DAY) COMMENT 'do' DO "
        "BEGIN DELETE FROM a; DELETE FROM b; END",
        "CREATE EVENT IF NOT EXISTS e ON SCHEDULE AT NOW() DO DELETE FROM a",
        "ALTER EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; END",
        "CREATE PROCEDURE p() lp: LOOP SET @a = 1; LEAVE lp; END LOOP lp",
        "CREATE PROCEDURE p() BLOCK1 : BEGIN IF @a THEN LEAVE BLOCK1; END IF; END BLOCK1",
        "CREATE PROCEDURE p() BEGIN WHILE @a > 0 DO SET @a = @a - 1; END WHILE; SELECT 1; END",
        "CREATE PROCEDURE p() BEGIN REPEAT SET @a = REPEAT('x', 3); UNTIL @a END REPEAT; SELECT 1; "
        "END",
        "CREATE PROCEDURE p() BEGIN IF IF(@a, 1, 0) THEN SELECT 1; ELSEIF @b THEN SELECT 2; ELSE "
        "SELECT 3; END IF; END",
        "CREATE PROCEDURE p() BEGIN IF CASE WHEN @a THEN 1 ELSE 0 END THEN SELECT 1; END IF; END",
        "CREATE PROCEDURE p() BEGIN CASE @a WHEN 1 THEN SELECT 1; WHEN 2 THEN BEGIN SELECT 2; END; "
        "ELSE SELECT CASE 1 WHEN 1 THEN 2 END; END CASE; END",
        "CREATE PROCEDURE p() BEGIN SELECT end, begin, t.case, t.if, `if`, @end FROM end; END",
        "CREATE PROCEDURE p() BEGIN INSERT INTO `begin` (`end`, begin) VALUES (1, 2); UPDATE t SET "
        "end = 1; END",
        "CREATE PROCEDURE p(IN end INT, OUT begin INT) BEGIN SET begin = end; END",
        "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION, SQLSTATE '42000', 1051 "
        "BEGIN ROLLBACK; RESIGNAL; END; SELECT 1; END",
        "CREATE PROCEDURE p() BEGIN DECLARE d INT; DECLARE c CURSOR FOR SELECT 1; DECLARE CONTINUE "
        "HANDLER FOR NOT FOUND SET d = 1; OPEN c; END",
        "CREATE PROCEDURE p() BEGIN START TRANSACTION; COMMIT; DROP TABLE IF EXISTS t; CREATE "
        "TABLE "
        "IF NOT EXISTS t (a INT); END",
        "CREATE PROCEDURE p() COMMENT 'begin;' LANGUAGE SQL NOT DETERMINISTIC MODIFIES SQL DATA "
        "SQL "
        "SECURITY INVOKER BEGIN SELECT 1; END",
        "CREATE PROCEDURE p() BEGIN DECLARE b CHAR(1) CHARACTER SET utf8mb4; SET b = 'x'; END",
        "CREATE AGGREGATE FUNCTION f(x INT) RETURNS INT BEGIN LOOP FETCH GROUP NEXT ROW; END LOOP; "
        "END",
        "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END", "IF @a THEN SELECT 1; ELSE SELECT 2; END IF",
        "WHILE @a DO SET @a = 0; END WHILE", "FOR i IN 1..3 DO SELECT i; END FOR",
        "CREATE PACKAGE p PROCEDURE a(); FUNCTION b() RETURNS INT; END",
        "CREATE PACKAGE BODY p PROCEDURE a() BEGIN SELECT 1; END; FUNCTION b() RETURNS INT RETURN "
        "1; "
        "END",
        "SET STATEMENT max_statement_time=1 FOR BEGIN NOT ATOMIC SELECT 1; END",
        "CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE JAVASCRIPT AS $$ let b = \"it's;\"; return "
        "b; $$",
        "CREATE FUNCTION f() RETURNS INT LANGUAGE JAVASCRIPT AS $js$ return '$$'; $js$"));

class OracleProgram : public ::testing::TestWithParam<const char*> {};

TEST_P(OracleProgram, IsOneStatement) {
  const std::string program = GetParam();
  const SplitOutcome outcome = split("SET sql_mode=ORACLE;" + program + ";SELECT 'next';");
  ASSERT_FALSE(outcome.failed) << outcome.error.message;
  EXPECT_EQ(outcome.statements(),
            (std::vector<std::string>{"SET sql_mode=ORACLE", program, "SELECT 'next'"}));
}

INSTANTIATE_TEST_SUITE_P(
    Programs, OracleProgram,
    ::testing::Values(
        "CREATE OR REPLACE PROCEDURE p AS a INT := 1; BEGIN SELECT a; END",
        "CREATE FUNCTION f(a INT) RETURN INT IS BEGIN RETURN a; END", "BEGIN SELECT 1; END",
        "DECLARE a INT; BEGIN a := 1; SELECT a; END", "<<top>> BEGIN SELECT 1; END",
        "CREATE PROCEDURE p AS BEGIN FOR i IN 1..3 LOOP SELECT i; EXIT WHEN i > 1; END LOOP; END p",
        "CREATE PROCEDURE p AS BEGIN SELECT 1; EXCEPTION WHEN OTHERS THEN SELECT 2; END",
        "CREATE PROCEDURE p AS BEGIN WHILE 1 LOOP NULL; END LOOP; IF 1 THEN NULL; ELSIF 2 THEN "
        "NULL; END IF; END",
        "CREATE PACKAGE p AS PROCEDURE a; FUNCTION b RETURN INT; END",
        "CREATE PACKAGE BODY p AS x INT := 1; PROCEDURE a AS BEGIN SELECT 1; END; FUNCTION b "
        "RETURN "
        "INT AS y INT; BEGIN RETURN 1; END; BEGIN x := 2; END"));

TEST(Programs, TransactionsAreNotBlocks) {
  EXPECT_EQ(
      statements("BEGIN; COMMIT; BEGIN WORK; START TRANSACTION; XA BEGIN 'x'; XA END 'x';").size(),
      6U);
}

TEST(Programs, OtherStatementsWithTheSameWordsEndAtTheSemicolon) {
  EXPECT_EQ(statements("CREATE TABLE procedure_begin (begin INT, end INT); SELECT 1;").size(), 2U);
  EXPECT_EQ(
      statements("CREATE TABLE `procedure` (a INT); CREATE VIEW v AS SELECT CASE WHEN 1 THEN 2 "
                 "END; SELECT begin FROM end; ALTER TABLE t ADD end INT; DROP PROCEDURE p")
          .size(),
      5U);
}

TEST(Programs, AnUnfinishedOneIsAnErrorWhereItBegan) {
  const SplitOutcome outcome =
      split("SELECT 1;\n CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END; SELECT 2;");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{11, 2, 2}));
}

}  // namespace
}  // namespace migrate::core::testing
