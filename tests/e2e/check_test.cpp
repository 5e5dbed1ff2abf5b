// `check --watch`, and what checks cost a run.
#include <csignal>
#include <filesystem>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "project.h"
#include "support/proxy.h"

namespace migrate::testing {
namespace {

class Checks : public ::testing::TestWithParam<std::string> {
 protected:
  void configure(const std::string& where, const std::string& checks) {
    project_.write("migrate.yaml",
                   "environments:\n  test: {" + where + "}\ndefault_env: test\nchecks:\n" + checks);
  }

  std::string by_socket() const { return "socket: ${socket}, user: root, schema: ${schema}"; }

  Project project_{RealServer::named(GetParam())};
};

TEST_P(Checks, are_watched_until_a_signal) {
  project_.sql().query("CREATE TABLE counter (n INT)");
  project_.sql().query("INSERT INTO counter VALUES (1)");
  configure(by_socket(),
            "  small: {query: SELECT n FROM counter, expect: '<= 3', reason: it is}\n");
  Process watch = project_.start({"check", "small", "--watch", "1s", "--format", "json"});
  const auto told = [&] { return watch.output_so_far(); };
  ASSERT_TRUE(eventually([&] { return told().find("\"seen\":\"1\"") != std::string::npos; }));
  project_.sql().query("UPDATE counter SET n = 5");
  ASSERT_TRUE(
      eventually([&] { return told().find("\"verdict\":\"fails\"") != std::string::npos; }));
  watch.signal(SIGTERM);
  const Ending ending = watch.wait();
  EXPECT_EQ(ending.code, 143) << ending.err;
  std::istringstream lines(ending.out);
  for (std::string line; std::getline(lines, line);)
    EXPECT_EQ(nlohmann::json::parse(line).at("kind"), "check") << line;
}

TEST_P(Checks, that_run_are_ended_on_the_server_by_a_signal) {
  project_.sql().query("CREATE TABLE rows_to_read (n INT)");
  project_.sql().query("INSERT INTO rows_to_read VALUES (1), (2)");
  configure(
      by_socket(),
      "  slow: {query: SELECT SUM(SLEEP(300)) FROM rows_to_read, expect: '= 0', time_limit: 600, "
      "reason: it is}\n");
  Process check = project_.start({"check", "slow"});
  RawConnection look(project_.server().connection());
  const auto running = [&] {
    return look.value(
               "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE "
               "'SELECT SUM(SLEEP(300))%'") != "0";
  };
  ASSERT_TRUE(eventually(running));
  check.signal(SIGINT);
  EXPECT_EQ(check.wait().code, 130);
  EXPECT_TRUE(eventually([&] { return !running(); }));
}

TEST_P(Checks, of_others_cost_a_run_nothing) {
  Proxy proxy(project_.server().connection().socket);
  const std::string through = "url: \"mysql://root@127.0.0.1:" + std::to_string(proxy.port()) +
                              "/${schema}?ssl-mode=disabled\"";
  project_.copy_shipped_steps();
  const auto cost = [&](const std::string& checks) {
    configure(through, checks);
    EXPECT_EQ(project_.run("reset --yes --quiet --migrations none --ddl none").code, 0);
    const Proxy::Traffic before = proxy.traffic();
    const Ending ending = project_.run("up --quiet");
    EXPECT_EQ(ending.code, 0) << ending.out << ending.err;
    const Proxy::Traffic after = proxy.traffic();
    return std::pair(after.connections - before.connections,
                     after.round_trips - before.round_trips);
  };
  std::filesystem::create_directory(project_.directory() / "none");
  const auto without = cost("  outbox-dead-letters: off\n");
  EXPECT_EQ(cost("  outbox-dead-letters: {expect: '= 0'}\n"), without);
  const auto with = cost("  outbox-dead-letters: {when: after}\n");
  EXPECT_EQ(with.first, without.first + 1);
}

INSTANTIATE_TEST_SUITE_P(E2e, Checks, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
