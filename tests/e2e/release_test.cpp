// The story of a release into production, where every guard is on: nothing is passed by, and each
// point of the checklist is walked by its command.
#include <string>

#include <gtest/gtest.h>

#include "expectations.h"
#include "project.h"

namespace migrate::testing {
namespace {

class Release : public ::testing::TestWithParam<std::string> {
 protected:
  Release() {
    for (const std::string& account : {dba_here(), dba_elsewhere(), reviewer()}) {
      sql("CREATE USER " + account + " IDENTIFIED BY 'a secret'");
      sql("GRANT ALL ON `" + project_.schema() + "`.* TO " + account);
    }
    // What a dump reads beyond the schema, what the guards look at.
    for (const std::string& account : {dba_here(), dba_elsewhere()}) {
      sql("GRANT PROCESS, RELOAD, REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO " + account);
      sql("GRANT SELECT ON mysql.* TO " + account);
      if (mariadb()) sql("GRANT SLAVE MONITOR, REPLICATION MASTER ADMIN ON *.* TO " + account);
    }
    project_.set_environment("PRODUCTION_PASSWORD", "a secret");
    project_.write("migrate.yaml",
                   "environments:\n"
                   "  before_guards: {socket: \"${socket}\", user: " +
                       dba_name() + ", password_env: PRODUCTION_PASSWORD, schema: ${schema}}\n" +
                       production("production", dba_name()) +
                       production("review", reviewer_name()) +
                       "checks:\n"
                       "  parcels-without-customer:\n"
                       "    query: SELECT id FROM parcels WHERE customer IS NULL\n"
                       "    expect: rows = 0\n"
                       "    when: [before, after]\n"
                       "    needs: parcels\n"
                       "    reason: a parcel without a customer cannot be invoiced\n");
  }
  ~Release() override {
    for (const std::string& account : {dba_here(), dba_elsewhere(), reviewer()})
      sql("DROP USER IF EXISTS " + account);
  }

  static bool mariadb() { return GetParam() == "mariadb"; }

  // Other tests have accounts on this server too.
  std::string dba_name() const { return "db_admin_" + project_.schema(); }
  std::string reviewer_name() const { return "ana_" + project_.schema(); }
  std::string dba_here() const { return "'" + dba_name() + "'@'localhost'"; }
  std::string dba_elsewhere() const { return "'" + dba_name() + "'@'%'"; }
  std::string reviewer() const { return "'" + reviewer_name() + "'@'localhost'"; }

  std::string production(const std::string& name, const std::string& user) const {
    return "  " + name + ":\n" + "    socket: ${socket}\n    schema: ${schema}\n    user: " + user +
           "\n    password_env: PRODUCTION_PASSWORD\n    server_bin: \"${server_bin}\"\n    "
           "protected: true\n"
           "    require: [approval, destructive, grants, rehearsal, backup, window, replicas]\n"
           "    approvers: [" +
           reviewer_name() + "]\n    prove_down: true\n    protected_objects: [\"v1_*\"]\n" +
           "    accounts: [\"" + dba_here() + "\", \"" + dba_elsewhere() + "\"]\n" +
           "    windows: [{days: daily, from: \"00:00\", to: \"24:00\"}]\n"
           "    large_table: {rows: 1, bytes: 1K}\n    outside_windows: refuse\n";
  }

  void sql(const std::string& statement) { project_.sql().query(statement); }
  std::string value(const std::string& query) { return project_.sql().value(query); }
  Ending run(int code, const std::string& line) { return run_expecting(code, project_, line); }

  Project project_{RealServer::named(GetParam())};
};

// In front of the run, not in its middle.
TEST_P(Release, of_a_trigger_is_refused_where_the_binary_log_forbids_it) {
  RealServer server(GetParam(), {"--log-bin=binlog", "--server-id=7"});
  Project project(server);
  project.sql().query("CREATE USER ben@localhost IDENTIFIED BY 'a secret'");
  project.sql().query("GRANT ALL ON `" + project.schema() + "`.* TO ben@localhost");
  project.set_environment("PRODUCTION_PASSWORD", "a secret");
  project.write(
      "migrate.yaml",
      "environments: {production: {socket: \"${socket}\", user: ben, password_env: "
      "PRODUCTION_PASSWORD, schema: ${schema}, require: grants, accounts: [ben@localhost]}}\n");
  project.write("migrations/1_t.up.sql",
                "CREATE TABLE t (a INT PRIMARY KEY);\n"
                "CREATE TRIGGER t_in BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;\n");
  const std::string refused = run_expecting(4, project, "up --env production").out;
  expect_in(refused, "'ben'@'localhost' may not create trigger t_in");
  expect_in(refused, "SET GLOBAL log_bin_trust_function_creators = 1;");
  EXPECT_EQ(project.sql().value("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = "
                                "'t' AND table_schema = DATABASE()"),
            "0");
  project.sql().query("SET GLOBAL log_bin_trust_function_creators = 1");
  run_expecting(0, project, "up --env production");
}

TEST_P(Release, goes_through_every_guard_by_the_book) {
  sql("SET GLOBAL log_bin_trust_function_creators = 1");
  project_.copy_shipped_steps();
  project_.write("migrations/30000101000000_parcels.up.sql",
                 "CREATE TABLE parcels (id INT PRIMARY KEY, customer INT, remark TEXT);\n"
                 "CREATE VIEW v1_parcels AS SELECT id, customer FROM parcels;\n");
  project_.write("migrations/30000101000000_parcels.down.sql",
                 "DROP VIEW v1_parcels;\nDROP TABLE parcels;\n");
  run(0, "up --env before_guards");
  sql("INSERT INTO parcels VALUES (1, 7, 'by phone'), (2, 8, NULL)");
  const std::string before = project_.schema_text();

  // The release: a column comes, one that nobody reads any more goes.
  project_.write("migrations/30000102000000_totals.up.sql",
                 "ALTER TABLE parcels ADD COLUMN total DECIMAL(12, 2) NOT NULL DEFAULT 0;\n"
                 "-- migrate: allow=drop-column reason=\"nobody reads remarks\"\n"
                 "ALTER TABLE parcels DROP COLUMN remark;\n");
  project_.write("migrations/30000102000000_totals.down.sql",
                 "ALTER TABLE parcels DROP COLUMN total, ADD COLUMN remark TEXT AFTER customer;\n");

  // What is in the way is told at once, and the run as well is refused for all of it.
  const std::string first = run(4, "preflight --env production").out;
  for (const char* missing : {"✗ approval", "✗ destructive", "✗ rehearsal", "✗ backup"})
    expect_in(first, missing);
  for (const char* in_order : {"✓ grants", "✓ window", "✓ replicas", "✓ parcels-without-customer"})
    expect_in(first, in_order);
  const std::string refused = run(4, "up --env production --yes").out;
  for (const char* guard : {"approval:", "destructive:", "rehearsal:", "backup:"})
    expect_in(refused, guard);
  EXPECT_EQ(project_.schema_text(), before);

  // The checklist, point by point.
  run(0, "backup --env production --verify");
  run(0, "verify --env production --data 20 --record production");
  expect_in(run(2, "plan --env production --out plan.json").out, "up --plan plan.json");
  expect_in(run(2, "plan --env production --format html").out, "remark");
  expect_in(run(2, "status --env production").out, "draft");
  run(4, "approve plan.json --env production");
  run(0, "approve plan.json --env review --comment \"read with the team\"");
  EXPECT_EQ(run(2, "status --env production").out.find("draft"), std::string::npos);

  // What is left needs the word of who runs it.
  const std::string up = "up --env production --plan plan.json --yes";
  expect_in(run(4, up).out, "--override destructive=");
  EXPECT_EQ(project_.schema_text(), before);
  const std::string meant = " --override destructive=\"remarks are in the archive\"";
  run(0, up + meant);
  EXPECT_EQ(value("SELECT total FROM parcels WHERE id = 1"), "0.00");

  // Afterwards: nothing is pending, the checks hold, the schema is as it was left, and the history
  // tells who meant what.
  run(0, "status --env production --drift");
  run(0, "check --env production");
  const std::string history = run(0, "history --env production --limit 50").out;
  for (const char* told : {"plan approved", "read with the team", "remarks are in the archive"})
    expect_in(history, told);
  run(0, up + meant);

  // The way back was proven, and needs its word too.
  run(4, "down --env production --yes");
  run(0,
      "down --env production --yes --override approval=\"the release is taken back\" "
      "--override destructive=\"the release is taken back\"");
  EXPECT_EQ(project_.schema_text(), before);
}

TEST_P(Release, that_takes_a_compatibility_view_along_is_stopped) {
  project_.write("migrations/1_parcels.up.sql",
                 "CREATE TABLE parcels (id INT PRIMARY KEY, customer INT);\n"
                 "CREATE VIEW v1_parcels AS SELECT id FROM parcels;\n");
  project_.write("migrations/1_parcels.down.sql", "DROP VIEW v1_parcels;\nDROP TABLE parcels;\n");
  run(0, "up --env before_guards");
  project_.write("migrations/2_tidy.up.sql",
                 "-- migrate: allow=drop-view reason=\"nobody reads it\"\nDROP VIEW v1_parcels;\n");
  project_.write("migrations/2_tidy.down.sql",
                 "CREATE VIEW v1_parcels AS SELECT id FROM parcels;\n");
  run(0, "backup --env production --verify");
  run(0, "verify --env production --record production");
  run(2, "plan --env production --out plan.json");
  run(0, "approve plan.json --env review");
  const std::string up =
      "up --env production --plan plan.json --yes --override destructive=\"it is time\"";
  expect_in(run(4, up).out, "--drop-protected v1_parcels");
  EXPECT_EQ(value("SELECT COUNT(*) FROM v1_parcels"), "0");
  run(0, up + " --drop-protected v1_parcels");
}

INSTANTIATE_TEST_SUITE_P(E2e, Release, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Release);

}  // namespace
}  // namespace migrate::testing
