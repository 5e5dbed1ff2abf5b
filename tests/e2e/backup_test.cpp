// Backups that can be trusted: what is damaged, left out, interrupted or not allowed is told, and
// leaves nothing that looks whole.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "expectations.h"
#include "support/hard_schema.h"
#include "watched_project.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

// What is hard to carry in text.
const std::vector<std::string> hard_rows{
    "CREATE TABLE hard (id INT PRIMARY KEY, txt TEXT, bytes BLOB, bits BIT(11), f FLOAT, d DOUBLE, "
    "n DECIMAL(30,10), y YEAR, ts TIMESTAMP NULL, dt DATETIME(6), e ENUM('a','b''c'), "
    "s SET('x','y'), j JSON, g GEOMETRY, z INT(5) ZEROFILL, latin VARCHAR(20) CHARACTER SET "
    "latin1, "
    "inv INT INVISIBLE DEFAULT 7)",
    "INSERT INTO hard (id, txt, bytes, bits, f, d, n, y, ts, dt, e, s, j, g, z, latin) VALUES "
    "(1, 'it''s\\n\\t\\0\\Z\\\\ \\\"x\\\"; -- ),(\\'', x'00ff270a5c', b'10101010101', 1.2345678, "
    "1.23456789012345678e300, -0.5, 2024, '2024-01-01 00:00:00', '2024-01-01 00:00:00.123456', "
    "'b''c', 'x,y', '{\"a\": \"b''\\\\n\"}', ST_GeomFromText('POINT(1 2)'), 42, 'é'), "
    "(2, '', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL), "
    "(3, 'NULL', 'NULL', b'0', -0.0, 1e-300, 0, 1901, NULL, NULL, 'a', 'y', '[]', NULL, 0, '')",
    "CREATE TABLE no_key (a INT, b VARCHAR(10))",
    "INSERT INTO no_key VALUES (1, 'x'), (1, 'x'), (NULL, NULL)",
    "CREATE TABLE no_rows (a INT PRIMARY KEY)"};

class Backup : public WatchedProject {
 protected:
  void SetUp() override {
    configure("");
    if (real_tool().empty()) GTEST_SKIP() << "no dump tool of this family on this machine";
    for (const std::string& statement : hard_rows) project_.sql().query(statement);
    project_.sql().query(
        "CREATE TRIGGER counted BEFORE INSERT ON hard FOR EACH ROW SET NEW.id = NEW.id");
  }

  void configure(const std::string& more) {
    project_.write("migrate.yaml",
                   "default_env: test\nenvironments:\n"
                   "  test: {server_bin: \"${server_bin}\", socket: \"${socket}\", user: root, "
                   "schema: ${schema}" +
                       more +
                       "}\n"
                       "  other: {server_bin: \"${server_bin}\", socket: \"${socket}\", user: "
                       "root, schema: ${schema}_other}\n"
                       "  guarded: {server_bin: \"${server_bin}\", socket: \"${socket}\", user: "
                       "root, schema: ${schema}, protected: true}\n");
  }

  static bool mariadb() { return GetParam() == "mariadb"; }

  static std::string real_tool() {
    const fs::path beside = RealServer::program_of(GetParam()).parent_path();
    for (const std::string& tool :
         {(beside / "mysqldump").string(), (beside / "../bin/mariadb-dump").string()}) {
      if (fs::exists(tool) && mariadb() == tool.ends_with("mariadb-dump"))
        return fs::weakly_canonical(tool).string();
    }
    return {};
  }

  /// A dump tool that is not what it seems: `does` is a shell's text in which "$real" "$@" is the
  /// true one.
  void write_tool(const std::string& does) {
    project_.write("tool", "#!/bin/sh\nreal='" + real_tool() +
                               "'\ncase \"$1\" in --version) exec \"$real\" --version;; esac\n" +
                               does + "\n");
    fs::permissions(project_.directory() / "tool", fs::perms::owner_all);
  }

  /// The files of the folder, but for hidden ones.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(project_.directory() / "backups", none))
      names.push_back(entry.path().filename().string());
    return names;
  }

  /// A verified backup; its path.
  std::string backup(const std::string& arguments = "") {
    run_expecting(0, project_, "backup --verify --out backups/one.sql.gz " + arguments);
    return "backups/one.sql.gz";
  }

  nlohmann::json listed() {
    return nlohmann::json::parse(project_.run("backup list --format json").out).at("backups");
  }

  void change(const std::string& path, const std::function<void(std::string&)>& how) {
    std::string text = project_.read(path);
    how(text);
    std::ofstream(project_.directory() / path, std::ios::binary) << text;
  }

  /// A backup whose tool has written its beginning, and waits as long as there is the file
  /// `waiting`, which holds the tool's number.
  Process start_waiting(const std::string& more = "") {
    write_tool(
        "\"$real\" \"$@\" > whole; head -c 3000 whole; echo $$ > waiting.new; "
        "mv waiting.new waiting; " +
        more + "while [ -e waiting ]; do sleep 0.05; done; tail -c +3001 whole");
    Process process = project_.start({"backup", "--dump-tool", "./tool"});
    EXPECT_TRUE(eventually([&] { return fs::exists(project_.directory() / "waiting"); }));
    EXPECT_TRUE(eventually([&] { return !files().empty(); }));
    return process;
  }
};

TEST_P(Backup, of_what_is_hard_holds_all_of_it) {
  project_.sql().query("SET NAMES utf8mb4");
  for (const std::string& statement :
       hard_schema(mariadb() ? core::ServerFamily::mariadb : core::ServerFamily::mysql)) {
    SCOPED_TRACE(statement);
    project_.sql().query(statement);
  }
  // What the tools cannot dump: they make views in the order of their names, and a stand-in cannot
  // be checked; a comment that was written under NO_BACKSLASH_ESCAPES comes out another way.
  for (const char* object : {"VIEW `a view`", "PROCEDURE commented", "EVENT with_a_comment"})
    project_.sql().query(std::string("DROP ") + object);
  const Ending ending = run_expecting(0, project_, "backup --verify");
  expect_in(ending.out, "is what its manifest says");
  const nlohmann::json one = listed().at(0);
  EXPECT_FALSE(one.at("verified_at").is_null()) << one;
  EXPECT_EQ(one.at("server").at("schema"), project_.schema());
}

TEST_P(Backup, of_all_shipped_steps_is_restored_elsewhere_with_its_history) {
  project_.copy_shipped_steps();
  run_expecting(0, project_, "up --quiet");
  const std::string path = backup();
  project_.sql().query("DROP DATABASE IF EXISTS " + project_.schema() + "_other");
  project_.sql().query(
      "CREATE DATABASE " + project_.schema() + "_other COLLATE " +
      value("SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = '" +
            project_.schema() + "'"));
  run_expecting(0, project_, "backup restore " + path + " --env other --yes");
  run_expecting(0, project_, "status --env other");
  expect_in(run_expecting(0, project_, "history --env other").out, "restored");
  run_expecting(0, project_, "drift --env other");
  const auto rows = [&](const std::string& schema) {
    return value(
        "SELECT GROUP_CONCAT(id, HEX(COALESCE(txt, '-')), HEX(COALESCE(bytes, '-')), "
        "HEX(COALESCE(bits, 9)) ORDER BY id) FROM " +
        schema + ".hard");
  };
  EXPECT_EQ(rows(project_.schema() + "_other"), rows(project_.schema()));
  project_.sql().query("DROP DATABASE " + project_.schema() + "_other");
}

TEST_P(Backup, is_restored_beside_its_schema_without_touching_that) {
  project_.sql().query("ALTER DATABASE COLLATE utf8mb4_unicode_520_ci");
  const std::string path = backup();
  const auto collation = [&](const std::string& schema) {
    return value(
        "SELECT default_collation_name FROM information_schema.schemata WHERE "
        "schema_name = '" +
        schema + "'");
  };
  const std::string other = project_.schema() + "_other";
  project_.sql().query("CREATE DATABASE " + other + " COLLATE utf8mb4_unicode_520_ci");
  // What the dump says of the schema while it makes the trigger, and behind that.
  project_.sql().query("ALTER DATABASE COLLATE utf8mb4_bin");
  run_expecting(0, project_, "backup restore --yes --env other " + path);
  EXPECT_EQ(collation(project_.schema()), "utf8mb4_bin");
  EXPECT_EQ(collation(other), "utf8mb4_unicode_520_ci");
  EXPECT_EQ(value("SELECT database_collation FROM information_schema.triggers WHERE "
                  "trigger_schema = '" +
                  other + "'"),
            "utf8mb4_unicode_ci");
  project_.sql().query("DROP DATABASE " + other);
}

TEST_P(Backup, notes_where_the_binary_log_was) {
  RealServer server(GetParam(), {"--log-bin=binlog", "--server-id=7"});
  Project project(server);
  project.write("migrate.yaml",
                "environments: {test: {server_bin: \"${server_bin}\", socket: \"${socket}\", user: "
                "root, schema: ${schema}}}\n");
  project.sql().query("CREATE TABLE t (id INT PRIMARY KEY)");
  project.sql().query("INSERT INTO t VALUES (1)");
  const auto one = nlohmann::json::parse(run_expecting(0, project, "backup --format json").out);
  EXPECT_EQ(one.at("binary_log").at("file").get<std::string>().substr(0, 10), "binlog.000");
  EXPECT_GT(one.at("binary_log").at("position"), 4);
  if (mariadb()) {
    EXPECT_EQ(one.at("binary_log").at("gtid").get<std::string>().substr(0, 4), "0-7-");
  }
}

TEST_P(Backup, that_rots_is_found_out_before_anything_is_restored) {
  const std::string path = backup();
  change(path, [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; });
  expect_in(run_expecting(3, project_, "backup verify " + path).out, "its SHA-256 is");
  const std::string before = project_.schema_text();
  expect_in(run_expecting(4, project_, "backup restore --replace --yes " + path).out, "is damaged");
  EXPECT_EQ(project_.schema_text(), before);
  change(path, [](std::string& bytes) { bytes.pop_back(); });
  expect_in(run_expecting(3, project_, "backup verify " + path).out, "bytes, and had");
  expect_in(listed().at(0).at("problem"), "bytes, its manifest says");
}

TEST_P(Backup, whose_manifest_is_not_its_own_is_found_out) {
  const std::string path = backup();
  const std::string manifest = project_.read(path + ".json");
  change(path + ".json", [](std::string& text) {
    const auto at = text.find("\"rows\": 3");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 9, "\"rows\": 4");
  });
  expect_in(run_expecting(78, project_, "backup verify " + path).err, "was changed after");
  expect_in(listed().at(0).at("problem"), "was changed after");
  fs::rename(project_.directory() / path, project_.directory() / "backups/two.sql.gz");
  std::ofstream(project_.directory() / "backups/two.sql.gz.json") << manifest;
  expect_in(run_expecting(78, project_, "backup verify backups/two.sql.gz").err,
            "is the manifest of one.sql.gz");
  fs::remove(project_.directory() / "backups/two.sql.gz.json");
  expect_in(run_expecting(78, project_, "backup verify backups/two.sql.gz").err, "no manifest");
}

TEST_P(Backup, by_a_tool_that_leaves_something_out_is_not_verified) {
  write_tool(
      "for a; do [ $a = --triggers ] && a=--skip-triggers; set -- \"$@\" \"$a\"; shift; done; "
      "exec \"$real\" \"$@\"");
  const Ending ending = project_.run("backup --verify --dump-tool ./tool");
  EXPECT_EQ(ending.code, 3) << ending.out << ending.err;
  expect_in(ending.out, "trigger counted: is not there");
  EXPECT_TRUE(listed().at(0).at("verified_at").is_null());
}

TEST_P(Backup, by_a_tool_that_leaves_a_table_out_is_none) {
  write_tool("\"$real\" \"$@\" | sed 's/CREATE TABLE `no_rows`/CREATE TABLE `other`/'");
  const Ending ending = project_.run("backup --dump-tool ./tool");
  EXPECT_EQ(ending.code, 69) << ending.out << ending.err;
  expect_in(ending.err, "left out the table no_rows");
  EXPECT_TRUE(files().empty());
}

TEST_P(Backup, by_a_tool_that_fails_is_none) {
  write_tool("\"$real\" \"$@\" | head -c 3000; echo 'it went wrong' >&2; exit 3");
  expect_in(run_expecting(69, project_, "backup --dump-tool ./tool").err, "it went wrong");
  EXPECT_TRUE(files().empty());
  write_tool("\"$real\" \"$@\" | head -c 3000");
  run_expecting(69, project_, "backup --dump-tool ./tool");
  EXPECT_TRUE(files().empty());
}

TEST_P(Backup, that_is_stopped_by_a_signal_leaves_nothing) {
  Process process = start_waiting();
  const pid_t tool = std::stoi(project_.read("waiting"));
  process.signal(SIGTERM);
  const Ending ending = process.wait();
  EXPECT_EQ(ending.code, 143) << ending.out << ending.err;
  EXPECT_TRUE(files().empty());
  EXPECT_TRUE(eventually([&] { return ::kill(tool, 0) != 0; })) << "the tool goes on";
}

TEST_P(Backup, that_is_killed_leaves_nothing_that_looks_whole) {
  Process process = start_waiting();
  process.signal(SIGKILL);
  process.wait();
  ASSERT_EQ(files().size(), 1U);
  expect_in(files().front(), ".partial");
  EXPECT_EQ(listed().size(), 0U);
  fs::remove(project_.directory() / "waiting");
  backup();
  for (const std::string& name : files()) EXPECT_EQ(name.find(".partial"), std::string::npos);
}

TEST_P(Backup, in_the_same_folder_leaves_one_that_is_being_written_alone) {
  Process process = start_waiting();
  project_.sql().query("CREATE DATABASE " + project_.schema() + "_other");
  run_expecting(0, project_, "backup --env other --out backups/one.sql.gz");
  project_.sql().query("DROP DATABASE " + project_.schema() + "_other");
  fs::remove(project_.directory() / "waiting");
  EXPECT_EQ(process.wait().code, 0);
  EXPECT_EQ(files().size(), 4U);
}

TEST_P(Backup, of_a_schema_that_changes_meanwhile_is_none) {
  Process process = start_waiting();
  project_.sql().query("CREATE TABLE meanwhile (id INT PRIMARY KEY)");
  fs::remove(project_.directory() / "waiting");
  const Ending ending = process.wait();
  EXPECT_EQ(ending.code, 3) << ending.out << ending.err;
  expect_in(ending.out, "was changed while it was dumped");
  expect_in(ending.out, "meanwhile: is");
  EXPECT_TRUE(files().empty());
}

TEST_P(Backup, and_a_run_exclude_each_other) {
  project_.write("migrations/1_more.up.sql", "CREATE TABLE more (id INT PRIMARY KEY);\n");
  Process process = start_waiting();
  run_expecting(7, project_, "up --lock-timeout 1");
  fs::remove(project_.directory() / "waiting");
  EXPECT_EQ(process.wait().code, 0);
  RawConnection holder(project_.server().connection());
  holder.query("SELECT GET_LOCK('migrate.run." + project_.schema() + "', 0)");
  run_expecting(7, project_, "backup --lock-timeout 1");
}

TEST_P(Backup, on_a_full_disk_leaves_nothing) {
  // No file may be larger than 512 bytes; the signal that says so is ignored, so a write fails.
  const Ending ending = project_.shell("trap '' XFSZ; ulimit -f 1; ${migrate} backup");
  EXPECT_EQ(ending.code, 78) << ending.out << ending.err;
  expect_in(ending.err, "nothing of the backup is left");
  EXPECT_TRUE(files().empty());
}

TEST_P(Backup, without_room_is_refused) {
  const Ending ending = run_expecting(4, project_, "backup --out /proc/one.sql.gz");
  expect_in(ending.out, "has 0 bytes free");
}

TEST_P(Backup, by_an_account_that_may_not_see_everything_is_refused) {
  const std::string account = "'half'@'localhost'";
  project_.sql().query("DROP USER IF EXISTS " + account);
  project_.sql().query("CREATE USER " + account + " IDENTIFIED BY 'x'");
  project_.sql().query("GRANT SELECT, SHOW VIEW, EVENT ON " + project_.schema() + ".* TO " +
                       account);
  project_.set_environment("MIGRATE_PASSWORD", "x");
  const std::string as_half =
      "backup --url mysql://half@localhost/" + project_.schema() + "?socket=${socket}";
  expect_in(run_expecting(4, project_, as_half).out, "GRANT TRIGGER ON `");
  project_.sql().query("GRANT TRIGGER ON " + project_.schema() + ".* TO " + account);
  expect_in(run_expecting(0, project_, as_half).err, "without a position of the binary log");
  project_.sql().query("DROP USER " + account);
}

TEST_P(Backup, passes_its_password_on_where_nobody_sees_it) {
  const std::string password = "it's \"quoted\" # \\ and;longer";
  const std::string account = "'quoted'@'localhost'";
  project_.sql().query("DROP USER IF EXISTS " + account);
  project_.sql().query("CREATE USER " + account +
                       R"( IDENTIFIED BY 'it\'s "quoted" # \\ and;longer')");
  project_.sql().query("GRANT ALL ON " + project_.schema() + ".* TO " + account);
  project_.set_environment("MIGRATE_PASSWORD", password);
  write_tool("env > seen; echo \"$@\" >> seen; exec \"$real\" \"$@\"");
  run_expecting(0, project_,
                "backup --dump-tool ./tool --url mysql://quoted@localhost/" + project_.schema() +
                    "?socket=${socket}");
  EXPECT_EQ(project_.read("seen").find("quoted"), std::string::npos) << project_.read("seen");
  project_.sql().query("DROP USER " + account);
}

TEST_P(Backup, needs_a_tool_of_the_servers_family) {
  write_tool("");
  project_.write("tool", "#!/bin/sh\necho 'mysqldump  Ver " +
                             std::string(mariadb() ? "9.7.0" : "10.19 Distrib 10.11.1-MariaDB,") +
                             " for Linux'\n");
  expect_in(run_expecting(78, project_, "backup --dump-tool ./tool").err,
            mariadb() ? "./tool is MySQL's" : "./tool is MariaDB's");
  project_.write("tool", "#!/bin/sh\necho 'mysqldump  Ver " +
                             std::string(mariadb() ? "10.19 Distrib 5.5.68-MariaDB," : "8.0.36") +
                             " for Linux'\n");
  expect_in(run_expecting(78, project_, "backup --dump-tool ./tool").err, "older than the server");
  EXPECT_TRUE(files().empty());
}

TEST_P(Backup, has_the_outcome_of_the_snapshot_command_in_its_manifest) {
  const Ending ending =
      run_expecting(0, project_,
                    "backup --out backups/one.sql.gz --snapshot-command 'echo made of "
                    "$MIGRATE_BACKUP_SCHEMA; echo as $MIGRATE_BACKUP_FILE >&2'");
  expect_in(ending.out, "as backups/one.sql.gz");
  const auto manifest = nlohmann::json::parse(project_.read("backups/one.sql.gz.json"));
  const auto& snapshot = manifest.at("backup").at("snapshot");
  EXPECT_EQ(snapshot.at("exit_code"), 0);
  EXPECT_EQ(snapshot.at("last_lines"),
            nlohmann::json({"made of " + project_.schema(), "as backups/one.sql.gz"}));
  expect_in(
      run_expecting(69, project_, "backup --snapshot-command 'echo no room left; exit 9'").err,
      "exit code 9");
  EXPECT_EQ(files().size(), 2U);
}

TEST_P(Backup, is_restored_only_where_that_may_be) {
  const std::string path = backup();
  const std::string before = project_.run("snapshot").out;
  expect_in(run_expecting(4, project_, "backup restore --yes --env guarded " + path).out,
            "environment guarded is protected");
  expect_in(run_expecting(4, project_, "backup restore --yes " + path).out, "is not empty");
  expect_in(run_expecting(4, project_, "backup restore --replace " + path).out, "no terminal");
  EXPECT_EQ(project_.run("snapshot").out, before);
  project_.sql().query("DELETE FROM hard");
  project_.sql().query("CREATE TABLE to_go (id INT PRIMARY KEY)");
  run_expecting(0, project_, "backup restore --replace --yes " + path);
  EXPECT_EQ(project_.run("snapshot").out, before);
  EXPECT_EQ(value("SELECT COUNT(*) FROM " + project_.schema() + ".hard"), "3");
}

TEST_P(Backup, that_cannot_be_restored_whole_leaves_an_empty_schema) {
  write_tool(
      "\"$real\" \"$@\" | sed 's/CREATE TABLE `no_key`/CREATE TABLE `no_key` (id INT); "
      "CREATE TABLE `no_key`/'");
  run_expecting(0, project_, "backup --out backups/one.sql.gz --dump-tool ./tool");
  const Ending verified = run_expecting(5, project_, "backup verify backups/one.sql.gz");
  expect_in(verified.err, "of the dump");
  const Ending ending =
      run_expecting(5, project_, "backup restore --replace --yes backups/one.sql.gz");
  expect_in(ending.err, "the schema is empty");
  EXPECT_EQ(value("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" +
                  project_.schema() + "'"),
            "0");
}

TEST_P(Backup, whose_restore_is_stopped_leaves_an_empty_schema) {
  write_tool("\"$real\" \"$@\" | sed 's/^-- Dump completed/DO SLEEP(600);\\n-- Dump completed/'");
  run_expecting(0, project_, "backup --out backups/one.sql.gz --dump-tool ./tool");
  Process process =
      project_.start({"backup", "restore", "--replace", "--yes", "backups/one.sql.gz"});
  ASSERT_TRUE(comes_to_run("DO SLEEP(600)"));
  process.signal(SIGINT);
  const Ending ending = process.wait();
  EXPECT_EQ(ending.code, 130) << ending.out << ending.err;
  EXPECT_TRUE(is_gone("DO SLEEP(600)"));
  EXPECT_EQ(value("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" +
                  project_.schema() + "'"),
            "0");
}

TEST_P(Backup, is_asked_for_by_its_guard) {
  configure(", require: backup");
  project_.write("migrations/1_more.up.sql", "CREATE TABLE more (id INT PRIMARY KEY);\n");
  const Ending without = run_expecting(4, project_, "up");
  expect_in(without.out, "no verified backup of " + project_.schema());
  expect_in(without.out, "migrate backup --verify");
  run_expecting(0, project_, "backup --out backups/one.sql.gz");
  const Ending unverified = run_expecting(4, project_, "up");
  expect_in(unverified.out, "was not verified");
  expect_in(unverified.out, "backup verify backups/one.sql.gz");
  run_expecting(0, project_, "backup verify backups/one.sql.gz");
  run_expecting(0, project_, "up");
  fs::remove(project_.directory() / "backups/one.sql.gz");
  project_.write("migrations/2_less.up.sql", "DROP TABLE more;\n");
  run_expecting(4, project_, "up");
  run_expecting(0, project_, "up --override backup='nobody needs it'");
  expect_in(run_expecting(0, project_, "history").out, "backup: nobody needs it");
}

INSTANTIATE_TEST_SUITE_P(E2e, Backup, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
