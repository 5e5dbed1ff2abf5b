#include "adapter/sandbox/throw_away_server.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/raw_connection.h"
#include "support/real_server.h"
#include "support/temporary_folder.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;
using sandbox::ThrowAwayServer;

class ThrowAway : public ::testing::TestWithParam<std::string> {
 protected:
  ~ThrowAway() override { sandbox::open(options())->destroy(); }

  sandbox::SandboxOptions options() const {
    return {.state_dir = folder_ / "rehearsal",
            .server_binary = RealServer::program_of(GetParam())};
  }
  port::SandboxState state() const { return sandbox::open(options())->status().state; }
  static std::string data_folder(const core::ConnectionOptions& connection) {
    return RawConnection(connection).value("SELECT @@datadir");
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

TEST_P(ThrowAway, leaves_nothing) {
  std::string data;
  {
    const ThrowAwayServer server(options());
    data = data_folder(server.connection());
    EXPECT_TRUE(fs::exists(data));
  }
  EXPECT_EQ(state(), port::SandboxState::absent);
  EXPECT_FALSE(fs::exists(options().state_dir));
  EXPECT_FALSE(fs::exists(data));
}

TEST_P(ThrowAway, waits_for_no_disk) {
  const ThrowAwayServer server(options());
  RawConnection sql(server.connection());
  EXPECT_EQ(sql.value("SELECT @@innodb_flush_method"), "nosync");
  EXPECT_NE(sql.value("SELECT @@innodb_doublewrite"), "ON");
}

TEST_P(ThrowAway, is_there_until_the_last_has_gone) {
  auto first = std::make_optional<ThrowAwayServer>(options());
  RawConnection(first->connection()).query("CREATE DATABASE shared");
  const ThrowAwayServer second(options());
  first.reset();
  EXPECT_EQ(RawConnection(second.connection()).value("SHOW DATABASES LIKE 'shared'"), "shared");
}

TEST_P(ThrowAway, begins_with_nothing_where_one_was_left) {
  auto left = options();
  left.durability = sandbox::Durability::none;
  RawConnection(sandbox::open(left)->start()).query("CREATE DATABASE of_before");
  const ThrowAwayServer server(options());
  EXPECT_EQ(RawConnection(server.connection())
                .value("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = "
                       "'of_before'"),
            "0");
}

INSTANTIATE_TEST_SUITE_P(servers, ThrowAway, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });

}  // namespace
}  // namespace migrate::testing
