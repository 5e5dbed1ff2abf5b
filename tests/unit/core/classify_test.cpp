#include <gtest/gtest.h>

#include "split_support.h"

namespace migrate::core::testing {
namespace {

struct Classified {
  const char* text;
  Effect effect;
  Bracket bracket = Bracket::none;
  Travel travel = Travel::together;
};

void PrintTo(const Classified& classified, std::ostream* out) {
  *out << classified.text;
}

class Classify : public ::testing::TestWithParam<Classified> {};

TEST_P(Classify, EffectBracketAndTravel) {
  const SplitPiece piece = only_statement(GetParam().text);
  EXPECT_EQ(piece.effect, GetParam().effect);
  EXPECT_EQ(piece.bracket, GetParam().bracket);
  EXPECT_EQ(piece.travel, GetParam().travel);
}

constexpr auto none = Bracket::none;
constexpr auto opens = Bracket::opens_transaction;
constexpr auto closes = Bracket::closes_transaction;
constexpr auto alone = Travel::alone;

INSTANTIATE_TEST_SUITE_P(
    Schema, Classify,
    ::testing::Values(Classified{"CREATE TABLE t (a INT)", Effect::schema},
                      Classified{"create or replace view v as select 1", Effect::schema},
                      Classified{"CREATE DEFINER=a@b SQL SECURITY INVOKER VIEW v AS SELECT 1",
                                 Effect::schema},
                      Classified{"DROP TABLE t", Effect::schema},
                      Classified{"ALTER TABLE t ADD b INT", Effect::schema},
                      Classified{"RENAME TABLE a TO b", Effect::schema},
                      Classified{"TRUNCATE t", Effect::schema},
                      Classified{"/*!50001 CREATE TABLE t (a INT) */", Effect::schema},
                      Classified{"EXECUTE s", Effect::schema, none, alone},
                      Classified{"FROBNICATE t", Effect::schema, none, alone},
                      Classified{"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @a=1",
                                 Effect::schema, none, alone},
                      Classified{"BEGIN NOT ATOMIC SELECT 1; END", Effect::schema, none, alone}));

INSTANTIATE_TEST_SUITE_P(
    Data, Classify,
    ::testing::Values(
        Classified{"INSERT INTO t VALUES (1)", Effect::data},
        Classified{"(SELECT 1) UNION (SELECT 2)", Effect::data},
        Classified{"WITH a AS (SELECT 1) UPDATE t, a SET t.x = 1", Effect::data},
        Classified{"HANDLER t OPEN", Effect::data}, Classified{"EXPLAIN SELECT 1", Effect::data},
        Classified{"DESCRIBE t", Effect::data}, Classified{"SHOW TABLES", Effect::data},
        Classified{"LOAD DATA INFILE 'x' INTO TABLE t", Effect::data},
        Classified{"LOAD DATA LOCAL INFILE 'x' INTO TABLE t", Effect::data, none, alone},
        Classified{"CALL p()", Effect::data, none, alone},
        Classified{"ANALYZE FORMAT=JSON SELECT 1", Effect::data},
        Classified{"SET STATEMENT max_statement_time=1 FOR DELETE FROM t", Effect::data}));

INSTANTIATE_TEST_SUITE_P(
    Session, Classify,
    ::testing::Values(
        Classified{"CREATE TEMPORARY TABLE t (a INT)", Effect::session},
        Classified{"DROP TEMPORARY TABLE t", Effect::session},
        Classified{"SET @a = 1, sql_mode = ''", Effect::session},
        Classified{"SET NAMES utf8mb4", Effect::session}, Classified{"USE other", Effect::session},
        Classified{"PREPARE s FROM @a", Effect::session}, Classified{"SAVEPOINT a", Effect::data},
        Classified{"ROLLBACK TO SAVEPOINT a", Effect::data},
        Classified{"BEGIN", Effect::session, opens},
        Classified{"BEGIN WORK", Effect::session, opens},
        Classified{"START TRANSACTION READ ONLY", Effect::session, opens},
        Classified{"XA BEGIN 'a'", Effect::session, Bracket::opens_xa},
        Classified{"SET autocommit=0", Effect::session, Bracket::stops_autocommit},
        Classified{"SET @@session.autocommit = OFF", Effect::session, Bracket::stops_autocommit},
        Classified{"SET SESSION autocommit = ON", Effect::session, Bracket::resumes_autocommit},
        Classified{"SET autocommit = @before", Effect::session, Bracket::resumes_autocommit},
        Classified{"COMMIT", Effect::session, closes},
        Classified{"ROLLBACK", Effect::session, closes},
        Classified{"COMMIT AND CHAIN", Effect::session, opens},
        Classified{"XA COMMIT 'a'", Effect::session},
        Classified{"LOCK TABLES t WRITE", Effect::session, Bracket::locks_tables},
        Classified{"/*!40000 LOCK TABLES t WRITE */", Effect::session, Bracket::locks_tables},
        Classified{"FLUSH TABLES t WITH READ LOCK", Effect::session, Bracket::freezes_tables},
        Classified{"FLUSH TABLES t FOR EXPORT", Effect::session, Bracket::freezes_tables},
        Classified{"FLUSH LOCAL TABLES WITH READ LOCK", Effect::session, Bracket::freezes_server},
        Classified{"UNLOCK TABLES", Effect::session, Bracket::unlocks_tables}));

INSTANTIATE_TEST_SUITE_P(Neutral, Classify,
                         ::testing::Values(Classified{"SET GLOBAL a = 1", Effect::neutral},
                                           Classified{"SET PERSIST a = 1", Effect::neutral},
                                           Classified{"SET @@global.a = 1", Effect::neutral},
                                           Classified{"SET PASSWORD = 'x'", Effect::neutral},
                                           Classified{"CREATE USER a", Effect::neutral},
                                           Classified{"GRANT SELECT ON t TO a", Effect::neutral},
                                           Classified{"REVOKE ALL ON t FROM a", Effect::neutral},
                                           Classified{"ANALYZE TABLE t", Effect::neutral},
                                           Classified{"OPTIMIZE TABLE t", Effect::neutral},
                                           Classified{"CHECK TABLE t", Effect::neutral},
                                           Classified{"REPAIR TABLE t", Effect::neutral},
                                           Classified{"FLUSH PRIVILEGES", Effect::neutral},
                                           Classified{"KILL 5", Effect::neutral, none, alone},
                                           Classified{"SHUTDOWN", Effect::neutral, none, alone},
                                           Classified{"CHANGE MASTER TO MASTER_HOST='x'",
                                                      Effect::neutral, none, alone}));

TEST(EffectOf, TextThatNoFileHolds) {
  EXPECT_EQ(effect_of("DROP TABLE a"), Effect::schema);
  EXPECT_EQ(effect_of("INSERT INTO a VALUES (?)"), Effect::data);
  EXPECT_EQ(effect_of("SET @a = 1"), Effect::session);
  EXPECT_EQ(effect_of("ANALYZE TABLE a"), Effect::neutral);
  EXPECT_EQ(effect_of(""), Effect::schema) << "unknown, so the worst";
}

}  // namespace
}  // namespace migrate::core::testing
