// Scratch schemas on real servers: what is built in them, the rows that are made up, how rows are
// compared, and what is dropped.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapter/mysql/scratch.h"
#include "adapter/mysql/server.h"
#include "core/fault.h"
#include "core/rehearsal/made_rows.h"
#include "core/schema/difference.h"
#include "core/schema/order.h"
#include "support/hard_schema.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Scratch : public ::testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<port::ScratchServer> open() const {
    static const mysql::ClientLibrary library;
    return mysql::open_scratch_server(server_.connection(), {.run_id = "run-1"});
  }
  static core::schema::Schema read(port::ScratchSchema& scratch) {
    return scratch.server().connect()->schema().read();
  }
  std::vector<std::string> scratch_schemas() {
    std::vector<std::string> names;
    for (const Row& row : sql_.query("SELECT schema_name FROM information_schema.schemata WHERE "
                                     "schema_name LIKE 'migrate\\_verify\\_%'"))
      names.push_back(row[0].value());
    return names;
  }
  core::schema::Schema hard_schema_of(const ScratchSchema& schema) const {
    static const mysql::ClientLibrary library;
    const auto session = mysql::open_server(schema.connection(), {.run_id = "run-1"})->connect();
    RawConnection sql(schema.connection());
    sql.query("SET NAMES utf8mb4");
    for (const std::string& statement : hard_schema(session->info().family)) sql.query(statement);
    return session->schema().read();
  }

  RealServer& server_ = RealServer::named(GetParam());
  RawConnection sql_{server_.connection()};
};

TEST_P(Scratch, IsBuiltLikeTheRealOne) {
  const ScratchSchema real(server_);
  core::schema::Schema expected = hard_schema_of(real);
  const auto scratch = open();
  const auto made = scratch->create(expected.charset, expected.collation);
  made->build(expected);
  core::schema::Schema found = read(*made);
  // Events are there, but do not run.
  EXPECT_THAT(found.events, SizeIs(expected.events.size()));
  EXPECT_THAT(sql_.query("SELECT event_name FROM information_schema.events WHERE event_schema = '" +
                         made->name() + "' AND status = 'ENABLED'"),
              IsEmpty());
  expected.events.clear();
  found.events.clear();
  for (const core::schema::Difference& difference : core::schema::differences(expected, found))
    ADD_FAILURE() << core::schema::words_for(difference.object) << ' '
                  << ::testing::PrintToString(difference.words);
}

TEST_P(Scratch, RowsAreMadeUpForEveryTable) {
  const ScratchSchema real(server_);
  const core::schema::Schema schema = hard_schema_of(real);
  const auto scratch = open();
  const auto made = scratch->create(schema.charset, schema.collation);
  made->build(schema);
  for (const core::schema::OrderedTable& ordered : core::schema::in_creation_order(schema.tables)) {
    const core::schema::Table& table = *ordered.table;
    SCOPED_TRACE(table.definition);
    core::rehearsal::ParentRows parents;
    for (const core::schema::ForeignKey& key : table.foreign_keys) {
      const core::schema::Table* parent = schema.find_table(key.referenced_table);
      ASSERT_NE(parent, nullptr);
      parents.emplace(key.name, made->facts().values(*parent, key.referenced_columns, 100));
    }
    const auto rows = core::rehearsal::make_rows(table, 0, 20, parents);
    EXPECT_EQ(rows.impossible, "");
    EXPECT_GT(made->insert(table, rows), 0U);
  }
}

TEST_P(Scratch, RowsAreComparedWhateverTheirOrder) {
  const auto scratch = open();
  const auto one = scratch->create("", "");
  const auto two = scratch->create("", "");
  const auto fill = [&](const port::ScratchSchema& schema, const std::string& rows) {
    core::ConnectionOptions options = server_.connection();
    options.schema = schema.name();
    RawConnection sql(options);
    sql.query("CREATE TABLE IF NOT EXISTS t (id INT AUTO_INCREMENT PRIMARY KEY, n INT, b BLOB)");
    sql.query("TRUNCATE t");
    sql.query("INSERT INTO t VALUES " + rows);
  };
  const auto compared = [&] {
    return core::rehearsal::row_differences(one->facts().digests(read(*one)),
                                            two->facts().digests(read(*two)));
  };
  fill(*one, "(1, 1, x'00ff'), (2, NULL, '')");
  fill(*two, "(2, NULL, ''), (1, 1, x'00ff')");
  EXPECT_THAT(compared(), IsEmpty());
  fill(*two, "(1, 1, x'00ff'), (2, NULL, NULL)");
  ASSERT_THAT(compared(), SizeIs(1));
  EXPECT_THAT(compared()[0].columns, ::testing::ElementsAre("b"));
  fill(*two, "(1, 1, x'00ff'), (5, NULL, '')");
  EXPECT_TRUE(compared().at(0).only_counters);
  fill(*two, "(2, 1, x'00ff'), (1, NULL, '')");
  EXPECT_EQ(compared().at(0).words, "the same values in other rows");
}

TEST_P(Scratch, AProfileHoldsNoValue) {
  const ScratchSchema real(server_);
  RawConnection sql(real.connection());
  sql.query("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(50), price DECIMAL(8, 2), d DATE)");
  sql.query("INSERT INTO t VALUES (1, 'secret', 47.11, '2011-05-06'), (2, NULL, 12, '2013-01-01')");
  const auto session = mysql::open_server(real.connection(), {.run_id = "run-1"})->connect();
  const core::schema::Schema schema = session->schema().read();
  const auto profile = mysql::open_facts(real.connection())->profile(schema.tables.at(0), 100);
  EXPECT_EQ(profile.looked_at, 2U);
  EXPECT_EQ(profile.columns.at("name").null_share, 0.5);
  EXPECT_EQ(profile.columns.at("name").longest, 6U);
  EXPECT_EQ(profile.columns.at("price").distinct, 2U);
  EXPECT_EQ(profile.columns.at("price").greatest, 100);
  EXPECT_EQ(profile.columns.at("price").least, 10);
  EXPECT_EQ(profile.columns.at("d").least, 2011);
  EXPECT_EQ(profile.columns.at("d").greatest, 2013);
}

TEST_P(Scratch, GoesWithItsEnd) {
  {
    const auto scratch = open();
    const auto made = scratch->create("", "");
    EXPECT_THAT(scratch_schemas(), ::testing::ElementsAre(made->name()));
    // Whoever is alive is left alone.
    open();
    EXPECT_THAT(scratch_schemas(), SizeIs(1));
    EXPECT_THAT(scratch->schemas(), ::testing::Not(::testing::Contains(made->name())));
  }
  EXPECT_THAT(scratch_schemas(), IsEmpty());
}

TEST_P(Scratch, LeftoversAreDropped) {
  sql_.query("CREATE DATABASE migrate_verify_dead0001_1");
  sql_.query("CREATE DATABASE migrate_verify_dead0001_2");
  open();
  EXPECT_THAT(scratch_schemas(), IsEmpty());
}

TEST_P(Scratch, AnAccountThatMayNotIsTold) {
  sql_.query("CREATE USER IF NOT EXISTS small_one IDENTIFIED BY 'x'");
  core::ConnectionOptions options = server_.connection();
  options.user = "small_one";
  options.password = "x";
  const auto scratch = mysql::open_scratch_server(options, {.run_id = "run-1"});
  try {
    scratch->create("", "");
    ADD_FAILURE() << "it was created";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::refused);
    EXPECT_THAT(fault.hint(), HasSubstr("migrate_verify_"));
  }
  sql_.query("DROP USER small_one");
}

INSTANTIATE_TEST_SUITE_P(Server, Scratch, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
