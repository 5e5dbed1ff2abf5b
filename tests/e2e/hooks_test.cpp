// Commands of migrate.yaml around a run and its steps.
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "expectations.h"
#include "watched_project.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

class Hooks : public WatchedProject {
 protected:
  Hooks() {
    project_.write("migrations/1_t.up.sql", "CREATE TABLE t (id INT PRIMARY KEY);\n");
    project_.write("migrations/1_t.down.sql", "DROP TABLE t;\n");
    project_.write("migrations/2_u.up.sql", "CREATE TABLE u (id INT PRIMARY KEY);\n");
    project_.write("migrations/2_u.down.sql", "DROP TABLE u;\n");
  }

  /// `hooks`: lines below `hooks:`, of the environment.
  void configure(const std::vector<std::string>& hooks, const std::string& user = "root") {
    std::string text =
        "default_env: test\nenvironments:\n  test:\n    socket: ${socket}\n    user: " + user +
        "\n    schema: ${schema}\n    hooks:\n";
    for (const std::string& hook : hooks) text += "      " + hook + "\n";
    project_.write("migrate.yaml", text);
  }

  bool is_there(const std::string& file) const { return fs::exists(project_.directory() / file); }
  bool comes(const std::string& file) {
    return eventually([&] { return is_there(file); });
  }
  bool is_running(pid_t pid) const { return ::kill(pid, 0) == 0; }

  std::string tables() {
    return value(
        "SELECT COALESCE(GROUP_CONCAT(table_name ORDER BY table_name), 'none') FROM "
        "information_schema.tables WHERE table_schema = DATABASE()");
  }
  std::vector<nlohmann::json> events(const std::string& name) const {
    std::vector<nlohmann::json> found;
    std::istringstream in(project_.read("events"));
    for (std::string line; std::getline(in, line);) {
      auto event = nlohmann::json::parse(line);
      if (event.at("event") == name) found.push_back(std::move(event));
    }
    return found;
  }
};

constexpr const char* told =
    R"('echo "$MIGRATE_HOOK $MIGRATE_COMMAND $MIGRATE_STEP $MIGRATE_DIRECTION $MIGRATE_RESULT $MIGRATE_EXIT_CODE" >> told')";

std::vector<std::string> all_telling() {
  std::vector<std::string> hooks;
  for (const char* moment : {"before_run", "before_step", "after_step", "after_run", "on_failure"})
    hooks.push_back(std::string(moment) + ": " + told);
  return hooks;
}

TEST_P(Hooks, run_in_order_and_know_where_they_are) {
  configure(all_telling());
  run_expecting(0, project_, "up");
  EXPECT_EQ(project_.read("told"),
            "before_run up    \n"
            "before_step up 1_t up  \nafter_step up 1_t up done 0\n"
            "before_step up 2_u up  \nafter_step up 2_u up done 0\n"
            "after_run up   done 0\n");
  project_.write("told", "");
  run_expecting(0, project_, "down");
  run_expecting(0, project_, "down");
  run_expecting(0, project_, "up");
  project_.write("told", "");
  run_expecting(0, project_, "redo");
  EXPECT_EQ(project_.read("told"),
            "before_run redo    \n"
            "before_step redo 2_u down  \nafter_step redo 2_u down done 0\n"
            "before_step redo 2_u up  \nafter_step redo 2_u up done 0\n"
            "after_run redo   done 0\n");
  project_.write("told", "");
  for (const char* command : {"up", "plan", "status", "validate", "up --dry-run", "drift"})
    run_expecting(0, project_, command);
  EXPECT_EQ(project_.read("told"), "") << "with nothing to do, or nothing done, none runs";
}

TEST_P(Hooks, hear_of_a_failure) {
  configure(all_telling());
  project_.write("migrations/2_u.up.sql", "CREATE TABLE t (id INT);\n");
  run_expecting(5, project_, "up --quiet");
  expect_in(project_.read("told"), "before_step up 2_u up  \non_failure up 2_u up failed 5\n");
  expect_in(run_expecting(0, project_, "history").out, "on_failure of 2_u");
}

TEST_P(Hooks, get_the_environment_and_no_password) {
  const std::string user = "hooked_" + project_.schema().substr(project_.schema().size() - 6);
  project_.sql().query("CREATE USER '" + user + "'@'localhost' IDENTIFIED BY 'tiger-7'");
  project_.sql().query("GRANT ALL ON " + project_.schema() + ".* TO '" + user + "'@'localhost'");
  configure({"before_run: env > seen; cat /proc/$PPID/cmdline >> seen"}, user);
  project_.set_environment("MIGRATE_PASSWORD", "tiger-7");
  project_.set_environment("MIGRATE_STEP", "of another run");
  const Ending ending = project_.run("up");
  project_.sql().query("DROP USER '" + user + "'@'localhost'");
  EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
  const std::string seen = project_.read("seen");
  for (const char* variable :
       {"MIGRATE_ENV=test\n", "MIGRATE_SCHEMA=${schema}\n", "MIGRATE_SOCKET=${socket}\n",
        "MIGRATE_HOST=\n", "MIGRATE_STEPS=2\n", "MIGRATE_HOOK=before_run\n", "MIGRATE_STEP=\n"})
    expect_in(seen, project_.expand(variable));
  expect_in(seen, "MIGRATE_USER=" + user);
  EXPECT_EQ(seen.find("tiger"), std::string::npos) << seen;
}

TEST_P(Hooks, that_fail_in_front_of_the_run_keep_it_from_writing) {
  configure({R"(before_run: [sh, -c, "echo workers are busy; exit 7"])"});
  const Ending ending = run_expecting(4, project_, "up");
  EXPECT_EQ(tables(), "none");
  expect_in(ending.out, "the hook before_run (sh …): exit status 7; nothing ran");
  expect_in(ending.out, "workers are busy");
  expect_in(ending.out, "migrate.yaml:8");
  expect_in(ending.err, "before_run | workers are busy");
}

TEST_P(Hooks, that_fail_in_front_of_a_step_stop_the_run_there) {
  configure({R"(before_step: 'echo "$MIGRATE_STEP?"; test "$MIGRATE_STEP" = 1_t')"});
  const Ending ending = run_expecting(4, project_, "up --events events");
  expect_in(ending.out, "the hook before_step of 2_u (echo …): exit status 1");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(CONCAT(id, ' ', state)) FROM migrate_ledger"), "1 applied");
  expect_in(run_expecting(2, project_, "status").out, "pending");
  EXPECT_EQ(value("SELECT message FROM migrate_log WHERE event = 'hook failed'"),
            "before_step of 2_u (echo …): exit status 1");
  EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_log WHERE event = 'hook' AND duration_us > 0"),
            "1");
  const auto ended = events("hook_ended");
  ASSERT_EQ(ended.size(), 2U);
  EXPECT_EQ(ended[0].at("result"), "succeeded");
  EXPECT_EQ(ended[1].at("step"), "2_u");
  EXPECT_EQ(ended[1].at("result"), "failed");
  EXPECT_EQ(ended[1].at("exit_code"), 1);
  EXPECT_EQ(events("program_said").at(1).at("line"), "2_u?");
  configure({});
  run_expecting(0, project_, "up");
}

TEST_P(Hooks, that_fail_behind_it_are_a_warning) {
  configure({"after_run: [./no-such-script]"});
  const Ending ending = run_expecting(0, project_, "up");
  expect_in(ending.err, "the hook after_run (./no-such-script): cannot run ./no-such-script");
  EXPECT_EQ(value("SELECT message FROM migrate_log WHERE event = 'run finished'"), "exit code 0");
}

TEST_P(Hooks, are_ended_at_their_time_limit) {
  configure({"before_run: sleep 600", "timeout: 1s"});
  expect_in(run_expecting(4, project_, "up").out, "ended after 1 s, its time limit");
  EXPECT_EQ(tables(), "none");
}

TEST_P(Hooks, hear_the_signal_that_ends_the_run) {
  configure(
      {"before_step: 'trap \"echo heard > heard; exit 0\" TERM; echo > ready; while :; do "
       "sleep 0.1; done'"});
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes("ready"));
  up.signal(SIGTERM);
  const Ending ending = up.wait();
  EXPECT_EQ(ending.code, 143) << ending.out << ending.err;
  EXPECT_TRUE(is_there("heard"));
  EXPECT_EQ(value("SELECT COUNT(*) FROM migrate_ledger"), "0");
  configure({});
  run_expecting(0, project_, "up");
}

TEST_P(Hooks, that_are_killed_with_their_run_block_nothing) {
  configure({"before_step: 'echo $$ > pid.new; mv pid.new pid; sleep 600; true'"});
  Process up = project_.start({"up"});
  ASSERT_TRUE(comes("pid"));
  up.signal(SIGKILL);
  up.wait();
  const pid_t hook = std::stoi(project_.read("pid"));
  EXPECT_TRUE(eventually([&] { return !is_running(hook); }));
  configure({});
  run_expecting(0, project_, "up");
}

TEST_P(Hooks, killed_behind_a_down_do_not_make_it_undo_more) {
  run_expecting(0, project_, "up");
  configure({"after_run: 'echo > ready; sleep 600'"});
  Process down = project_.start({"down"});
  ASSERT_TRUE(comes("ready"));
  down.signal(SIGKILL);
  down.wait();
  configure({});
  run_expecting(0, project_, "down");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(id) FROM migrate_ledger"), "1");
}

TEST_P(Hooks, are_shown_without_their_arguments) {
  configure({"before_run: 'TOKEN=tiger curl -H tiger https://example.org'", "timeout: 30s"});
  const std::string shown = run_expecting(0, project_, "config").out;
  expect_in(shown, "hooks.before_run");
  expect_in(shown, "curl …");
  expect_in(shown, "30 s");
  EXPECT_EQ(shown.find("tiger"), std::string::npos) << shown;
}

INSTANTIATE_TEST_SUITE_P(E2e, Hooks, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
