// What the servers make of a statement on a temporary table, and what they cannot.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

using Rehearsed = port::Schema::Rehearsed;

class Rehearsal : public ::testing::TestWithParam<std::string> {
 protected:
  Rehearsal() : schema_(RealServer::named(GetParam())), raw_(schema_.connection()) {
    static const mysql::ClientLibrary library;
    session_ = mysql::open_server(schema_.connection(), {.run_id = "run-1"})->connect();
    raw_.query("CREATE TABLE parent (id INT PRIMARY KEY)");
  }

  void table(const std::string& create) {
    raw_.query(create);
    before_ = definition().create_table;
  }
  port::Definition definition() { return *session_->schema().definitions({{.name = "t"}}).at(0); }
  Rehearsed rehearsed(const std::string& statement) {
    return session_->schema().rehearse({.name = "t"},
                                       {.create_table = before_, .statement = statement});
  }
  /// It is seen when it has not run, and when it has.
  void tell_apart(const std::string& statement) {
    SCOPED_TRACE(statement);
    EXPECT_EQ(rehearsed(statement), Rehearsed::otherwise);
    raw_.query(statement);
    EXPECT_EQ(rehearsed(statement), Rehearsed::as_found);
    before_ = definition().create_table;
  }

  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Session> session_;
  std::string before_;
};

TEST_P(Rehearsal, TellsOneStatementFromAnother) {
  table("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), amount INT, CHECK (amount > 0))");
  tell_apart("ALTER TABLE t ADD COLUMN extra INT NOT NULL DEFAULT 5 AFTER id");
  tell_apart("ALTER TABLE t ADD COLUMN last INT, ALGORITHM=INSTANT");
  tell_apart("ALTER TABLE t MODIFY amount BIGINT UNSIGNED NULL, ALGORITHM=COPY, LOCK=SHARED");
  tell_apart("CREATE INDEX by_name ON t (name) ALGORITHM=INPLACE LOCK=NONE");
  tell_apart("DROP INDEX by_name ON t");
  tell_apart("ALTER TABLE t CONVERT TO CHARACTER SET latin1");
  tell_apart("ALTER TABLE t COMMENT 'it''s ENGINE=x'");
}

TEST_P(Rehearsal, ATableWithForeignKeysIsComparedWithoutThem) {
  table(
      "CREATE TABLE t (id INT PRIMARY KEY, parent INT, other INT, "
      "CONSTRAINT of_parent FOREIGN KEY (parent) REFERENCES parent (id))");
  tell_apart("ALTER TABLE t ADD COLUMN extra INT");
  // The server's own index for the foreign key goes, now that there is a better one.
  tell_apart("ALTER TABLE t ADD INDEX (parent, other)");
}

TEST_P(Rehearsal, APartitionedTableIsComparedWithoutItsPartitions) {
  table("CREATE TABLE t (id INT PRIMARY KEY, n INT) PARTITION BY HASH (id) PARTITIONS 2");
  tell_apart("ALTER TABLE t ADD COLUMN extra INT");
}

TEST_P(Rehearsal, IsUnknownWhereATemporaryTableCannotDoIt) {
  table("CREATE TABLE t (id INT PRIMARY KEY, parent INT)");
  EXPECT_EQ(rehearsed("ALTER TABLE t ADD FOREIGN KEY (parent) REFERENCES parent (id)"),
            Rehearsed::unknown);
  EXPECT_EQ(rehearsed("ALTER TABLE t PARTITION BY HASH (id) PARTITIONS 2"), Rehearsed::unknown);
}

TEST_P(Rehearsal, NeverReachesTheRealTable) {
  table("CREATE TABLE t (id INT PRIMARY KEY) ");
  const std::string fingerprint = definition().fingerprint;
  before_ = "CREATE TABLE `t` (\n  nonsense\n)";
  EXPECT_EQ(rehearsed("ALTER TABLE t ADD COLUMN extra INT"), Rehearsed::unknown);
  EXPECT_EQ(definition().fingerprint, fingerprint);
}

INSTANTIATE_TEST_SUITE_P(Real, Rehearsal, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Rehearsal);

}  // namespace
}  // namespace migrate::testing
