#include <filesystem>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "project.h"

namespace migrate::testing {
namespace {

class Connecting : public ::testing::TestWithParam<std::string> {
 protected:
  Project project_{RealServer::named(GetParam())};
};

constexpr const char* password = "Kept-8f2c-Silent";

/// Environments that have the password from everywhere it can come from.
constexpr const char* configuration = R"(environments:
  variable: { socket: "${socket}", user: keeper, schema: "${schema}", password_env: KEEPER_PASSWORD }
  file: { socket: "${socket}", user: keeper, schema: "${schema}", password_file: secret }
  command: { socket: "${socket}", user: keeper, schema: "${schema}", password_command: "cat secret && cat /proc/$PPID/cmdline /proc/$$/cmdline >> seen-by-command" }
  options: { socket: "${socket}", user: keeper, schema: "${schema}", defaults_file: my.cnf }
)";

TEST_P(Connecting, a_password_is_used_and_never_shown) {
  auto& sql = project_.sql();
  sql.query("DROP USER IF EXISTS keeper@localhost");
  sql.query(std::string("CREATE USER keeper@localhost IDENTIFIED BY '") + password + "'");
  sql.query("GRANT ALL ON *.* TO keeper@localhost");
  project_.write("migrate.yaml", configuration);
  project_.write("secret", std::string(password) + "\n");
  project_.write("my.cnf", std::string("[client]\npassword=") + password + "\n");
  for (const char* file : {"secret", "my.cnf"}) {
    std::filesystem::permissions(project_.directory() / file, std::filesystem::perms::owner_read);
  }
  project_.write("migrations/1_a.up.sql", "CREATE TABLE a (id INT PRIMARY KEY);\n");
  project_.write("migrations/1_a.down.sql", "DROP TABLE a;\n");
  project_.write("bad.sql", "SELECT * FROM missing;\n");
  project_.set_environment("KEEPER_PASSWORD", password);

  for (const std::string environment : {"variable", "file", "command", "options"}) {
    const std::string flags = " --verbose --log-file run.log --env " + environment;
    for (const auto& [command, code] : {std::pair<std::string, int>{"up", 0},
                                        {"status", 0},
                                        {"history --format json", 0},
                                        {"config", 0},
                                        {"config --format json", 0},
                                        {"exec bad.sql", 5},
                                        {"down --format json", 0},
                                        {"up --schema missing_schema", 69},
                                        {"up --user somebody_else", 69}}) {
      const Ending ending = project_.run(command + flags);
      EXPECT_EQ(ending.code, code) << environment << " " << command << ending.out << ending.err;
      EXPECT_EQ((ending.out + ending.err).find(password), std::string::npos)
          << environment << " " << command << ending.out << ending.err;
    }
  }
  EXPECT_EQ(project_.read("run.log").find(password), std::string::npos);
  // The command lines of migrate and of the shell that it gives the command to.
  const std::string seen = project_.read("seen-by-command");
  EXPECT_NE(seen.find("--env"), std::string::npos);
  EXPECT_NE(seen.find("seen-by-command"), std::string::npos);
  EXPECT_EQ(seen.find(password), std::string::npos);
  sql.query("DROP USER keeper@localhost");
}

TEST_P(Connecting, a_password_in_sql_is_not_shown_when_the_statement_fails) {
  project_.write("migrations/1_account.up.sql",
                 "CREATE USER root@localhost IDENTIFIED BY 'In-The-File-77';\n");
  const Ending up = project_.run("up --verbose --log-file run.log");
  const Ending json = project_.run("up --format json");
  const Ending history = project_.run("history --format json");
  const Ending plan = project_.run("plan");
  EXPECT_EQ(up.code, 5) << up.out;
  EXPECT_EQ(plan.code, 2) << plan.out;
  for (const Ending* ending : {&up, &json, &history, &plan}) {
    EXPECT_EQ((ending->out + ending->err).find("In-The-File-77"), std::string::npos)
        << ending->out << ending->err;
  }
  EXPECT_EQ(project_.read("run.log").find("In-The-File-77"), std::string::npos);
}

/// Takes connections on a loopback port and never says a word.
class SilentPort {
 public:
  SilentPort() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd_, generic, length) != 0 || ::listen(fd_, 8) != 0 ||
        ::getsockname(fd_, generic, &length) != 0) {
      throw std::runtime_error("cannot listen on loopback");
    }
    port_ = ntohs(address.sin_port);
  }
  ~SilentPort() { ::close(fd_); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  int port() const { return port_; }

 private:
  int fd_;
  int port_ = 0;
};

// Ends at all: without the time limit it would wait for a greeting that never comes.
TEST_P(Connecting, a_server_that_says_nothing_is_given_up) {
  const SilentPort silent;
  Process status = project_.start({"status", "--url",
                                   "mysql://root@127.0.0.1:" + std::to_string(silent.port()) + "/x",
                                   "--connect-timeout", "1"});
  const Ending ending = status.wait(std::chrono::seconds(60));
  EXPECT_EQ(ending.code, 69) << ending.out << ending.err;
  EXPECT_NE((ending.out + ending.err).find("127.0.0.1"), std::string::npos) << ending.err;
}

INSTANTIATE_TEST_SUITE_P(E2e, Connecting, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
