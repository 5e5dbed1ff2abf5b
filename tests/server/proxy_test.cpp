#include "support/proxy.h"

#include <string>

#include <gtest/gtest.h>

#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

class CountingProxy : public ::testing::TestWithParam<std::string> {
 protected:
  core::ConnectionOptions through(const Proxy& proxy) const {
    core::ConnectionOptions options = RealServer::named(GetParam()).connection();
    options.socket.clear();
    options.host = "127.0.0.1";
    options.port = proxy.port();
    return options;
  }
};

TEST_P(CountingProxy, counts_one_round_trip_for_a_query_however_long) {
  Proxy proxy(RealServer::named(GetParam()).connection().socket);
  RawConnection connection(through(proxy));
  EXPECT_EQ(proxy.traffic().connections, 1U);
  const std::size_t login = proxy.traffic().round_trips;
  EXPECT_GE(login, 1U);

  connection.query("SELECT 1");
  EXPECT_EQ(proxy.traffic().round_trips, login + 1);
  connection.query("SELECT '" + std::string(1'000'000, 'x') + "'");
  EXPECT_EQ(proxy.traffic().round_trips, login + 2);
}

INSTANTIATE_TEST_SUITE_P(Servers, CountingProxy, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
