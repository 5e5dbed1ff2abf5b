// The server judges the splitter: every statement that it cuts from the corpus is sent alone, with
// multi-statements off, and must not be a syntax error; and there are as many as the file's last
// line says.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <mysql.h>

#include "core/splitter.h"
#include "support/real_server.h"
#include "support/repository.h"

namespace migrate::testing {
namespace {

constexpr unsigned syntax_error = 1064;

struct Close {
  void operator()(MYSQL* connection) const { mysql_close(connection); }
};
using Connection = std::unique_ptr<MYSQL, Close>;

Connection connect(const core::ConnectionOptions& options) {
  Connection connection(mysql_init(nullptr));
  if (mysql_real_connect(connection.get(), nullptr, options.user.c_str(), nullptr,
                         options.schema.c_str(), 0, options.socket.c_str(), 0) == nullptr) {
    ADD_FAILURE() << mysql_error(connection.get());
  }
  return connection;
}

unsigned run(MYSQL* connection, const std::string& text) {
  if (mysql_real_query(connection, text.data(), text.size()) != 0) return mysql_errno(connection);
  do {
    if (MYSQL_RES* const result = mysql_store_result(connection)) mysql_free_result(result);
  } while (mysql_next_result(connection) == 0);
  return 0;
}

std::vector<std::string> cut(const std::string& text) {
  core::Splitter splitter;
  splitter.feed(text);
  splitter.finish();
  std::vector<std::string> result;
  for (;;) {
    const core::SplitResult next = splitter.next();
    if (const auto* const piece = std::get_if<core::Piece>(&next)) {
      if (piece->kind == core::Piece::Kind::statement) result.emplace_back(piece->text);
      continue;
    }
    if (const auto* const error = std::get_if<core::SplitError>(&next))
      ADD_FAILURE() << error->message;
    return result;
  }
}

class SplitterJudge : public ::testing::TestWithParam<std::string> {};

TEST_P(SplitterJudge, EveryStatementIsOneForTheServer) {
  RealServer& server = RealServer::named(GetParam());
  for (const auto& entry : std::filesystem::directory_iterator(testing::repository() / "tests" /
                                                               "server" / "splitter_corpus")) {
    SCOPED_TRACE(entry.path().filename().string());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const ScratchSchema schema(server);
    const Connection connection = connect(schema.connection());
    const bool mariadb =
        std::string(mysql_get_server_info(connection.get())).find("MariaDB") != std::string::npos;
    if (text.rfind(mariadb ? "-- only: mysql\n" : "-- only: mariadb\n", 0) == 0) continue;
    const std::vector<std::string> statements = cut(text);
    const std::string marker = "-- statements: ";
    const std::size_t at = text.rfind(marker);
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(statements.size(), std::stoul(text.substr(at + marker.size())));
    for (const std::string& statement : statements) {
      EXPECT_NE(run(connection.get(), statement), syntax_error) << statement << "\n"
                                                                << mysql_error(connection.get());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(servers, SplitterJudge, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
