#include "core/splitter.h"

#include <gtest/gtest.h>

#include "split_support.h"

namespace migrate::core::testing {
namespace {

using Texts = std::vector<std::string>;
using namespace std::string_literals;

// Plain statements

TEST(Splitter, AnEmptyFileHoldsNothing) {
  EXPECT_EQ(statements(""), Texts{});
  EXPECT_EQ(statements(" \n\t\r\n"), Texts{});
}

TEST(Splitter, ASemicolonEndsAStatement) {
  EXPECT_EQ(statements("SELECT 1;SELECT 2 ; SELECT 3\n;"),
            (Texts{"SELECT 1", "SELECT 2", "SELECT 3"}));
}

TEST(Splitter, TheLastStatementNeedsNoSemicolon) {
  EXPECT_EQ(statements("SELECT 1;\nSELECT 2"), (Texts{"SELECT 1", "SELECT 2"}));
  EXPECT_EQ(statements("SELECT 1;\nSELECT 2 -- done"), (Texts{"SELECT 1", "SELECT 2"}));
}

TEST(Splitter, AnEmptyStatementIsNone) {
  EXPECT_EQ(statements(";; SELECT 1;;\n;"), Texts{"SELECT 1"});
  EXPECT_EQ(statements("/* nothing */;"), Texts{});
  EXPECT_EQ(statements("/*+ NO_ICP(t) */;"), Texts{});
  EXPECT_EQ(statements("DELIMITER $$\n;\n$$\nSELECT 1$$"), Texts{"SELECT 1"});
}

TEST(Splitter, FillerBetweenStatementsIsReturned) {
  const SplitOutcome outcome = split("  SELECT 1 -- one\n;\n");
  ASSERT_EQ(outcome.pieces.size(), 3U);
  EXPECT_EQ(outcome.pieces[0].text, "  ");
  EXPECT_EQ(outcome.pieces[1].text, "SELECT 1");
  EXPECT_EQ(outcome.pieces[2].text, " -- one\n;\n");
}

TEST(Splitter, PositionsCountLinesAndColumns) {
  const SplitOutcome outcome = split("a;\r\n  b;\rc;\n\n d");
  std::vector<Position> positions;
  for (const auto& piece : outcome.pieces) {
    if (piece.kind == Piece::Kind::statement) positions.push_back(piece.position);
  }
  EXPECT_EQ(positions, (std::vector<Position>{{0, 1, 1}, {6, 2, 3}, {9, 3, 1}, {14, 5, 2}}));
}

// DELIMITER

TEST(Delimiter, ReplacesTheSemicolonUntilTheNext) {
  EXPECT_EQ(statements("DELIMITER $$\nCREATE PROCEDURE a() BEGIN SELECT 1; END$$\n"
                       "delimiter ;\nSELECT 2;"),
            (Texts{"CREATE PROCEDURE a() BEGIN SELECT 1; END", "SELECT 2"}));
}

TEST(Delimiter, AloneOnItsLineIsAnError) {
  const SplitOutcome outcome = split("SELECT 1;\nDELIMITER\n$$\nSELECT 2$$");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{10, 2, 1}));
  EXPECT_NE(outcome.error.message.find("without an argument"), std::string::npos);
  EXPECT_TRUE(split("DELIMITER").failed);
  EXPECT_TRUE(split("DELIMITER  \t \nSELECT 1").failed);
  EXPECT_TRUE(split("DELIMITER;\nSELECT 1").failed);
  EXPECT_TRUE(split("DELIMITER ''\nSELECT 1").failed);
}

TEST(Delimiter, WithABackslashIsAnError) {
  const SplitOutcome outcome = split("\n DELIMITER \\\\\nSELECT 1");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{2, 2, 2}));
  EXPECT_NE(outcome.error.message.find("backslash"), std::string::npos);
}

TEST(Delimiter, InACommentIsText) {
  EXPECT_EQ(statements("/*\nDELIMITER $$\n*/\nSELECT 1;SELECT 2;"),
            (Texts{"SELECT 1", "SELECT 2"}));
}

TEST(Delimiter, InAStatementIsText) {
  EXPECT_EQ(statements("SELECT a AS\ndelimiter FROM t;SELECT 2"),
            (Texts{"SELECT a AS\ndelimiter FROM t", "SELECT 2"}));
}

TEST(Delimiter, MustBeginItsLine) {
  const SplitOutcome outcome = split("SELECT 1; DELIMITER $$\nSELECT 2$$");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{10, 1, 11}));
}

TEST(Delimiter, MayBeGluedToAName) {
  EXPECT_EQ(statements("DELIMITER $$\nDROP PROCEDURE IF EXISTS tidy$$\nSELECT 1$$"),
            (Texts{"DROP PROCEDURE IF EXISTS tidy", "SELECT 1"}));
}

TEST(Delimiter, MayStayUntilTheEndOfTheFile) {
  EXPECT_EQ(statements("DELIMITER ^\nCREATE PROCEDURE a() SELECT 1; ^\n"),
            Texts{"CREATE PROCEDURE a() SELECT 1;"});
  EXPECT_EQ(statements("DELIMITER |\nSELECT 1|\nSELECT 2"), (Texts{"SELECT 1", "SELECT 2"}));
}

TEST(Delimiter, MayLookLikeAComment) {
  EXPECT_EQ(statements("delimiter #\nSELECT 1#\nSELECT 2#"), (Texts{"SELECT 1", "SELECT 2"}));
  EXPECT_EQ(statements("delimiter --\nSELECT 1--\nSELECT 2 --"), (Texts{"SELECT 1", "SELECT 2"}));
  EXPECT_EQ(statements("delimiter //\nSELECT 4/2//\nSELECT 2//"),
            (Texts{"SELECT 4/2", "SELECT 2"}));
}

TEST(Delimiter, MayBeTwoSemicolons) {
  EXPECT_EQ(statements("delimiter ;;\nCREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW BEGIN\n"
                       "SET NEW.x = 1;\nEND\n;;\nDELIMITER ;\nSELECT 1;"),
            (Texts{"CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW BEGIN\nSET NEW.x = 1;\nEND",
                   "SELECT 1"}));
}

TEST(Delimiter, MayBeQuoted) {
  EXPECT_EQ(statements("DELIMITER '$$'\nSELECT 1$$"), Texts{"SELECT 1"});
  EXPECT_EQ(statements("DELIMITER \"//\" rest\nSELECT 1//"), Texts{"SELECT 1"});
  EXPECT_EQ(statements("DELIMITER 'go on'\nSELECT 1 go on SELECT 2"),
            (Texts{"SELECT 1", "SELECT 2"}));
}

TEST(Delimiter, MayBeTheWordDelimiter) {
  EXPECT_EQ(statements("DELIMITER delimiter\nSELECT 1 delimiter\nSELECT 2\ndelimiter\n"
                       "DELIMITER ;\nSELECT 3;"),
            (Texts{"SELECT 1", "SELECT 2", "SELECT 3"}));
}

TEST(Delimiter, MayBeginLikeOtherText) {
  EXPECT_EQ(statements("DELIMITER :;\nSELECT ':;', @a:=1:;\nSELECT 2:;"),
            (Texts{"SELECT ':;', @a:=1", "SELECT 2"}));
}

TEST(Delimiter, MayBeMultiByteAndStandInAString) {
  EXPECT_EQ(statements("DELIMITER \xC2\xA7\xC2\xA7\nSELECT '\xC2\xA7\xC2\xA7', \xC2\xA7 "
                       "\xC2\xA7\xC2\xA7SELECT 2\xC2\xA7\xC2\xA7"),
            (Texts{"SELECT '\xC2\xA7\xC2\xA7', \xC2\xA7", "SELECT 2"}));
}

TEST(Delimiter, TheRestOfTheLineIsIgnored) {
  EXPECT_EQ(statements("DELIMITER $$ -- two dollars\nSELECT 1;$$\r\nDELIMITER ; $$\r\nSELECT 2;"),
            (Texts{"SELECT 1;", "SELECT 2"}));
}

TEST(Delimiter, AStatementThatHoldsASemicolonTravelsAlone) {
  EXPECT_EQ(only_statement("DELIMITER $$\nSELECT 1; SELECT 2$$").travel, Travel::alone);
  EXPECT_EQ(only_statement("DELIMITER $$\nSELECT ';'$$").travel, Travel::together);
}

// Comments

TEST(Comments, QuotesInsideThemAreText) {
  EXPECT_EQ(statements("-- don't\nSELECT 1; # it's \"half\n/* a ` and ' */ SELECT 2;"),
            (Texts{"SELECT 1", "SELECT 2"}));
}

TEST(Comments, SemicolonsInsideThemAreText) {
  EXPECT_EQ(statements("SELECT 1 /* ; */ + 1 -- ;\n + 2 # ;\n;SELECT 2"),
            (Texts{"SELECT 1 /* ; */ + 1 -- ;\n + 2", "SELECT 2"}));
}

TEST(Comments, StarsAndDashesEndABlock) {
  EXPECT_EQ(statements("/** doc **/SELECT 1;/* ----- */SELECT 2;/***/SELECT 3;/*/ */SELECT 4"),
            (Texts{"SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4"}));
}

TEST(Comments, BehindTheSemicolon) {
  EXPECT_EQ(statements("SELECT 1; -- one; two\nSELECT '-->'; --\nSELECT 2;--"),
            (Texts{"SELECT 1", "SELECT '-->'", "SELECT 2"}));
}

TEST(Comments, TwoDashesNeedWhiteSpaceBehind) {
  EXPECT_EQ(statements("SELECT 5--1;SELECT 2"), (Texts{"SELECT 5--1", "SELECT 2"}));
  EXPECT_EQ(statements("SELECT 1 --\t;\n;SELECT 2"), (Texts{"SELECT 1", "SELECT 2"}));
  EXPECT_EQ(statements("--\nSELECT 1;\n--"), Texts{"SELECT 1"});
  EXPECT_EQ(statements("--text;"), Texts{"--text"});
}

TEST(Comments, ANoBreakSpaceIsNotWhiteSpace) {
  EXPECT_EQ(statements("SELECT 1 --\xC2\xA0;\nSELECT 2;"),
            (Texts{"SELECT 1 --\xC2\xA0", "SELECT 2"}));
}

TEST(Comments, AFileOfOneBigComment) {
  const std::string text = "/* " + std::string(300'000, 'x') + " ' ; */";
  const SplitOutcome outcome = split_in_chunks(text, {}, [] { return 1000; });
  EXPECT_EQ(outcome.joined(), text);
  EXPECT_TRUE(outcome.statements().empty());
  for (const auto& piece : outcome.pieces) EXPECT_LE(piece.text.size(), 65536U);
  EXPECT_TRUE(outcome.pieces ==
              split_in_chunks(text, {}, [] { return std::string_view::npos; }).pieces);
}

TEST(Comments, AnUnterminatedOneIsAnErrorWhereItBegan) {
  SplitOutcome outcome = split("SELECT 1;\n  /* open");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{12, 2, 3}));
  EXPECT_EQ(outcome.statements(), Texts{"SELECT 1"});
  const std::string big = "\n /*" + std::string(200'000, '\n');
  outcome = split_in_chunks(big, {}, [] { return 777; });
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{2, 2, 2}));
}

TEST(Comments, AHintBelongsToItsStatement) {
  EXPECT_EQ(statements("SELECT /*+ MAX_EXECUTION_TIME(9) */ 1; SELECT 2"),
            (Texts{"SELECT /*+ MAX_EXECUTION_TIME(9) */ 1", "SELECT 2"}));
}

// Conditional comments

TEST(ConditionalComments, BelongToTheStatement) {
  EXPECT_EQ(statements("CREATE /*!32302 TEMPORARY */ TABLE t (a INT) /*!50100 ENGINE=InnoDB */ ;"),
            Texts{"CREATE /*!32302 TEMPORARY */ TABLE t (a INT) /*!50100 ENGINE=InnoDB */"});
}

TEST(ConditionalComments, AreAStatementAlone) {
  const SplitPiece piece = only_statement("/*!50001 CREATE TABLE t (a INT) */;\n");
  EXPECT_EQ(piece.text, "/*!50001 CREATE TABLE t (a INT) */");
  EXPECT_EQ(piece.effect, Effect::schema);
  EXPECT_EQ(statements("/*M!100100 SELECT 1 */; /*! SELECT 2 */;"),
            (Texts{"/*M!100100 SELECT 1 */", "/*! SELECT 2 */"}));
}

TEST(ConditionalComments, HoldSemicolonsOfAProgram) {
  const SplitPiece piece = only_statement(
      "/*!50003 CREATE*/ /*!50017 DEFINER=`me`@`%`*/ /*!50003 TRIGGER a BEFORE INSERT ON t\n"
      "FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.b = 2; END */;\n");
  EXPECT_EQ(piece.travel, Travel::alone);
  EXPECT_EQ(piece.effect, Effect::schema);
}

TEST(ConditionalComments, MayHoldACommentOrAString) {
  EXPECT_EQ(statements("/*!50001 SELECT /* one */ ';*/' */;SELECT 2;"),
            (Texts{"/*!50001 SELECT /* one */ ';*/' */", "SELECT 2"}));
}

TEST(ConditionalComments, TheSandboxLineOfADumpIsFiller) {
  EXPECT_EQ(statements("/*!999999\\- enable the sandbox mode */ \n-- dump\nSELECT 1;"),
            Texts{"SELECT 1"});
  EXPECT_EQ(statements("/*M!999999\\- enable the sandbox mode */ \nSELECT 1;"), Texts{"SELECT 1"});
}

TEST(ConditionalComments, AnUnterminatedOneIsAnError) {
  const SplitOutcome outcome = split("SELECT 1;\n/*!50003 SELECT 2;");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{10, 2, 1}));
}

// Strings

TEST(Strings, HoldSemicolons) {
  EXPECT_EQ(statements(R"(SELECT "a\";b";SELECT 'it''s;';SELECT 'a\\';SELECT 1)"),
            (Texts{R"(SELECT "a\";b")", "SELECT 'it''s;'", R"(SELECT 'a\\')", "SELECT 1"}));
  EXPECT_EQ(statements("SELECT `a;``b;\\`;SELECT 1"), (Texts{"SELECT `a;``b;\\`", "SELECT 1"}));
}

TEST(Strings, HoldWhatLooksLikeASectionOrAVariable) {
  EXPECT_EQ(statements("INSERT INTO t VALUES ('\nDown;\n-- migrate: x\n${NAME}');SELECT 1"),
            (Texts{"INSERT INTO t VALUES ('\nDown;\n-- migrate: x\n${NAME}')", "SELECT 1"}));
}

TEST(Strings, AnUnterminatedOneIsAnErrorWhereItBegan) {
  const SplitOutcome outcome = split("SELECT 1;\nSELECT 'it''s;\n");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{17, 2, 8}));
  EXPECT_TRUE(split("SELECT `a;").failed);
  EXPECT_TRUE(split("INSERT INTO t VALUES (\"a\\").failed);
}

TEST(SqlMode, NoBackslashEscapesInMidFile) {
  EXPECT_EQ(statements("SELECT 'a\\';b';SET sql_mode='NO_BACKSLASH_ESCAPES';SELECT 'a\\';SELECT 2"),
            (Texts{"SELECT 'a\\';b'", "SET sql_mode='NO_BACKSLASH_ESCAPES'", "SELECT 'a\\'",
                   "SELECT 2"}));
}

TEST(SqlMode, AnsiQuotesInMidFile) {
  EXPECT_EQ(statements("SELECT \"a\\\";\";SET SESSION sql_mode = 'STRICT_ALL_TABLES,ansi_quotes';"
                       "SELECT \"a\\\";SELECT 2"),
            (Texts{"SELECT \"a\\\";\"", "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ansi_quotes'",
                   "SELECT \"a\\\"", "SELECT 2"}));
}

TEST(SqlMode, IsFollowedThroughFunctionsAndVariables) {
  const std::string last = "SELECT 'a\\';SELECT 2";
  for (const std::string set :
       {"SET @@sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')",
        "SET @@session.sql_mode := CONCAT_WS(',', @@sql_mode, 'NO_BACKSLASH_ESCAPES')",
        "SET @a = 1, LOCAL sql_mode = NO_BACKSLASH_ESCAPES", "SET sql_mode = 1048576",
        "/*!40101 SET @a = @@sql_mode, sql_mode = 'NO_BACKSLASH_ESCAPES' */",
        "SET @m = 'NO_BACKSLASH_ESCAPES', sql_mode = @m"}) {
    EXPECT_EQ(statements(set + ";" + last), (Texts{set, "SELECT 'a\\'", "SELECT 2"}));
  }
  for (const std::string set :
       {"SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'", "SET @sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "SET @@global.sql_mode = 'NO_BACKSLASH_ESCAPES'",
        "SET sql_mode = REPLACE(CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES'), "
        "'no_backslash_escapes', '')"}) {
    EXPECT_EQ(statements(set + ";SELECT 'a\\';';SELECT 2"),
              (Texts{set, "SELECT 'a\\';'", "SELECT 2"}));
  }
}

TEST(SqlMode, IsRestoredFromAUserVariable) {
  EXPECT_EQ(statements("SET @old = @@sql_mode;SET sql_mode = 'NO_BACKSLASH_ESCAPES';"
                       "SET sql_mode = @old;SELECT 'a\\';'")
                .size(),
            4U);
}

TEST(SqlMode, UnknownMakesWhatFollowsTravelAlone) {
  const SplitOutcome outcome = split("SELECT 1;SET sql_mode = (SELECT m FROM t);SELECT 2;");
  std::vector<Travel> travels;
  for (const auto& piece : outcome.pieces) {
    if (piece.kind == Piece::Kind::statement) travels.push_back(piece.travel);
  }
  EXPECT_EQ(travels, (std::vector<Travel>{Travel::together, Travel::together, Travel::alone}));
}

TEST(SqlMode, OfTheSessionIsAnOption) {
  EXPECT_EQ(statements("SELECT 'a\\';SELECT 2", {.no_backslash_escapes = true}).size(), 2U);
  EXPECT_EQ(statements("SELECT \"a\\\";SELECT 2", {.ansi_quotes = true}).size(), 2U);
}

// Bytes

TEST(Bytes, AByteOrderMarkIsFiller) {
  EXPECT_EQ(statements("\xEF\xBB\xBFSELECT 1;"), Texts{"SELECT 1"});
  EXPECT_EQ(statements("\xEF\xBB\xBF"
                       "DELIMITER $$\nSELECT 1$$"),
            Texts{"SELECT 1"});
  EXPECT_EQ(statements("\xEF\xBB"), Texts{"\xEF\xBB"});
}

TEST(Bytes, LineEndsOfAllKinds) {
  EXPECT_EQ(statements("SELECT 1;\r\n-- c\r\nSELECT\r\n2;\r\n"),
            (Texts{"SELECT 1", "SELECT\r\n2"}));
  EXPECT_EQ(statements("SELECT 1;\rSELECT 2;\rDELIMITER $\rSELECT 3$\r"),
            (Texts{"SELECT 1", "SELECT 2", "SELECT 3"}));
}

TEST(Bytes, BinaryStringsAreKept) {
  EXPECT_EQ(statements("INSERT INTO t VALUES (_binary '\x80\xFF\0;\xC3')"s),
            Texts{"INSERT INTO t VALUES (_binary '\x80\xFF\0;\xC3')"s});
}

TEST(Bytes, ANulByteOutsideAStringIsAnError) {
  const SplitOutcome outcome = split("SELECT\n 1\0;"s);
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{9, 2, 3}));
  EXPECT_TRUE(split("\xFF\xFES\0E\0"s).failed);
  EXPECT_TRUE(split("-- a\0b\nSELECT 1"s).failed);
}

TEST(Bytes, TrailBytesOfTheClientsCharset) {
  // 0x815C: in gbk and sjis one character whose second byte is a backslash.
  for (const std::string charset : {"gbk", "sjis", "cp932", "gb18030"}) {
    const std::string set = "SET NAMES " + charset;
    const SplitOutcome outcome = split(set + ";SELECT '\x81\x5C';SELECT 2");
    EXPECT_EQ(outcome.statements(), (Texts{set, "SELECT '\x81\x5C'", "SELECT 2"}));
    EXPECT_EQ(outcome.pieces[2].travel, Travel::alone);
  }
  EXPECT_EQ(statements("SET CHARACTER SET 'big5';SELECT '\xA1\x5C';SELECT `\xA1\x60`").size(), 3U);
  EXPECT_EQ(statements("SET character_set_client = gbk;SELECT 1, '\x81\x5C';SELECT 2").size(), 3U);
  EXPECT_TRUE(split("SET NAMES utf8mb4;SELECT '\x81\x5C';SELECT 2").failed);
}

TEST(Bytes, ALongLineIsOneStatement) {
  std::string text = "INSERT INTO t VALUES (1,'a')";
  for (int i = 0; i < 200'000; ++i) text += ",(1,'a;b')";
  const SplitOutcome outcome = split_in_chunks(text + ";SELECT 1;", {}, [] { return 4096; });
  EXPECT_EQ(outcome.statements(), (Texts{text, "SELECT 1"}));
}

// Commands of the client

TEST(ClientCommands, AreErrors) {
  for (const std::string command : {"SOURCE other.sql", "\\. other.sql", "source other.sql;",
                                    "system ls", "\\! ls", "go", "quit"}) {
    const SplitOutcome outcome = split("SELECT 1;\n" + command + "\n");
    ASSERT_TRUE(outcome.failed) << command;
    EXPECT_EQ(outcome.error.position, (Position{10, 2, 1})) << command;
  }
  const SplitOutcome outcome = split("SELECT 1;\nSELECT 2\\G\n");
  ASSERT_TRUE(outcome.failed);
  EXPECT_EQ(outcome.error.position, (Position{18, 2, 9}));
  EXPECT_NE(outcome.error.message.find("\\G"), std::string::npos);
  EXPECT_TRUE(split("INSERT INTO t VALUES (1)\\g").failed);
}

TEST(ClientCommands, AreNamesInsideAStatement) {
  EXPECT_EQ(statements("SELECT a,\nsource,\nstatus FROM system;SELECT \\N"),
            (Texts{"SELECT a,\nsource,\nstatus FROM system", "SELECT \\N"}));
}

}  // namespace
}  // namespace migrate::core::testing
