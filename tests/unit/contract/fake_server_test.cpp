// The fake server keeps the contract of port::Server.
#include "support/fake_server.h"

#include "contract/session_contract.h"

namespace migrate::testing {
namespace {

class FakeContractServer : public ContractServer {
 public:
  port::Server& server() override { return server_; }

  std::string rows(const std::string& table) override {
    const FakeTable there = server_.tables().at(table);
    std::string text;
    for (const auto& row : there.rows) {
      if (!text.empty()) text += ' ';
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += ',';
        text += row[i] ? std::to_string(*row[i]) : "NULL";
      }
    }
    return text;
  }

  std::vector<std::string> tables() override {
    std::vector<std::string> names;
    const auto tables = server_.tables();
    for (const auto& [name, table] : tables) names.push_back(name);
    return names;
  }

  void wait_until_running(std::uint64_t connection_id) override {
    server_.wait_until_running(connection_id);
  }

 private:
  FakeServer server_;
};

INSTANTIATE_TEST_SUITE_P(Fake, SessionContract,
                         ::testing::Values(ContractParam{
                             "fake", [] { return std::make_unique<FakeContractServer>(); }}),
                         [](const auto& param) { return param.param.name; });

// What a real server's test asks of a real binary log.

TEST(FakeBinaryLog, HoldsTheMarksOfSchemaStatementsThatSucceeded) {
  FakeServer server;
  const auto session = server.connect();
  const auto run = [&](const std::string& text, const std::string& mark) {
    session->run({core::Statement{.text = text, .mark = mark}}, [](const core::ItemResult&) {});
  };
  port::BinaryLog& log = session->binary_log();
  EXPECT_EQ(log.end().file, "");
  EXPECT_EQ(log.find({}, "migrate run-1 up 1"), port::BinaryLog::Found::unreadable);

  server.set_binary_log(FakeServer::BinaryLogging::on);
  const core::LogPosition start = log.end();
  EXPECT_NE(start.file, "");
  run("CREATE TABLE t (id INT)", "up 1");
  run("CREATE TABLE t (id INT)", "up 2");
  run("INSERT INTO t VALUES (1)", "up 3");
  run("PREPARE p FROM 'CREATE TABLE u (id INT)'", "up 4");
  run("EXECUTE p", "up 5");
  EXPECT_EQ(log.find(start, "migrate run-1 up 1"), port::BinaryLog::Found::yes);
  for (const char* mark : {"2", "3", "4", "5"}) {
    EXPECT_EQ(log.find(start, std::string("migrate run-1 up ") + mark), port::BinaryLog::Found::no);
  }
  EXPECT_EQ(log.find(log.end(), "migrate run-1 up 1"), port::BinaryLog::Found::no);
  EXPECT_EQ(log.find({.file = "gone"}, "migrate run-1 up 1"), port::BinaryLog::Found::unreadable);
}

}  // namespace
}  // namespace migrate::testing
