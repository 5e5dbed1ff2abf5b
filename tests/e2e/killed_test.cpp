#include <cstddef>
#include <future>
#include <string>

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGKILL

#include "project.h"
#include "support/proxy.h"

namespace migrate::testing {
namespace {

constexpr int files = 16;

/// Many small files on a server whose packets take only a few of them, so that there are several
/// packets and what is recorded of the next while one runs.
class Killed : public ::testing::TestWithParam<std::string> {
 protected:
  Killed() {
    project_.sql().query("SET GLOBAL max_allowed_packet = 16384");
    for (int number = 1; number <= files; ++number) {
      project_.write("migrations/" + std::to_string(number) + "_t.up.sql",
                     "CREATE TABLE t" + std::to_string(number) + " (id INT PRIMARY KEY);\n");
    }
  }
  ~Killed() override { project_.sql().query("SET GLOBAL max_allowed_packet = 16777216"); }

  Ending up_killed_at(std::size_t request) {
    std::promise<pid_t> started;
    proxy_.at_request(request, [pid = started.get_future().share()] { kill(pid.get(), SIGKILL); });
    Process up = project_.start(
        {"up", "--quiet", "--tls-mode", "disabled", "--url",
         "mysql://root@127.0.0.1:" + std::to_string(proxy_.port()) + "/" + project_.schema()});
    started.set_value(up.pid());
    return up.wait();
  }

  void begin_anew() {
    project_.sql().query("DROP DATABASE " + project_.schema());
    project_.sql().query("CREATE DATABASE " + project_.schema());
    project_.sql().query("USE " + project_.schema());
  }

  std::string value(const std::string& query) { return project_.sql().value(query); }

  Project project_{RealServer::named(GetParam())};
  Proxy proxy_{project_.server().connection().socket};
};

TEST_P(Killed, at_whatever_request_it_is_gone_on_with_and_nothing_is_asked) {
  std::size_t kills = 0;
  for (std::size_t request = 1;; ++request) {
    SCOPED_TRACE("at request " + std::to_string(request));
    begin_anew();
    const Ending killed = up_killed_at(request);
    if (killed.code == 0) break;
    ASSERT_EQ(killed.code, 128 + SIGKILL) << killed.out << killed.err;
    ++kills;
    const Ending next = project_.run("up --quiet");
    ASSERT_EQ(next.code, 0) << next.out << next.err;
    ASSERT_EQ(value("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = "
                    "DATABASE() AND table_name LIKE 't%'"),
              std::to_string(files));
    ASSERT_EQ(value("SELECT COUNT(*) FROM migrate_ledger WHERE state = 'applied'"),
              std::to_string(files));
    ASSERT_EQ(value("SELECT COUNT(*) FROM migrate_journal"), "0");
    ASSERT_EQ(value("SELECT COUNT(*) FROM migrate_log WHERE event = 'applied'"),
              std::to_string(files));
    const Ending drift = project_.run("drift --quiet");
    ASSERT_EQ(drift.code, 0) << drift.out << drift.err;
  }
  // Of each packet its own request, the one beside it that looks, and the one that records.
  constexpr std::size_t packets = files / 4;
  EXPECT_GT(kills, 3 * packets);
}

INSTANTIATE_TEST_SUITE_P(E2e, Killed, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
