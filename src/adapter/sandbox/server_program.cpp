#include "server_program.h"

#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "adapter/posix/process.h"
#include "adapter/posix/programs.h"
#include "core/fault.h"

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;
using core::ExitCode;
using core::Fault;
using core::ServerFamily;

// Servers live in sbin, which is in PATH for root alone.
std::vector<fs::path> program_folders() {
  std::vector<fs::path> folders = posix::folders_of_path();
  for (const char* usual : {"/usr/sbin", "/usr/local/sbin", "/usr/libexec"}) {
    folders.emplace_back(usual);
  }
  return folders;
}

// As a shell does it: with a slash it is a path, without one a name. Of a link what it leads to: a
// server's other files are found from where it lies.
fs::path looked_up(const fs::path& wanted) {
  if (wanted.has_parent_path()) return fs::absolute(wanted);
  for (const auto& folder : program_folders()) {
    if (posix::is_executable(folder / wanted)) return fs::canonical(folder / wanted);
  }
  throw Fault(ExitCode::configuration,
              fmt::format("{} is not in PATH, nor in /usr/sbin", wanted.string()),
              "give the path of mysqld or mariadbd with --server-bin");
}

// "mysqld  Ver 9.7.4 for Linux", "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu"
std::optional<ServerProgram> identify(const fs::path& path) {
  const auto answer = posix::output_of({path.string(), "--no-defaults", "--version"});
  if (!answer) return std::nullopt;
  const auto mark = answer->find("Ver ");
  if (mark == std::string::npos) return std::nullopt;
  const auto start = mark + 4;
  const auto end = answer->find_first_of(" \n", start);
  return ServerProgram{
      path,
      answer->find("MariaDB") != std::string::npos ? ServerFamily::mariadb : ServerFamily::mysql,
      answer->substr(start, end - start)};
}

// Both servers refuse to run as root unless told.
void add_account(std::vector<std::string>& argv) {
  if (::geteuid() == 0) argv.emplace_back("--user=root");
}

// nosync is of both: https://mariadb.com/kb/en/innodb-system-variables/#innodb_flush_method,
// https://dev.mysql.com/doc/refman/9.7/en/innodb-parameters.html#sysvar_innodb_flush_method
void add_durability(std::vector<std::string>& argv, const ServerProgram& server,
                    Durability durability) {
  if (durability != Durability::none) return;
  argv.insert(argv.end(), {"--innodb-flush-method=nosync", "--innodb-doublewrite=OFF"});
  // https://mariadb.com/kb/en/mariadb-server-system-variables/#debug_no_sync
  if (server.family == ServerFamily::mariadb) argv.emplace_back("--debug-no-sync");
}

// Next to the server, so that a server from a folder gets the tables of its own version.
fs::path install_program(const ServerProgram& server) {
  const fs::path prefix = server.path.parent_path().parent_path();
  std::vector<fs::path> folders{prefix / "bin", prefix / "scripts", server.path.parent_path()};
  for (auto& folder : program_folders()) folders.push_back(std::move(folder));
  for (const auto& folder : folders) {
    for (const char* name : {"mariadb-install-db", "mysql_install_db"}) {
      if (posix::is_executable(folder / name)) return folder / name;
    }
  }
  throw Fault(ExitCode::configuration,
              fmt::format("{} is there, but not mariadb-install-db, which creates its data",
                          server.path.string()),
              "install the package that has it (on Debian: mariadb-server-core)");
}

}  // namespace

std::string family_name(ServerFamily family) {
  return family == ServerFamily::mariadb ? "MariaDB" : "MySQL";
}

ServerProgram find_server_program(const fs::path& wanted) {
  if (!wanted.empty()) {
    auto program = identify(looked_up(wanted));
    if (program) return *program;
    throw Fault(ExitCode::configuration,
                fmt::format("{} is not a server program: it was asked --version and did not answer "
                            "as mysqld or mariadbd does",
                            wanted.string()),
                "give the path of mysqld or mariadbd with --server-bin");
  }
  for (const auto& folder : program_folders()) {
    for (const char* name : {"mariadbd", "mysqld"}) {
      if (!posix::is_executable(folder / name)) continue;
      if (auto program = identify(fs::absolute(folder / name))) return *program;
    }
  }
  throw Fault(ExitCode::configuration,
              "no environment is configured, and there is no mariadbd or mysqld in PATH or in "
              "/usr/sbin to start a private server with",
              "install a server (on Debian and Ubuntu: apt-get install mariadb-server-core "
              "mariadb-client-core), give its path with --server-bin, or configure an environment "
              "in migrate.yaml");
}

std::vector<InstalledServer> installed_servers() {
  std::vector<InstalledServer> servers;
  std::set<fs::path> seen;
  for (const auto& folder : program_folders()) {
    for (const char* name : {"mariadbd", "mysqld"}) {
      if (!posix::is_executable(folder / name)) continue;
      std::error_code ignored;
      if (!seen.insert(fs::canonical(folder / name, ignored)).second) continue;
      if (auto program = identify(fs::absolute(folder / name)))
        servers.push_back({program->path, program->family, program->version});
    }
  }
  return servers;
}

std::vector<std::string> initialise_command(const ServerProgram& server, const fs::path& data,
                                            const fs::path& temporary, Durability durability) {
  std::vector<std::string> argv;
  if (server.family == ServerFamily::mariadb) {
    argv = {install_program(server).string(), "--no-defaults", "--skip-test-db",
            "--auth-root-authentication-method=normal"};
    // The system's own knows where its files are; a server from a folder has to be told.
    const fs::path prefix = server.path.parent_path().parent_path();
    if (prefix != "/usr" && prefix != "/") argv.push_back("--basedir=" + prefix.string());
  } else {
    argv = {server.path.string(), "--no-defaults", "--initialize-insecure",
            "--secure-file-priv=NULL"};
  }
  argv.push_back("--datadir=" + data.string());
  argv.push_back("--tmpdir=" + temporary.string());
  add_durability(argv, server, durability);
  add_account(argv);
  return argv;
}

std::vector<std::string> serve_command(const ServerProgram& server, const ServeOptions& options) {
  std::vector<std::string> argv{server.path.string(),
                                "--no-defaults",
                                "--datadir=" + options.data.string(),
                                "--socket=" + options.socket.string(),
                                "--tmpdir=" + options.temporary.string(),
                                "--skip-networking",
                                "--skip-name-resolve"};
  if (server.family == ServerFamily::mysql) {
    argv.insert(argv.end(), {"--mysqlx=OFF", "--secure-file-priv=NULL"});
  }
  if (options.durability != Durability::full) {
    argv.insert(argv.end(), {"--innodb-flush-log-at-trx-commit=2", "--sync-binlog=0",
                             "--skip-log-bin", "--innodb-buffer-pool-size=64M"});
  }
  add_durability(argv, server, options.durability);
  add_account(argv);
  argv.insert(argv.end(), options.more.begin(), options.more.end());
  return argv;
}

}  // namespace migrate::sandbox
