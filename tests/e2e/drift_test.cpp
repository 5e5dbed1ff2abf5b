// What somebody changed beside migrate is seen, told and refused; what a run did is not drift.
#include <gtest/gtest.h>

#include "expectations.h"
#include "project.h"
#include "support/hard_schema.h"

namespace migrate::testing {
namespace {

class Drift : public ::testing::TestWithParam<std::string> {
 protected:
  Drift() {
    project_.write("migrations/1_orders.up.sql",
                   "CREATE TABLE orders (id INT PRIMARY KEY, total DECIMAL(12,2) NOT NULL);\n"
                   "CREATE VIEW totals AS SELECT total FROM orders;\n"
                   "CREATE TRIGGER tr BEFORE INSERT ON orders FOR EACH ROW SET NEW.id = 1;\n");
    project_.write("migrations/1_orders.down.sql", "DROP VIEW totals;\nDROP TABLE orders;\n");
    EXPECT_EQ(project_.run("up").code, 0);
  }

  Ending run(const std::string& line, int code) { return run_expecting(code, project_, line); }
  bool mariadb() {
    return project_.sql().value("SELECT VERSION()").find("MariaDB") != std::string::npos;
  }

  Project project_{RealServer::named(GetParam())};
};

TEST_P(Drift, is_told_in_words_and_as_the_alter_that_mends_it) {
  run("drift", 0);
  run("status --drift", 0);
  project_.sql().query("ALTER TABLE orders MODIFY total DECIMAL(10,2) NOT NULL");
  const std::string told = run("drift", 3).out;
  expect_in(told, "table orders is changed");
  expect_in(told, "column total is decimal(10,2), expected decimal(12,2)");
  expect_in(told, "MODIFY COLUMN `total` decimal(12,2) NOT NULL;");
  expect_in(run("status --drift", 3).out, "table orders");
  expect_in(run("status", 0).out, "was as the last run left it (looked at ");
  run("drift --record", 3);
  expect_in(run("status", 0).out, "was not as the last run left it: table orders");
  expect_in(run("status --quiet", 0).out, "table orders");
  expect_in(run("history", 0).out, "drift found");
  project_.sql().query("ALTER TABLE orders MODIFY COLUMN `total` decimal(12,2) NOT NULL");
  run("drift", 0);
}

TEST_P(Drift, goes_with_whatever_a_run_does) {
  project_.write("migrations/2_more.up.sql",
                 "RENAME TABLE orders TO `old orders`;\n"
                 "CREATE TABLE orders LIKE `old orders`;\n"
                 "CREATE PROCEDURE P() CREATE TABLE by_p (id INT);\nCALL p();\n");
  project_.write("migrations/2_more.down.sql",
                 "DROP TABLE by_p;\nDROP PROCEDURE p;\nDROP TABLE orders;\n"
                 "RENAME TABLE `old orders` TO orders;\n");
  run("up", 0);
  run("drift", 0);
  run("redo", 0);
  run("drift", 0);
  run("down --all", 0);
  run("drift", 0);
  run("up", 0);
  run("reset --yes", 0);
  run("drift", 0);
}

TEST_P(Drift, a_routine_is_the_same_in_any_case) {
  project_.write("migrations/2_f.up.sql", "CREATE PROCEDURE Foo() SELECT 1;\n");
  project_.write("migrations/2_f.down.sql", "DROP PROCEDURE foo;\n");
  run("up", 0);
  run("drift", 0);
  run("down", 0);
  run("drift", 0);
}

TEST_P(Drift, in_objects_that_up_would_change_is_refused) {
  project_.sql().query("ALTER TABLE orders ADD COLUMN by_hand INT");
  project_.write("migrations/2_other.up.sql", "CREATE TABLE other (id INT);\n");
  run("up", 0);
  project_.write("migrations/3_paid.up.sql", "ALTER TABLE orders ADD COLUMN paid INT;\n");
  expect_in(run("plan", 3).out, "column by_hand is not expected");
  expect_in(run("up", 3).out, "table orders");
  run("up --accept-drift at-night", 0);
  run("drift", 0);
  expect_in(run("history", 0).out, "at-night: table orders");
}

TEST_P(Drift, stays_behind_a_run_that_may_change_anything) {
  project_.write("migrations/2_more.up.sql",
                 "CREATE TABLE gone (id INT);\nCREATE TABLE touched (id INT);\n"
                 "CREATE PROCEDURE p() SELECT 1;\n");
  run("up", 0);
  project_.sql().query("ALTER TABLE orders ADD COLUMN by_hand INT");
  project_.sql().query("CREATE TABLE stray (id INT)");
  project_.sql().query("DROP TABLE gone");
  project_.sql().query("ALTER TABLE touched ADD COLUMN by_hand INT");
  project_.sql().query("DROP PROCEDURE p");
  project_.sql().query("CREATE PROCEDURE P() SELECT 2");
  project_.sql().query(
      "CREATE TRIGGER late BEFORE INSERT ON orders FOR EACH ROW PRECEDES tr "
      "SET NEW.id = 2");
  run("drift --record", 3);
  project_.write("migrations/3_dynamic.up.sql",
                 "SET @sql = 'ALTER TABLE touched ADD COLUMN by_step INT';\n"
                 "PREPARE s FROM @sql;\nEXECUTE s;\nDEALLOCATE PREPARE s;\n");
  run("up", 0);
  const std::string told = run("drift", 3).out;
  for (const char* object :
       {"table orders", "table stray", "table gone", "procedure p", "trigger late"}) {
    expect_in(told, object);
  }
  EXPECT_EQ(told.find("table touched"), std::string::npos) << told;
  const std::string status = run("status", 0).out;
  expect_in(status, "table stray");
  EXPECT_EQ(status.find("table touched"), std::string::npos) << status;
}

TEST_P(Drift, is_unknown_after_a_kill_until_the_next_run) {
  project_.sql().query(
      "INSERT INTO migrate_schema SELECT 'open', 'a dead run', '', '', '', '', '', '', '', '', "
      "'a dead run', UTC_TIMESTAMP(6), NULL");
  expect_in(run("drift", 4).out, "a dead run");
  expect_in(run("status", 0).out, "run a dead run may have changed it");
  run("up", 0);
  run("drift", 0);
}

TEST_P(Drift, of_an_older_history_is_unknown_until_somebody_says_so) {
  project_.sql().query("DROP TABLE migrate_schema");
  project_.sql().query("UPDATE migrate_format SET format = 3");
  run("drift", 4);
  run("status", 0);
  run("up", 0);
  run("drift", 4);
  run("drift --accept first-look", 0);
  run("drift", 0);
}

TEST_P(Drift, reads_what_an_older_version_kept_by_the_rules_of_today) {
  if (mariadb()) {
    project_.write("migrations/2_parts.up.sql",
                   "CREATE TABLE parts (id INT) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME "
                   "INTERVAL 1 DAY PARTITIONS 3;\n");
    run("up", 0);
    project_.sql().query(
        "UPDATE migrate_schema SET definition = REPLACE(definition, 'INTERVAL 1 DAY', 'INTERVAL 1 "
        "DAY STARTS TIMESTAMP''2026-01-05 00:00:00''') WHERE name = 'parts'");
  }
  project_.sql().query(
      "UPDATE migrate_schema SET fingerprint = 'of older rules', definition = REPLACE(definition, "
      "'ENGINE=InnoDB', 'ENGINE=InnoDB AUTO_INCREMENT=7') WHERE kind = 'table'");
  EXPECT_NE(project_.sql().value("SELECT COUNT(*) FROM migrate_schema WHERE "
                                 "LOCATE('AUTO_INCREMENT=7', definition) > 0"),
            "0");
  run("drift", 0);
}

TEST_P(Drift, sees_that_triggers_were_reordered) {
  project_.write("migrations/2_second.up.sql",
                 "CREATE TRIGGER second BEFORE INSERT ON orders FOR EACH ROW SET NEW.total = 2;\n");
  project_.write("migrations/3_between.up.sql",
                 "CREATE TRIGGER betw BEFORE INSERT ON orders FOR EACH ROW FOLLOWS tr "
                 "SET NEW.total = 1;\n");
  run("up --to 2", 0);
  run("up", 0);
  run("drift", 0);
  project_.sql().query("DROP TRIGGER tr");
  project_.sql().query("CREATE TRIGGER tr BEFORE INSERT ON orders FOR EACH ROW SET NEW.id = 1");
  const std::string told = run("drift", 3).out;
  expect_in(told, "trigger tr is changed");
  expect_in(told, "fires at another place, expected first");
  expect_in(told, "PRECEDES `betw`");
}

TEST_P(Drift, that_cannot_be_accepted_is_not) {
  project_.sql().query("ALTER TABLE orders ADD COLUMN by_hand INT");
  project_.sql().query("CREATE USER IF NOT EXISTS clerk");
  const std::string schema = "`" + project_.schema() + "`.";
  project_.sql().query("GRANT SELECT, SHOW VIEW, TRIGGER ON " + schema + "* TO clerk");
  project_.sql().query("GRANT INSERT ON " + schema + "migrate_log TO clerk");
  const Ending ending = run("drift --accept wanted --user clerk", 5);
  expect_in(ending.err, "the history cannot be written");
  EXPECT_EQ(ending.out.find("✓"), std::string::npos) << ending.out;
  EXPECT_EQ(run("history", 0).out.find("wanted"), std::string::npos);
  run("drift", 3);
  project_.sql().query("DROP USER clerk");
}

TEST_P(Drift, against_the_files_and_against_a_snapshot) {
  // The private server is of the other family where the program that is found first is.
  const std::string on_own = " --server-bin " + RealServer::program_of(GetParam()).string();
  run("drift --against files" + on_own, 0);
  run("snapshot --out schema.sql", 0);
  run("drift --against schema.sql" + on_own, 0);
  project_.sql().query("DROP VIEW totals");
  project_.sql().query("CREATE TABLE stray (id INT)");
  for (const std::string against : {"files", "schema.sql"}) {
    const std::string told = run("drift --against " + against + on_own, 3).out;
    expect_in(told, "view totals is missing");
    expect_in(told, "table stray is not expected");
    expect_in(told, "DROP TABLE `stray`;");
  }
  run("sandbox destroy" + on_own, 0);
}

TEST_P(Drift, against_a_snapshot_of_a_hard_schema) {
  project_.sql().query("SET NAMES utf8mb4");
  for (const std::string& statement :
       hard_schema(mariadb() ? core::ServerFamily::mariadb : core::ServerFamily::mysql)) {
    project_.sql().query(statement);
  }
  run("snapshot --out schema.sql", 0);
  const std::string on_own = " --server-bin " + RealServer::program_of(GetParam()).string();
  run("drift --against schema.sql" + on_own, 0);
  run("drift --accept it-is-there", 0);
  run("drift", 0);
  run("sandbox destroy" + on_own, 0);
}

TEST_P(Drift, an_account_that_may_not_look_still_runs) {
  project_.sql().query("CREATE USER IF NOT EXISTS blind");
  project_.sql().query(
      "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, "
      "REFERENCES, CREATE TEMPORARY TABLES ON `" +
      project_.schema() + "`.* TO blind");
  project_.write("migrations/2_other.up.sql", "RENAME TABLE orders TO sold;\n");
  run("up --user blind", 0);
  const std::string blind = run("drift --user blind", 0).out;
  expect_in(blind, "not compared");
  expect_in(blind, "trigger tr");
  const Ending snapshot = run("snapshot --user blind", 78);
  expect_in(snapshot.err, "view totals");
  project_.sql().query("DROP USER blind");
}

INSTANTIATE_TEST_SUITE_P(E2e, Drift, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Drift);

}  // namespace
}  // namespace migrate::testing
