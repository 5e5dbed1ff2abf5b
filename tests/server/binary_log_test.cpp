// What the server's binary log tells of a marked statement, and when it tells nothing.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

using Found = port::BinaryLog::Found;

class BinaryLog : public ::testing::TestWithParam<std::string> {
 protected:
  static std::unique_ptr<port::Session> connect(const core::ConnectionOptions& options) {
    static const mysql::ClientLibrary library;
    return mysql::open_server(options, {.run_id = "run-1"})->connect();
  }
  static std::string mark(const std::string& mark) { return "migrate run-1 " + mark; }
  static unsigned run(port::Session& session, const std::string& text, const std::string& mark) {
    const auto outcome =
        session.run({core::Statement{.text = text, .travel = core::Travel::alone, .mark = mark}},
                    [](const core::ItemResult&) {});
    return outcome.end == core::PacketOutcome::End::complete ? 0 : outcome.error.code;
  }
};

TEST_P(BinaryLog, TellsWhatWasDoneSinceWithoutADefinitionThatShowsIt) {
  const RealServer server(GetParam(), {"--log-bin"});
  const ScratchSchema schema(server);
  RawConnection raw(schema.connection());
  const auto session = connect(schema.connection());
  port::BinaryLog& log = session->binary_log();
  raw.query("CREATE TABLE p (id INT) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10))");
  raw.query("CREATE TABLE t (id INT)");
  const core::LogPosition start = log.end();
  ASSERT_NE(start.file, "");

  EXPECT_EQ(run(*session, "ALTER TABLE p EXCHANGE PARTITION p0 WITH TABLE t", "up 1"), 0U);
  EXPECT_EQ(run(*session, "ALTER TABLE p EXCHANGE PARTITION p7 WITH TABLE t", "up 2"), 1735U);
  EXPECT_EQ(log.find(start, mark("up 1")), Found::yes);
  EXPECT_EQ(log.find(start, mark("up 2")), Found::no) << "it failed";
  EXPECT_EQ(log.find(start, mark("up")), Found::no) << "only the beginning of a mark";
  const core::LogPosition behind = log.end();
  EXPECT_EQ(log.find(behind, mark("up 1")), Found::no) << "it was before";

  raw.query("FLUSH BINARY LOGS");
  EXPECT_EQ(run(*session, "RENAME TABLE p TO x, t TO p, x TO t", "up 3 */ größe"), 0U);
  raw.query("FLUSH BINARY LOGS");
  EXPECT_EQ(run(*session, "TRUNCATE TABLE p", "up 4"), 0U);
  EXPECT_EQ(log.find(start, mark("up 3 */ größe")), Found::yes) << "in the next file";
  EXPECT_EQ(log.find(start, mark("up 4")), Found::yes) << "in the last file";

  EXPECT_EQ(log.find({.file = start.file, .offset = start.offset + 100000000}, mark("up 1")),
            Found::unreadable)
      << "the log was begun anew";
  raw.query("PURGE BINARY LOGS TO '" + log.end().file + "'");
  EXPECT_EQ(log.find(start, mark("up 4")), Found::unreadable) << "its file was purged";

  raw.query("CREATE USER low@localhost");
  raw.query("GRANT ALL ON " + schema.name() + ".* TO low@localhost");
  core::ConnectionOptions options = schema.connection();
  options.user = "low";
  const auto low = connect(options);
  EXPECT_EQ(low->binary_log().end().file, "");
  EXPECT_EQ(low->binary_log().find(log.end(), mark("up 1")), Found::unreadable);

  EXPECT_EQ(run(*session, "SET SESSION sql_log_bin = 0", ""), 0U);
  EXPECT_EQ(log.end().file, "") << "nothing of this session is logged";
}

TEST_P(BinaryLog, IsOfNoUseWhereItIsFiltered) {
  const RealServer server(GetParam(), {"--log-bin", "--binlog-ignore-db=unrelated"});
  const ScratchSchema schema(server);
  EXPECT_EQ(connect(schema.connection())->binary_log().end().file, "");
}

TEST_P(BinaryLog, IsOfNoUseWhereItIsOff) {
  const RealServer server(GetParam(), {"--skip-log-bin"});
  const ScratchSchema schema(server);
  const auto session = connect(schema.connection());
  EXPECT_EQ(session->binary_log().end().file, "");
  EXPECT_EQ(session->binary_log().find({.file = "binlog.000001", .offset = 4}, mark("up 1")),
            Found::unreadable);
}

TEST_P(BinaryLog, AMarkIsNotPartOfADefinition) {
  const ScratchSchema schema(RealServer::named(GetParam()));
  RawConnection raw(schema.connection());
  const auto session = connect(schema.connection());
  const auto shown = [&](const std::string& what) {
    std::string text;
    const auto rows = raw.query("SHOW CREATE " + what);
    for (const auto& value : rows.at(0)) text += value.value_or("");
    return text;
  };
  for (const auto& [create, what] : std::vector<std::pair<std::string, std::string>>{
           {"CREATE TABLE t (id INT)", "TABLE t"},
           {"CREATE VIEW v AS SELECT id FROM t", "VIEW v"},
           {"CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1", "TRIGGER tr"},
           {"CREATE PROCEDURE p() SELECT 1", "PROCEDURE p"},
           {"CREATE FUNCTION f() RETURNS INT DETERMINISTIC NO SQL RETURN 1", "FUNCTION f"},
           {"CREATE EVENT e ON SCHEDULE AT '2037-01-01 00:00:00' DISABLE DO DELETE FROM t",
            "EVENT e"}}) {
    EXPECT_EQ(run(*session, create, "up 1"), 0U) << create;
    EXPECT_EQ(shown(what).find("migrate"), std::string::npos) << shown(what);
  }
}

INSTANTIATE_TEST_SUITE_P(Real, BinaryLog, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(BinaryLog);

}  // namespace
}  // namespace migrate::testing
