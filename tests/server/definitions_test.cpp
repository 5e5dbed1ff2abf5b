// Definitions of what only a real server has: every kind of object, privileges, round trips.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

using core::ObjectKind;

class Definitions : public ::testing::TestWithParam<std::string> {
 protected:
  Definitions()
      : schema_(RealServer::named(GetParam())),
        raw_(schema_.connection()),
        session_(connect(schema_.connection())) {}

  static std::unique_ptr<port::Session> connect(const core::ConnectionOptions& options) {
    static const mysql::ClientLibrary library;
    return mysql::open_server(options, {.run_id = "run-1"})->connect();
  }
  bool mariadb() const { return session_->info().family == core::ServerFamily::mariadb; }

  std::optional<std::string> of(ObjectKind kind, const std::string& name) {
    const auto definition = session_->schema().definitions({{.kind = kind, .name = name}}).at(0);
    return definition ? std::optional(definition->fingerprint) : std::nullopt;
  }

  /// Absent, then there, then changed, then absent again, then as it was first.
  void follow(ObjectKind kind, const std::string& name, const std::string& create,
              const std::string& alter, const std::string& drop) {
    SCOPED_TRACE(create);
    EXPECT_EQ(of(kind, name), "");
    raw_.query(create);
    const auto created = of(kind, name);
    EXPECT_TRUE(created && created->size() == 32) << created.value_or("not readable");
    EXPECT_EQ(of(kind, name), created);
    if (!alter.empty()) {
      raw_.query(alter);
      const auto altered = of(kind, name);
      EXPECT_TRUE(altered && altered->size() == 32) << altered.value_or("not readable");
      EXPECT_NE(altered, created);
    }
    raw_.query(drop);
    EXPECT_EQ(of(kind, name), "");
    raw_.query(create);
    EXPECT_EQ(of(kind, name), created) << "made again it is the same";
    raw_.query(drop);
  }

  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Session> session_;
};

TEST_P(Definitions, EveryKindOfObject) {
  follow(ObjectKind::table, "größe", "CREATE TABLE `größe` (id INT)",
         "CREATE INDEX i ON `größe` (id)", "DROP TABLE `größe`");
  raw_.query("CREATE TABLE t (id INT)");
  follow(ObjectKind::view, "v", "CREATE VIEW v AS SELECT id FROM t",
         "ALTER VIEW v AS SELECT id + 1 AS id FROM t", "DROP VIEW v");
  follow(ObjectKind::trigger, "tr",
         "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1", "", "DROP TRIGGER tr");
  follow(ObjectKind::procedure, "p", "CREATE PROCEDURE p() SELECT 1",
         "ALTER PROCEDURE p COMMENT 'one'", "DROP PROCEDURE p");
  follow(ObjectKind::function, "f", "CREATE FUNCTION f() RETURNS INT DETERMINISTIC NO SQL RETURN 1",
         "ALTER FUNCTION f COMMENT 'one'", "DROP FUNCTION f");
  follow(ObjectKind::event, "e",
         "CREATE EVENT e ON SCHEDULE AT '2037-01-01 00:00:00' DISABLE DO DELETE FROM t",
         "ALTER EVENT e COMMENT 'one'", "DROP EVENT e");
  const std::string other = schema_.name() + "_other";
  follow(ObjectKind::schema, other, "CREATE DATABASE " + other + " CHARACTER SET latin1",
         "ALTER DATABASE " + other + " CHARACTER SET utf8mb4", "DROP DATABASE " + other);
  follow(ObjectKind::account, "someone@10.1.%", "CREATE USER someone@'10.1.%'", "",
         "DROP USER someone@'10.1.%'");
  follow(ObjectKind::account, "anyone", "CREATE USER anyone", "", "DROP USER anyone");
  follow(ObjectKind::account, "a_role", "CREATE ROLE a_role", "", "DROP ROLE a_role");
}

TEST_P(Definitions, WhatOnlyMariaDbHas) {
  if (!mariadb()) GTEST_SKIP() << "no sequences and no packages";
  follow(ObjectKind::sequence, "s", "CREATE SEQUENCE s", "ALTER SEQUENCE s INCREMENT BY 7",
         "DROP SEQUENCE s");
  raw_.query("SET sql_mode = ORACLE");
  follow(ObjectKind::package, "pk", "CREATE PACKAGE pk AS PROCEDURE p(); END",
         "CREATE PACKAGE BODY pk AS PROCEDURE p() AS BEGIN SELECT 1; END; END", "DROP PACKAGE pk");
}

TEST_P(Definitions, TheCounterIsNotPartOfADefinition) {
  const std::string column = "COMMENT 'it''s \\\\) AUTO_INCREMENT=7'";
  raw_.query("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY " + column +
             ") COMMENT=') AUTO_INCREMENT=8'");
  const auto fresh = of(ObjectKind::table, "t");
  raw_.query("INSERT INTO t VALUES (41)");
  ASSERT_NE(raw_.query("SHOW CREATE TABLE t").at(0).at(1)->find("AUTO_INCREMENT=42"),
            std::string::npos);
  EXPECT_EQ(of(ObjectKind::table, "t"), fresh);
  raw_.query("ALTER TABLE t COMMENT=') AUTO_INCREMENT=9'");
  const auto commented = of(ObjectKind::table, "t");
  EXPECT_NE(commented, fresh) << "a comment that looks like a counter is a comment";
  raw_.query("ALTER TABLE t MODIFY id INT AUTO_INCREMENT COMMENT 'it''s \\\\) AUTO_INCREMENT=6'");
  EXPECT_NE(of(ObjectKind::table, "t"), commented);
}

TEST_P(Definitions, ATableThatIsAskedForTwiceIsThereBothTimesBesideOneThatIsNot) {
  raw_.query("CREATE TABLE t (id INT)");
  raw_.query("CREATE TABLE `it's, a \\ name` (id INT)");
  const auto found = session_->schema().definitions({{.name = "missing"},
                                                     {.name = "t"},
                                                     {.name = "it's, a \\ name"},
                                                     {.schema = "nowhere", .name = "t"},
                                                     {.name = "t"},
                                                     {.schema = schema_.name(), .name = "t"}});
  const auto t = of(ObjectKind::table, "t");
  for (const std::size_t there : {1U, 4U, 5U}) EXPECT_EQ(found.at(there)->fingerprint, t) << there;
  EXPECT_EQ(found.at(2)->fingerprint.size(), 32U);
  for (const std::size_t absent : {0U, 3U}) EXPECT_EQ(found.at(absent)->fingerprint, "") << absent;
}

TEST_P(Definitions, AViewWithoutItsTableIsStillTheSameView) {
  raw_.query("CREATE TABLE t (id INT)");
  raw_.query("CREATE VIEW v AS SELECT id FROM t");
  const auto valid = of(ObjectKind::view, "v");
  raw_.query("DROP TABLE t");
  EXPECT_EQ(of(ObjectKind::view, "v"), valid);
  EXPECT_EQ(of(ObjectKind::table, "v"), valid) << "whatever it is asked for as";
  raw_.query("DROP VIEW v");
  raw_.query("CREATE TABLE v (id INT)");
  const auto table = of(ObjectKind::view, "v");
  EXPECT_NE(table, valid);
  EXPECT_EQ(table, of(ObjectKind::table, "v"));
}

TEST_P(Definitions, NothingWhereTheAccountMayNotLook) {
  raw_.query("CREATE TABLE seen (id INT)");
  raw_.query("CREATE TABLE hidden (id INT)");
  raw_.query("CREATE VIEW v AS SELECT id FROM seen");
  raw_.query("CREATE PROCEDURE p() SELECT 1");
  raw_.query("CREATE USER low@localhost");
  raw_.query("GRANT SELECT ON seen TO low@localhost");
  raw_.query("GRANT SELECT ON v TO low@localhost");
  raw_.query("GRANT EXECUTE ON PROCEDURE p TO low@localhost");
  core::ConnectionOptions options = schema_.connection();
  options.user = "low";
  const auto low = connect(options);
  const auto seen = low->schema().definitions({{.kind = ObjectKind::table, .name = "hidden"},
                                               {.kind = ObjectKind::table, .name = "missing"},
                                               {.kind = ObjectKind::view, .name = "v"},
                                               {.kind = ObjectKind::procedure, .name = "p"},
                                               {.kind = ObjectKind::event, .name = "e"},
                                               {.kind = ObjectKind::account, .name = "low"},
                                               {.kind = ObjectKind::table, .name = "seen"}});
  raw_.query("DROP USER low@localhost");
  for (std::size_t i = 0; i < 6; ++i) EXPECT_FALSE(seen.at(i)) << i;
  EXPECT_EQ(seen.at(6)->fingerprint, of(ObjectKind::table, "seen"));
}

INSTANTIATE_TEST_SUITE_P(Real, Definitions, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Definitions);

}  // namespace
}  // namespace migrate::testing
