#include "adapter/sandbox/throw_away_server.h"

#include <array>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// A process that uses the server until it is killed.
class User {
 public:
  explicit User(const sandbox::SandboxOptions& options) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      try {
        const ThrowAwayServer server(options);
        const char ready = 1;
        if (::write(ends[1], &ready, 1) == 1) ::pause();
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    char ready = 0;
    EXPECT_EQ(::read(ends[0], &ready, 1), 1);
    ::close(ends[0]);
  }
  ~User() { kill(); }
  User(const User&) = delete;
  User& operator=(const User&) = delete;

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(std::exchange(pid_, 0), nullptr, 0);
  }

 private:
  pid_t pid_ = 0;
};

TEST_P(ThrowAway, goes_when_its_last_user_is_killed) {
  std::optional<ThrowAwayServer> own;
  std::string data;
  pollfd server{-1, POLLIN, 0};
  {
    User first(options());
    User second(options());
    own.emplace(options());
    RawConnection sql(own->connection());
    data = data_folder(own->connection());
    const auto status =
        sandbox::open({.state_dir = fs::path(data).parent_path().parent_path()})->status();
    ASSERT_TRUE(status.pid);
    server.fd = static_cast<int>(::syscall(SYS_pidfd_open, *status.pid, 0U));
    ASSERT_GE(server.fd, 0);
    first.kill();
    EXPECT_EQ(sql.value("SELECT 1"), "1") << "others use it";
    own.reset();
    EXPECT_EQ(::poll(&server, 1, 0), 0) << "another uses it";
    second.kill();
  }
  constexpr int a_minute = 60000;
  EXPECT_EQ(::poll(&server, 1, a_minute), 1) << "the server runs, and nobody uses it";
  ::close(server.fd);
  // Who deletes the data has all of this file.
  const int file = ::open((options().state_dir.string() + ".lock").c_str(), O_RDWR | O_CLOEXEC);
  struct flock share {};
  share.l_type = F_RDLCK;
  share.l_whence = SEEK_SET;
  EXPECT_EQ(::fcntl(file, F_OFD_SETLKW, &share), 0);
  ::close(file);
  EXPECT_FALSE(fs::exists(data));
  EXPECT_FALSE(fs::exists(options().state_dir));
}

TEST_P(ThrowAway, begins_with_nothing_where_one_was_left) {
  auto left = options();
  {
    // In memory, where there is room.
    const ThrowAwayServer first(options());
    left.state_dir = fs::path(data_folder(first.connection())).parent_path().parent_path();
  }
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
