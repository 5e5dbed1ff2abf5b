#include "adapter/sandbox/sandbox.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fault.h"
#include "support/raw_connection.h"
#include "support/real_server.h"
#include "support/temporary_folder.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;
using core::ExitCode;
using core::Fault;
using port::SandboxState;

class SandboxTest : public ::testing::TestWithParam<std::string> {
 protected:
  ~SandboxTest() override { sandbox::open(options())->destroy(); }

  sandbox::SandboxOptions options() const {
    sandbox::SandboxOptions options;
    options.state_dir = state_dir_.empty() ? folder_ / "state" : state_dir_;
    options.server_binary = RealServer::program_of(GetParam());
    return options;
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
  fs::path state_dir_;  // when it is not folder_/state
};

// Waits for the end of a process that is not a child.
void wait_for_end(pid_t pid) {
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U));
  if (handle < 0) return;
  pollfd ending{handle, POLLIN, 0};
  ::poll(&ending, 1, 30'000);
  ::close(handle);
}

// Starts a sandbox in a process of its own that has ended when this returns.
void start_in_child(const sandbox::SandboxOptions& options) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      sandbox::open(options)->start();
      ::_exit(0);
    } catch (const std::exception&) {
      ::_exit(1);
    }
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(status, 0);
}

template <typename Action>
Fault fault_of(Action action) {
  try {
    action();
  } catch (const Fault& fault) {
    return fault;
  }
  ADD_FAILURE() << "no fault";
  return {ExitCode::done, ""};
}

// MariaDB takes every #sql file in its folder for temporary files as one of its own that was left,
// also when that is /tmp, and deletes it under the server that it belongs to.
TEST_P(SandboxTest, leaves_temporary_files_of_other_servers_alone) {
  const fs::path shared = folder_ / "shared";
  const fs::path theirs = shared / "#sql-temptable-7-1-2.MAI";
  fs::create_directory(shared);
  std::ofstream(theirs) << "of a server that runs";
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", shared.c_str(), 1);
  sandbox::open(options())->start();
  if (before == nullptr) {
    ::unsetenv("TMPDIR");
  } else {
    ::setenv("TMPDIR", kept.c_str(), 1);
  }
  EXPECT_TRUE(fs::exists(theirs));
}

TEST_P(SandboxTest, lives_from_start_to_destroy) {
  const auto sandbox = sandbox::open(options());
  EXPECT_EQ(sandbox->status().state, SandboxState::absent);

  const auto connection = sandbox->start();
  const auto running = sandbox->status();
  ASSERT_EQ(running.state, SandboxState::running);
  EXPECT_EQ(running.socket, connection.socket);
  EXPECT_GT(running.data_bytes, 1'000'000U);
  EXPECT_EQ(fs::status(options().state_dir).permissions(), fs::perms::owner_all);
  {
    RawConnection raw(connection);
    EXPECT_EQ(raw.value("SELECT @@skip_networking"), "1");
    const std::string version = raw.value("SELECT VERSION()");
    EXPECT_EQ(version.find("MariaDB") != std::string::npos,
              running.family == core::ServerFamily::mariadb);
    EXPECT_EQ(raw.value("SELECT COUNT(*) FROM mysql.user WHERE user = ''"), "0");
    raw.query("CREATE DATABASE kept");
  }

  // Another command of another process would do just this.
  EXPECT_EQ(sandbox::open(options())->start().socket, connection.socket);
  EXPECT_EQ(sandbox::open(options())->status().pid, running.pid);

  sandbox->stop();
  EXPECT_EQ(sandbox->status().state, SandboxState::stopped);
  sandbox->stop();
  EXPECT_EQ(RawConnection(sandbox->start()).value("SHOW DATABASES LIKE 'kept'"), "kept");

  std::ofstream(options().state_dir / "note") << "not the sandbox's";
  sandbox->destroy();
  EXPECT_EQ(sandbox->status().state, SandboxState::absent);
  EXPECT_TRUE(fs::exists(options().state_dir / "note"));
  fs::remove(options().state_dir / "note");
  sandbox->destroy();
  EXPECT_FALSE(fs::exists(options().state_dir));
}

TEST_P(SandboxTest, outlives_its_starter_and_survives_being_killed) {
  start_in_child(options());
  const auto sandbox = sandbox::open(options());
  const auto first = sandbox->status();
  ASSERT_EQ(first.state, SandboxState::running);
  RawConnection(sandbox->start()).query("CREATE DATABASE kept");

  ::kill(*first.pid, SIGKILL);
  wait_for_end(*first.pid);
  EXPECT_EQ(sandbox->status().state, SandboxState::stopped);
  ASSERT_TRUE(fs::exists(first.socket)) << "the point is the socket that the dead server left";
  EXPECT_EQ(RawConnection(sandbox->start()).value("SHOW DATABASES LIKE 'kept'"), "kept");
}

TEST_P(SandboxTest, ends_with_its_starter_when_asked_to) {
  auto with_caller = options();
  with_caller.lifetime = sandbox::Lifetime::with_caller;
  start_in_child(with_caller);
  const auto status = sandbox::open(options())->status();
  if (status.pid) wait_for_end(*status.pid);
  EXPECT_EQ(sandbox::open(options())->status().state, SandboxState::stopped);
}

TEST_P(SandboxTest, starts_one_server_for_many_at_once) {
  std::vector<std::thread> starters;
  std::vector<std::string> sockets(4);
  for (auto& socket : sockets) {
    starters.emplace_back([&] { socket = sandbox::open(options())->start().socket; });
  }
  for (auto& starter : starters) starter.join();
  for (const auto& socket : sockets) EXPECT_EQ(socket, sockets[0]);
  // A second server on the same data would have ended with an error in the log.
  EXPECT_EQ(RawConnection(sandbox::open(options())->start()).value("SELECT 1"), "1");
}

TEST_P(SandboxTest, begins_again_after_a_killed_initialisation) {
  fs::create_directories(options().state_dir / "data.partial" / "mysql");
  std::ofstream(options().state_dir / "data.partial" / "ibdata1") << "half";
  EXPECT_EQ(RawConnection(sandbox::open(options())->start()).value("SELECT 1"), "1");
  EXPECT_FALSE(fs::exists(options().state_dir / "data.partial"));
}

TEST_P(SandboxTest, takes_a_path_that_is_too_long_for_a_socket) {
  state_dir_ = folder_ / std::string(100, 'a') / std::string(100, 'b');
  const auto sandbox = sandbox::open(options());
  const auto connection = sandbox->start();
  EXPECT_LE(connection.socket.size(), 107U);
  EXPECT_EQ(RawConnection(connection).value("SELECT 1"), "1");
  EXPECT_EQ(fs::status(fs::path(connection.socket).parent_path()).permissions(),
            fs::perms::owner_all);
  sandbox->destroy();
  EXPECT_FALSE(fs::exists(fs::path(connection.socket).parent_path()));
}

TEST_P(SandboxTest, reports_what_the_server_said_when_it_does_not_start) {
  auto wrong = options();
  wrong.server_arguments = {"--no-such-option=1"};
  const auto fault = fault_of([&] { sandbox::open(wrong)->start(); });
  EXPECT_EQ(fault.code(), ExitCode::unavailable);
  EXPECT_NE(std::string(fault.what()).find("no-such-option"), std::string::npos) << fault.what();
  EXPECT_EQ(sandbox::open(options())->status().state, SandboxState::stopped);
}

TEST_P(SandboxTest, refuses_data_of_the_other_family) {
  const auto status = sandbox::open(options())->status();
  const auto data = options().state_dir / "data";
  fs::create_directories(data);
  std::ofstream(data / "ibdata1") << "";
  std::ofstream(data /
                (status.family == core::ServerFamily::mariadb ? "mysql.ibd" : "aria_log_control"));
  const auto fault = fault_of([&] { sandbox::open(options())->start(); });
  EXPECT_EQ(fault.code(), ExitCode::configuration);
  EXPECT_NE(fault.hint().find("migrate sandbox destroy"), std::string::npos);
}

TEST_P(SandboxTest, leaves_a_directory_alone_that_no_server_made) {
  const auto precious = options().state_dir / "data" / "precious.txt";
  fs::create_directories(precious.parent_path());
  std::ofstream(precious) << "x";
  EXPECT_EQ(fault_of([&] { sandbox::open(options())->start(); }).code(), ExitCode::configuration);
  EXPECT_EQ(fault_of([&] { sandbox::open(options())->destroy(); }).code(), ExitCode::configuration);
  EXPECT_TRUE(fs::exists(precious));
  fs::remove_all(precious.parent_path());
}

TEST_P(SandboxTest, refuses_a_program_that_is_no_server) {
  auto wrong = options();
  for (const char* path : {"/bin/true", "/nonexistent/mysqld"}) {
    wrong.server_binary = path;
    const auto fault = fault_of([&] { sandbox::open(wrong)->start(); });
    EXPECT_EQ(fault.code(), ExitCode::configuration);
    EXPECT_NE(std::string(fault.what()).find(path), std::string::npos) << fault.what();
  }
}

INSTANTIATE_TEST_SUITE_P(servers, SandboxTest, ::testing::ValuesIn(server_names()),
                         [](const auto& server) { return server.param; });

}  // namespace
}  // namespace migrate::testing
