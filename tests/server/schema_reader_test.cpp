// The model of a schema, read from real servers, and the statements that bring one schema to
// another.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "core/schema/definition_text.h"
#include "core/schema/difference.h"
#include "core/schema/kept.h"
#include "port/session.h"
#include "support/hard_schema.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace schema = core::schema;

/// A schema, and both ways to look at it.
struct World {
  explicit World(const std::string& server)
      : scratch(RealServer::named(server)), sql(scratch.connection()), session(connect()) {}

  std::unique_ptr<port::Session> connect() const {
    static const mysql::ClientLibrary library;
    return mysql::open_server(scratch.connection(), {.run_id = "run-1"})->connect();
  }
  schema::Schema read() const { return session->schema().read(); }

  void apply(const std::vector<schema::Difference>& differences) {
    sql.query("SET NAMES utf8mb4");
    for (const schema::Repair& repair : schema::repair_script(differences)) {
      SCOPED_TRACE(repair.sql);
      if (!repair.creation.collation.empty()) sql.query(schema::session_statement(repair.creation));
      sql.query(repair.sql);
      sql.query("SET sql_mode = DEFAULT, time_zone = '+00:00'");
    }
  }

  ScratchSchema scratch;
  RawConnection sql;
  std::unique_ptr<port::Session> session;
};

class SchemaReader : public ::testing::TestWithParam<std::string> {
 protected:
  SchemaReader() : world_(GetParam()) { world_.sql.query("SET NAMES utf8mb4"); }

  bool mariadb() const { return world_.session->info().family == core::ServerFamily::mariadb; }
  void make(const std::vector<std::string>& statements) {
    for (const std::string& statement : statements) {
      SCOPED_TRACE(statement);
      world_.sql.query(statement);
    }
  }
  void make_hard_schema() { make(hard_schema(world_.session->info().family)); }

  static const schema::Table& table(const schema::Schema& schema, const std::string& name) {
    const schema::Table* const found = schema.find_table(name);
    if (found == nullptr) throw std::runtime_error("no table " + name);
    return *found;
  }
  static std::string told(const std::vector<schema::Difference>& differences) {
    std::string text;
    for (const schema::Difference& difference : differences) {
      text += core::schema::words_for(difference.object) + "\n";
      for (const std::string& word : difference.words) text += "  " + word + "\n";
      for (const schema::Repair& repair : difference.repairs) text += "  > " + repair.sql + "\n";
    }
    return text;
  }

  World world_;
};

TEST_P(SchemaReader, TakesColumnsApart) {
  make_hard_schema();
  const schema::Schema read = world_.read();
  const schema::Table& hard = table(read, "a`b\"c'd");
  EXPECT_EQ(hard.comment, "table; comment 'x' AUTO_INCREMENT=7 \\");
  EXPECT_EQ(hard.charset, "utf8mb4");
  EXPECT_EQ(hard.collation, "utf8mb4_unicode_520_ci");
  EXPECT_EQ(hard.engine, "InnoDB");
  EXPECT_EQ(hard.row_format, "DYNAMIC");
  EXPECT_EQ(hard.auto_increment, 2U);
  EXPECT_THAT(hard.definition, ::testing::Not(HasSubstr("AUTO_INCREMENT=2")));
  EXPECT_EQ(hard.bytes, 0U) << "MySQL opens each table to tell";
  EXPECT_GT(table(world_.session->schema().read_with_sizes(), "a`b\"c'd").bytes, 0U);

  const auto column = [&hard](const std::string& name) {
    const schema::Column* const found = hard.find_column(name);
    if (found == nullptr) throw std::runtime_error("no column " + name);
    return *found;
  };
  EXPECT_EQ(column("id").data_type, "bigint");
  EXPECT_TRUE(column("id").is_unsigned);
  EXPECT_TRUE(column("id").auto_increment);
  EXPECT_FALSE(column("id").nullable);
  EXPECT_EQ(column("id").position, 1U);
  EXPECT_EQ(column("id").comment,
            "it's a \"comment\"\nwith a newline, `ticks`, a \\ and ; -- and /* no comment");
  EXPECT_EQ(column("select").charset, "latin1");
  EXPECT_EQ(column("select").collation, "latin1_bin");
  EXPECT_EQ(column("select").default_value, "'x''y\\\\z'");
  EXPECT_TRUE(column("select").nullable);
  EXPECT_EQ(column("größe").type, "decimal(10,2)");
  EXPECT_THAT(column("größe").default_value.value_or(""), HasSubstr("1 + 2"));
  EXPECT_THAT(core::schema::explicit_definition(column("txt")),
              HasSubstr("text CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci"));
  EXPECT_THAT(column("ts").on_update, ::testing::StrCaseEq("CURRENT_TIMESTAMP(3)"));
  EXPECT_EQ(column("g").generated, schema::Generated::on_read);
  EXPECT_THAT(column("g").expression, HasSubstr("`uq` + 1"));
  EXPECT_EQ(column("h").generated, schema::Generated::stored);
  EXPECT_EQ(column("h").comment, "stored");
  EXPECT_EQ(column("e").type, "enum('a,b','c)d','e''f')");
  EXPECT_EQ(column("f").default_value, "NULL");
  EXPECT_EQ(column("txt").default_value, std::nullopt);
  EXPECT_EQ(column("uq").charset, "");
  EXPECT_EQ(column("ПРИВЕТ 漢字").collation, "utf8mb4_unicode_ci");
}

TEST_P(SchemaReader, TakesIndexesAndConstraintsApart) {
  make_hard_schema();
  const schema::Schema read = world_.read();
  const schema::Table& hard = table(read, "a`b\"c'd");
  std::vector<std::string> names;
  for (const schema::Index& index : hard.indexes) names.push_back(index.name);
  EXPECT_THAT(names, ElementsAre("PRIMARY", "u`q", "ft", "k1", "z_first"));
  EXPECT_TRUE(hard.indexes[1].unique);
  EXPECT_EQ(hard.indexes[2].kind, schema::IndexKind::fulltext);
  EXPECT_EQ(hard.indexes[3].parts.at(0).column, "select");
  EXPECT_EQ(hard.indexes[3].parts.at(0).prefix, 5U);
  EXPECT_TRUE(hard.indexes[3].parts.at(1).descending);
  EXPECT_EQ(hard.indexes[4].comment, "idx 'comment'");
  EXPECT_THAT(hard.checks, Contains(::testing::Field(&schema::Check::name, "chk(1)")));

  const schema::Table& child = table(read, "child");
  ASSERT_EQ(child.foreign_keys.size(), 2U);
  const schema::ForeignKey& key = child.foreign_keys[1];
  EXPECT_EQ(key.name, "fk`1");
  EXPECT_THAT(key.columns, ElementsAre("pid", "p2"));
  EXPECT_EQ(key.referenced_table, "parent");
  EXPECT_EQ(key.referenced_schema, "");
  EXPECT_THAT(key.referenced_columns, ElementsAre("id", "k2"));
  EXPECT_EQ(key.on_delete, "CASCADE");
  EXPECT_EQ(key.on_update, "SET NULL");
  EXPECT_THAT(table(read, "part").partitioning, HasSubstr("PARTITION BY RANGE"));
  EXPECT_THAT(table(read, "part").partitioning, ::testing::Not(HasSubstr("*/")));

  if (mariadb()) {
    EXPECT_FALSE(table(read, "of_mariadb").indexes.back().visible);
    EXPECT_TRUE(table(read, "versioned").system_versioned);
    EXPECT_THAT(table(read, "when").periods, ElementsAre(HasSubstr("`app`")));
    EXPECT_EQ(read.sequences.at(0).name, "sq");
  } else {
    const schema::Table& functional = table(read, "functional");
    const auto index = [&functional](const std::string& name) {
      return *std::ranges::find(functional.indexes, name, &schema::Index::name);
    };
    EXPECT_EQ(index("fk").parts.at(0).column, "");
    EXPECT_THAT(index("fk").parts.at(0).expression, HasSubstr("`a` + 1"));
    EXPECT_EQ(index("fk").parts.at(1).column, "id");
    EXPECT_FALSE(index("inv").visible);
    EXPECT_FALSE(functional.checks.at(0).enforced);
    EXPECT_TRUE(functional.find_column("hidden")->invisible);
  }
}

TEST_P(SchemaReader, ReadsPrograms) {
  make_hard_schema();
  const schema::Schema read = world_.read();
  const auto find = [](const auto& objects, const std::string& name) {
    const auto found =
        std::ranges::find_if(objects, [&name](const auto& object) { return object.name == name; });
    if (found == objects.end()) throw std::runtime_error("no " + name);
    return *found;
  };
  const schema::View view = find(read.views, "v_on_z");
  EXPECT_THAT(view.definition, ::testing::Not(HasSubstr(world_.scratch.name())));
  EXPECT_THAT(view.definition, ::testing::Not(HasSubstr("DEFINER=")));
  EXPECT_EQ(view.definer, "`root`@`localhost`");
  EXPECT_EQ(view.security, "DEFINER");
  EXPECT_THAT(view.uses, ::testing::UnorderedElementsAre("order", "z_view"));
  EXPECT_EQ(find(read.views, "a view").security, "INVOKER");
  EXPECT_THAT(find(read.views, "with_other").definition,
              ::testing::Not(HasSubstr(world_.scratch.name())));

  const schema::Routine procedure = find(read.routines, "p;1");
  EXPECT_EQ(procedure.kind, schema::RoutineKind::procedure);
  EXPECT_THAT(procedure.body, ::testing::StartsWith("BEGIN"));
  EXPECT_THAT(procedure.body, HasSubstr("größe;"));
  const schema::Routine function = find(read.routines, "f2");
  EXPECT_EQ(function.security, "INVOKER");
  EXPECT_EQ(function.body, "RETURN CONCAT('\\', 'x;')");
  EXPECT_THAT(function.creation.sql_mode, HasSubstr("NO_BACKSLASH_ESCAPES"));
  EXPECT_EQ(function.creation.collation, "latin1_bin");

  std::vector<std::string> order;
  for (const schema::Trigger& trigger : read.triggers) order.push_back(trigger.name);
  EXPECT_THAT(order, ElementsAre("a_zeroth", "tr 1", "a_second"));
  EXPECT_EQ(read.triggers.front().definition,
            "CREATE TRIGGER `a_zeroth` BEFORE INSERT ON `parent` FOR EACH ROW set @x = ';'");

  EXPECT_THAT(find(read.events, "every day").definition, ::testing::Not(HasSubstr("STARTS")));
  EXPECT_THAT(find(read.events, "since").definition, HasSubstr("STARTS '2037-01-01 00:00:00'"));
  EXPECT_EQ(find(read.events, "since").creation.time_zone, "+02:00");
}

TEST_P(SchemaReader, TheHistoryIsNotPartOfTheSchema) {
  world_.session->history().prepare();
  world_.sql.query("CREATE TABLE migrate_ledgers (id int)");
  const schema::Schema read = world_.read();
  ASSERT_EQ(read.tables.size(), 1U);
  EXPECT_EQ(read.tables[0].name, "migrate_ledgers");
}

TEST_P(SchemaReader, WhatTheHistoryKeepsIsTheSameSchema) {
  make_hard_schema();
  world_.sql.query("ALTER DATABASE CHARACTER SET latin1");
  const schema::Schema read = world_.read();
  const auto kept = schema::kept_objects(read);
  const schema::Schema again = schema::schema_of(kept, read.family);
  EXPECT_EQ(told(schema::differences(again, read)), "");
  EXPECT_EQ(told(schema::differences(read, again)), "");
  EXPECT_EQ(schema::kept_objects(again).size(), kept.size());
}

TEST_P(SchemaReader, SomeObjectsAreReadByName) {
  make_hard_schema();
  using core::ObjectKind;
  const auto session = world_.connect();
  const schema::Schema all = world_.read();
  const schema::Schema some = session->schema().read({{ObjectKind::table, "", "a`b\"c'd"},
                                                      {ObjectKind::table, "", "v_on_z"},
                                                      {ObjectKind::procedure, "", "p;1"},
                                                      {ObjectKind::procedure, "", "no such"},
                                                      {ObjectKind::function, "", "f2"},
                                                      {ObjectKind::trigger, "", "tr 1"},
                                                      {ObjectKind::event, "", "every day"},
                                                      {ObjectKind::event, "", "no such"},
                                                      {ObjectKind::table, "", "no such"},
                                                      {ObjectKind::table, "", "part"},
                                                      {ObjectKind::table, "", "nor such"},
                                                      {ObjectKind::table, "", "v_on_z"},
                                                      {ObjectKind::table, "mysql", "user"}});
  ASSERT_EQ(some.tables.size(), 2U);
  EXPECT_EQ(some.tables[0].fingerprint, all.find_table("a`b\"c'd")->fingerprint);
  EXPECT_EQ(some.tables[1].fingerprint, all.find_table("part")->fingerprint);
  ASSERT_EQ(some.views.size(), 2U);
  EXPECT_EQ(some.routines.size(), 2U);
  ASSERT_EQ(some.triggers.size(), 1U);
  EXPECT_THAT(some.triggers[0].fires_behind.value(), ElementsAre("a_zeroth"));
  ASSERT_EQ(some.events.size(), 1U);
  EXPECT_EQ(some.events[0].fingerprint, all.events[0].fingerprint);
  EXPECT_EQ(some.collation, all.collation);
}

TEST_P(SchemaReader, ASequenceThatIsNamedAsATableIsOne) {
  make_hard_schema();
  const auto session = world_.connect();
  if (session->info().family != core::ServerFamily::mariadb) GTEST_SKIP() << "MySQL has none";
  const schema::Schema some = session->schema().read({{core::ObjectKind::table, "", "sq"}});
  EXPECT_TRUE(some.tables.empty());
  ASSERT_EQ(some.sequences.size(), 1U);
  EXPECT_EQ(some.sequences[0].fingerprint, world_.read().sequences.at(0).fingerprint);
}

TEST_P(SchemaReader, AnEmptySchemaBecomesTheSame) {
  make_hard_schema();
  const schema::Schema expected = world_.read();
  World other(GetParam());
  other.apply(schema::differences(expected, other.read()));
  const schema::Schema found = other.read();
  EXPECT_EQ(told(schema::differences(expected, found)), "");
  ASSERT_EQ(found.tables.size(), expected.tables.size());
  for (std::size_t i = 0; i < found.tables.size(); ++i)
    EXPECT_EQ(found.tables[i].fingerprint, expected.tables[i].fingerprint);
  ASSERT_EQ(found.routines.size(), expected.routines.size());
  ASSERT_EQ(found.views.size(), expected.views.size());
  ASSERT_EQ(found.triggers.size(), expected.triggers.size());
  ASSERT_EQ(found.events.size(), expected.events.size());
}

TEST_P(SchemaReader, AFullSchemaBecomesEmpty) {
  make_hard_schema();
  World other(GetParam());
  const schema::Schema empty = other.read();
  world_.apply(schema::differences(empty, world_.read()));
  EXPECT_EQ(told(schema::differences(empty, world_.read())), "");
}

TEST_P(SchemaReader, WhatSomebodyChangedIsToldAndBroughtBack) {
  make_hard_schema();
  const schema::Schema expected = world_.read();
  make(
      {"ALTER TABLE `a``b\"c'd` MODIFY `größe` decimal(12,2) NOT NULL DEFAULT (1+2),"
       " DROP COLUMN s, ADD COLUMN extra int FIRST, MODIFY e enum('a,b') AFTER id,"
       " DROP COLUMN g, DROP INDEX k1, ADD INDEX k1 (`größe`), DROP INDEX z_first,"
       " COMMENT = 'other', ADD CONSTRAINT more CHECK (uq > 2)",
       "ALTER TABLE child DROP FOREIGN KEY `fk``1`",
       "ALTER TABLE child DEFAULT CHARSET=utf8mb4, ADD note varchar(10) COLLATE utf8mb4_bin",
       "ALTER TABLE part REMOVE PARTITIONING", "ALTER TABLE z_table PARTITION BY HASH (id)",
       "DROP TABLE listed",
       "CREATE TABLE one_more (id int, FOREIGN KEY (id) REFERENCES parent (id))",
       "DROP VIEW z_view", "ALTER VIEW `a view` AS SELECT 2 AS x", "DROP TRIGGER `tr 1`",
       "ALTER PROCEDURE `p;1` COMMENT 'other'", "DROP FUNCTION f2", "ALTER EVENT once COMMENT 'x'",
       "ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin"});
  const auto differences = schema::differences(expected, world_.read());
  const std::string words = told(differences);
  for (const std::string part :
       {"column größe is decimal(12,2), expected decimal(10,2)", "column s is missing",
        "column extra is not expected", "column e is enum('a,b')", "index k1 is KEY",
        "index z_first is missing", "COMMENT is 'other'", "check more is not expected",
        "foreign key fk`1 is missing", "default character set is utf8mb4",
        "column note is not expected", "partitioning is none, expected PARTITION BY RANGE"}) {
    EXPECT_THAT(words, HasSubstr(part));
  }
  world_.apply(differences);
  const schema::Schema mended = world_.read();
  EXPECT_EQ(told(schema::differences(expected, mended)), "");
}

TEST_P(SchemaReader, AForeignKeyInTheWayIsDroppedAndAddedAgain) {
  make({"CREATE TABLE p (id int NOT NULL PRIMARY KEY)",
        "CREATE TABLE c (p_id int, n varchar(9), FOREIGN KEY (p_id) REFERENCES p (id))"});
  const schema::Schema narrow = world_.read();
  make({"ALTER TABLE c DROP FOREIGN KEY c_ibfk_1", "ALTER TABLE c MODIFY p_id bigint",
        "ALTER TABLE p MODIFY id bigint NOT NULL",
        "ALTER TABLE c ADD CONSTRAINT c_ibfk_1 FOREIGN KEY (p_id) REFERENCES p (id)"});
  const schema::Schema wide = world_.read();
  for (const schema::Schema* expected : {&narrow, &wide, &narrow}) {
    world_.apply(schema::differences(*expected, world_.read()));
    EXPECT_EQ(told(schema::differences(*expected, world_.read())), "");
  }
}

TEST_P(SchemaReader, AForeignKeyComesBackWithItsIndexInOneRound) {
  struct Case {
    std::string table;    ///< elements behind the key's column
    std::string by_hand;  ///< clauses of an ALTER TABLE
  };
  const std::vector<Case> cases{
      {"FOREIGN KEY (p_id) REFERENCES p (id)", "DROP FOREIGN KEY c_ibfk_1, DROP INDEX p_id"},
      {"CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)", "DROP FOREIGN KEY fk, DROP INDEX fk"},
      {"CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)",
       "DROP FOREIGN KEY fk, ADD INDEX longer (p_id, q_id)"},
      {"CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)", "ADD INDEX longer (p_id, q_id)"},
      {"CONSTRAINT a FOREIGN KEY (p_id) REFERENCES p (id), "
       "CONSTRAINT b FOREIGN KEY (p_id) REFERENCES q (id)",
       "DROP FOREIGN KEY a, DROP FOREIGN KEY b"},
      {"CONSTRAINT a FOREIGN KEY (p_id) REFERENCES p (id), "
       "CONSTRAINT b FOREIGN KEY (q_id) REFERENCES q (id)",
       "DROP FOREIGN KEY b, DROP INDEX b"},
      {"CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES c (id)", "DROP FOREIGN KEY fk, DROP INDEX fk"},
      {"INDEX own (p_id), CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)",
       "DROP FOREIGN KEY fk, DROP INDEX own"},
      {"INDEX own (p_id), CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)",
       "DROP INDEX own, ADD INDEX other (p_id)"},
      {"INDEX own (p_id)",
       "ADD CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id), DROP INDEX own"},
      {"INDEX plain (n)", "ADD CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)"},
      {"CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)",
       "DROP FOREIGN KEY fk, DROP INDEX fk, ADD CONSTRAINT fk2 FOREIGN KEY (p_id) REFERENCES p "
       "(id)"},
      {"CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id)",
       "DROP FOREIGN KEY fk, DROP INDEX fk, ADD CONSTRAINT fk2 FOREIGN KEY (p_id) REFERENCES q "
       "(id)"},
  };
  make({"CREATE TABLE p (id int NOT NULL PRIMARY KEY)",
        "CREATE TABLE q (id int NOT NULL PRIMARY KEY)"});
  for (const Case& one : cases) {
    SCOPED_TRACE(one.table + "; by hand: " + one.by_hand);
    make({"DROP TABLE IF EXISTS c",
          "CREATE TABLE c (id int PRIMARY KEY, p_id int, q_id int, n int, " + one.table + ")"});
    const schema::Schema expected = world_.read();
    make({"ALTER TABLE c " + one.by_hand});
    const auto differences = schema::differences(expected, world_.read());
    try {
      world_.apply(differences);
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what() << "\n" << schema::repair_text(differences);
    }
    EXPECT_EQ(told(schema::differences(expected, world_.read())), "")
        << schema::repair_text(differences);
  }
}

TEST_P(SchemaReader, SaysWhatItMayNotSee) {
  make_hard_schema();
  world_.sql.query("CREATE USER IF NOT EXISTS half_blind");
  world_.sql.query("GRANT SELECT ON `" + world_.scratch.name() + "`.* TO half_blind");
  core::ConnectionOptions options = world_.scratch.connection();
  options.user = "half_blind";
  const auto session = mysql::open_server(options, {.run_id = "run-1"})->connect();
  const schema::Schema seen = session->schema().read();
  EXPECT_THAT(seen.hidden, Contains(::testing::Field(&core::ObjectName::name, "v_on_z")));
  EXPECT_FALSE(seen.tables.empty());
  // What it cannot see is no difference.
  for (const schema::Difference& difference : schema::differences(world_.read(), seen))
    EXPECT_NE(difference.object.kind, core::ObjectKind::view);
  world_.sql.query("DROP USER half_blind");
}

INSTANTIATE_TEST_SUITE_P(Real, SchemaReader, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SchemaReader);

}  // namespace
}  // namespace migrate::testing
