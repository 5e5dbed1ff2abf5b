// What an audit asks a real server.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapter/mysql/audit.h"
#include "adapter/mysql/server.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class AuditFacts : public ::testing::TestWithParam<std::string> {
 protected:
  AuditFacts()
      : schema_(RealServer::named(GetParam())),
        sql_(schema_.connection()),
        session_(connect(schema_.connection())) {
    sql_.query("SET SESSION sql_mode = ''");
  }

  core::audit::Facts read(std::chrono::milliseconds date_patience) {
    return mysql::open_audit_facts(schema_.connection(), date_patience)
        ->read(session_->schema().read());
  }

  static std::vector<std::string> zero_dates(const core::audit::Facts& facts) {
    std::vector<std::string> columns;
    for (const core::audit::ZeroDates& one : facts.zero_dates)
      columns.push_back(one.table + "." + one.column);
    return columns;
  }

  /// 2^doublings rows, none of them with a zero date.
  void make_visits(int doublings) {
    sql_.query(
        "CREATE TABLE visits (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, day DATE NULL, at "
        "DATETIME(6) NOT NULL, seen TIMESTAMP NULL, never DATE NULL, KEY at (at))");
    sql_.query(
        "INSERT INTO visits (day, at, seen, never) VALUES ('2026-01-05', '2026-01-05 09:00:00', "
        "'2026-01-05 09:00:00', '2026-01-05')");
    for (int i = 0; i < doublings; ++i)
      sql_.query(
          "INSERT INTO visits (day, at, seen, never) SELECT day, at, seen, never FROM "
          "visits");
  }

  static std::unique_ptr<port::Session> connect(const core::ConnectionOptions& options) {
    static const mysql::ClientLibrary library;
    return mysql::open_server(options, {.run_id = "run-1"})->connect();
  }

  ScratchSchema schema_;
  RawConnection sql_;
  std::unique_ptr<port::Session> session_;
};

TEST_P(AuditFacts, AZeroDateIsFoundInWhicheverRowItIs) {
  make_visits(15);
  EXPECT_THAT(zero_dates(read(std::chrono::minutes(1))), IsEmpty());
  sql_.query("INSERT INTO visits (day, at, seen) VALUES (0, 0, 0)");
  const core::audit::Facts facts = read(std::chrono::minutes(1));
  EXPECT_THAT(zero_dates(facts), UnorderedElementsAre("visits.day", "visits.at", "visits.seen"));
  EXPECT_THAT(facts.unseen, IsEmpty());
}

TEST_P(AuditFacts, WhatTakesTooLongIsNotTold) {
  make_visits(18);
  sql_.query("INSERT INTO visits (day, at) VALUES (0, 0)");
  const core::audit::Facts facts = read(std::chrono::milliseconds(1));
  EXPECT_THAT(zero_dates(facts), ::testing::Not(Contains("visits.day")));
  EXPECT_THAT(facts.unseen, ElementsAre(HasSubstr("the dates in visits: its rows could not all be "
                                                  "read within 0.001 s")));
}

INSTANTIATE_TEST_SUITE_P(Real, AuditFacts, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(AuditFacts);

}  // namespace
}  // namespace migrate::testing
