#include "exec_client.h"

#include <fmt/format.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::wiring {

void exec_client(const core::ConnectionOptions& server, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"--no-defaults", "--socket=" + server.socket,
                                 "--user=" + server.user, "--default-character-set=utf8mb4"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.push_back(server.schema);
  for (const char* client : {"mariadb", "mysql"}) {
    std::vector<std::string> line{client};
    line.insert(line.end(), words.begin(), words.end());
    std::vector<char*> argv;
    argv.reserve(line.size() + 1);
    for (std::string& word : line) argv.push_back(word.data());
    argv.push_back(nullptr);
    execvp(client, argv.data());
  }
  throw core::Fault(core::ExitCode::configuration,
                    "found neither of the clients mariadb and mysql in PATH",
                    fmt::format("connect any client to the socket {}", server.socket));
}

}  // namespace migrate::wiring
