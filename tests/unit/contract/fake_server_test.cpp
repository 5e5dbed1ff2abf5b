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

}  // namespace
}  // namespace migrate::testing
