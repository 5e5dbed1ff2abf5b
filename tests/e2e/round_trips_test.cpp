#include <string>

#include <gtest/gtest.h>

#include "project.h"
#include "support/proxy.h"

namespace migrate::testing {
namespace {

class RoundTrips : public ::testing::TestWithParam<std::string> {
 protected:
  /// How often `migrate` asked the server after it had connected.
  std::size_t of(const std::string& command, int code) {
    const Proxy::Traffic before = proxy_.traffic();
    const Ending ending = project_.run(command);
    EXPECT_EQ(ending.code, code) << command << "\n" << ending.out << ending.err;
    const Proxy::Traffic after = proxy_.traffic();
    const std::size_t logins = after.connections - before.connections;
    return after.round_trips - before.round_trips - logins;
  }

  Project project_{RealServer::named(GetParam())};
  Proxy proxy_{project_.server().connection().socket};
};

TEST_P(RoundTrips, a_look_and_a_run_with_nothing_to_do_ask_three_times_at_most) {
  project_.write("migrate.yaml", "environments:\n  test: { url: \"mysql://root@127.0.0.1:" +
                                     std::to_string(proxy_.port()) +
                                     "/${schema}?ssl-mode=disabled\" }\ndefault_env: test\n");
  for (const char* number : {"1", "2", "3"}) {
    project_.write(std::string("migrations/") + number + "_t.up.sql",
                   std::string("CREATE TABLE t") + number + " (id INT PRIMARY KEY);\n");
  }
  project_.write("ddl/v.sql", "CREATE TABLE IF NOT EXISTS v (id INT PRIMARY KEY);\n");
  EXPECT_EQ(of("status", 2), 2U);  // nothing is there yet
  of("up", 0);
  EXPECT_EQ(of("status", 0), 2U);  // the session's settings and who it is; the history
  EXPECT_EQ(of("plan", 0), 2U);
  EXPECT_EQ(of("up", 0), 3U);  // who has the locks, besides
}

INSTANTIATE_TEST_SUITE_P(E2e, RoundTrips, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
