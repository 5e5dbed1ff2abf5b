// ALTER TABLEs that go through a tool: pt-online-schema-change where it is installed, and a small
// script that stands for any.
#include <csignal>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "expectations.h"
#include "watched_project.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

class Online : public WatchedProject {
 protected:
  Online() {
    project_.sql().query(
        "CREATE TABLE teas (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL)");
    project_.sql().query("INSERT INTO teas (name) VALUES ('Assam'), ('Oolong'), ('Sencha')");
    for (int i = 0; i < 8; ++i)
      project_.sql().query("INSERT INTO teas (name) SELECT name FROM teas");
    project_.write("migrations/1_price.up.sql",
                   "-- migrate: online\n"
                   "ALTER TABLE teas ADD COLUMN price DECIMAL(8, 2) NULL,\n"
                   "  ADD INDEX by_name (name);\n"
                   "CREATE TABLE cups (id INT PRIMARY KEY);\n");
  }

  /// `more`: lines of the environment.
  void configure(const std::string& more, const std::string& user = "root") {
    project_.write("migrate.yaml",
                   "default_env: test\nenvironments:\n  test:\n    socket: ${socket}\n    user: " +
                       user + "\n    schema: ${schema}\n" + more);
  }
  void configure_script(const std::string& script, const std::string& user = "root") {
    project_.write("tool",
                   "#!/bin/sh\nclient=$(command -v mariadb || command -v mysql)\n" + script + "\n");
    fs::permissions(project_.directory() / "tool", fs::perms::owner_all);
    configure(
        "    online_command: [./tool, \"{defaults_file}\", \"{schema}\", \"{table}\", "
        "\"{alter}\"]\n",
        user);
  }
  static constexpr const char* does_it =
      R"("$client" --defaults-file="$1" "$2" -e "ALTER TABLE \`$3\` $4")";

  void configure_real(const std::string& more = "") {
    configure("    online_command: [pt-online-schema-change, --execute, --recursion-method=none, " +
              more + "\"--alter\", \"{alter}\", \"D={schema},t={table},F={defaults_file}\"]\n");
  }
  bool has_real() {
    return project_.shell("command -v pt-online-schema-change >/dev/null").code == 0;
  }
  std::string columns() {
    return value(
        "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM "
        "information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'teas'");
  }
  std::string rows() { return value("SELECT COUNT(*) FROM teas"); }
  std::string left_over() {
    return value(
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND "
        "table_name LIKE '\\_%'");
  }
  void expect_all_done() {
    EXPECT_EQ(columns(), "id,name,price");
    EXPECT_EQ(rows(), "768");
    EXPECT_EQ(left_over(), "0");
    run_expecting(0, project_, "status --quiet");
    run_expecting(0, project_, "drift");
  }
};

TEST_P(Online, goes_through_the_real_tool) {
  if (!has_real()) GTEST_SKIP() << "no pt-online-schema-change on this machine";
  configure_real();
  expect_in(run_expecting(2, project_, "plan --ask nobody").out + project_.run("plan").err,
            "table teas is altered by pt-online-schema-change");
  const Ending ending = run_expecting(0, project_, "up");
  expect_in(ending.err, "pt-online-schema-change | Successfully altered");
  expect_all_done();
}

TEST_P(Online, killed_with_the_real_tool_is_gone_on_with) {
  if (!has_real()) GTEST_SKIP() << "no pt-online-schema-change on this machine";
  configure_real("--chunk-size=10, --chunk-time=0, --sleep=1, ");
  Process up = project_.start({"up"});
  ASSERT_TRUE(eventually([&] {
    return value(
               "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = "
               "DATABASE()") == "3";
  }));
  up.signal(SIGKILL);
  up.wait();
  // The tool goes with it: nobody but this test is at the schema any more.
  EXPECT_TRUE(eventually([&] {
    return look_.value("SELECT COUNT(*) FROM information_schema.processlist WHERE db = '" +
                       project_.schema() + "' AND id <> CONNECTION_ID()") == "1";
  }));
  EXPECT_EQ(columns(), "id,name");
  const Ending refused = run_expecting(4, project_, "up");
  expect_in(refused.err, "has not changed, so it will run again");
  expect_in(refused.out, "an earlier run of such");
  for (const char* when : {"del", "ins", "upd"}) {
    const std::string trigger = "pt_osc_" + project_.schema() + "_teas_" + when;
    expect_in(refused.out, trigger);
    project_.sql().query("DROP TRIGGER " + trigger);
  }
  expect_in(refused.out, "_teas_new");
  project_.sql().query("DROP TABLE _teas_new");
  configure_real();
  run_expecting(0, project_, "up");
  expect_all_done();
}

TEST_P(Online, tells_the_tool_the_password_where_nobody_sees_it) {
  const std::string user = "online_" + project_.schema().substr(project_.schema().size() - 6);
  project_.sql().query("CREATE USER '" + user + "'@'localhost' IDENTIFIED BY 'tiger-7'");
  project_.sql().query("GRANT ALL ON " + project_.schema() + ".* TO '" + user + "'@'localhost'");
  configure_script("env > seen; tr '\\0' ' ' </proc/$$/cmdline >>seen; stat -L -c %a \"$1\"\n" +
                       std::string(does_it),
                   user);
  project_.set_environment("MIGRATE_PASSWORD", "tiger-7");
  const Ending ending = run_expecting(0, project_, "up");
  expect_in(ending.err, "tool | 600");
  expect_all_done();
  project_.sql().query("DROP USER '" + user + "'@'localhost'");
  EXPECT_EQ(project_.read("seen").find("tiger"), std::string::npos) << project_.read("seen");
}

TEST_P(Online, fails_with_its_tool) {
  configure_script("echo copying; echo 'no more room' >&2; exit 9");
  const Ending ending = run_expecting(5, project_, "up");
  expect_in(ending.out, "migrations/1_price.up.sql:2:1");
  expect_in(ending.out, "tool: exit status 9; it said at the end: copying | no more room");
  EXPECT_EQ(columns(), "id,name");
  configure_script(does_it);
  run_expecting(0, project_, "up");
  expect_all_done();
}

TEST_P(Online, that_failed_behind_its_work_is_not_done_again) {
  configure_script(std::string(does_it) + "; echo 'cannot drop the old table'; exit 1");
  run_expecting(5, project_, "up");
  EXPECT_EQ(columns(), "id,name,price");
  run_expecting(0, project_, "up");
  expect_all_done();
}

TEST_P(Online, killed_behind_its_work_is_not_done_again) {
  configure_script(std::string(does_it) + "; echo > altered; sleep 600");
  Process up = project_.start({"up"});
  ASSERT_TRUE(eventually([&] { return fs::exists(project_.directory() / "altered"); }));
  up.signal(SIGKILL);
  up.wait();
  configure_script("exit 1");
  expect_in(run_expecting(0, project_, "up").err, "it counts as applied");
  expect_all_done();
}

TEST_P(Online, hears_the_signal) {
  configure_script("trap 'echo > heard; exit 1' TERM; echo > ready; sleep 600 & wait");
  Process up = project_.start({"up"});
  ASSERT_TRUE(eventually([&] { return fs::exists(project_.directory() / "ready"); }));
  up.signal(SIGTERM);
  EXPECT_EQ(up.wait().code, 143);
  EXPECT_TRUE(fs::exists(project_.directory() / "heard"));
  configure_script(does_it);
  run_expecting(0, project_, "up");
  expect_all_done();
}

TEST_P(Online, is_refused_where_it_cannot_be) {
  configure_script(does_it);
  project_.write("migrations/2_renames.up.sql",
                 "-- migrate: online\nALTER TABLE cups ADD COLUMN n INT;\n"
                 "ALTER TABLE cups RENAME TO mugs;\n");
  const Ending ending = run_expecting(78, project_, "up");
  expect_in(ending.out + ending.err, "migrations/2_renames.up.sql:3:1");
  expect_in(ending.out + ending.err, "it renames the table");
  EXPECT_EQ(columns(), "id,name") << "nothing ran";
  fs::remove(project_.directory() / "migrations/2_renames.up.sql");
  configure("");
  for (const char* command : {"up", "preflight"})
    expect_in(run_expecting(4, project_, command).out, "this environment has");
  configure("    online_command: off\n");
  run_expecting(0, project_, "up");
  expect_all_done();
}

TEST_P(Online, is_what_is_large) {
  project_.write("migrations/1_price.up.sql",
                 "ALTER TABLE teas ADD COLUMN price DECIMAL(8, 2) NULL;\n"
                 "CREATE TABLE cups (id INT PRIMARY KEY);\n"
                 "ALTER TABLE cups ADD COLUMN n INT;\n");
  configure_script(std::string("echo \"$3\" >> at\n") + does_it);
  project_.write("migrate.yaml", project_.read("migrate.yaml") + "    online_above: {rows: 100}\n");
  project_.sql().query("ANALYZE TABLE teas");
  run_expecting(0, project_, "up");
  EXPECT_EQ(project_.read("at"), "teas\n");
  expect_all_done();
}

INSTANTIATE_TEST_SUITE_P(E2e, Online, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
