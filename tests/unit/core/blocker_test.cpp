#include "core/blocker.h"

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

Blocker report_of(const std::string& host) {
  return {.connection_id = 42,
          .user = "report",
          .host = host,
          .age_s = 312,
          .statement = "SELECT 1",
          .certainty = Blocker::Certainty::certain};
}

TEST(Blocker, AccountsAreMatchedAsTheServerDoes) {
  EXPECT_TRUE(is_account(report_of("10.0.3.7"), "report@10.0.%"));
  EXPECT_TRUE(is_account(report_of("WEB1.example"), "report@web_.example"));
  EXPECT_TRUE(is_account(report_of("anywhere"), "report@%"));
  EXPECT_FALSE(is_account(report_of("10.1.3.7"), "report@10.0.%"));
  EXPECT_FALSE(is_account(report_of("10.0.3.7"), "reports@%"));
  EXPECT_FALSE(is_account(report_of("10.0.3.7"), "Report@%"));
  EXPECT_FALSE(is_account(report_of("10.0.3.7"), "report@10.0.3"));
  EXPECT_FALSE(is_account(report_of("10.0.3.7"), "report"));
  EXPECT_FALSE(is_account({.host = "h"}, "@%"));
}

TEST(Blocker, OnlyAPlainClientThatIsInTheWayForCertainMayBeEnded) {
  const std::vector<std::string> accounts{"other@%", "report@%"};
  EXPECT_TRUE(may_be_ended(report_of("h"), accounts));
  EXPECT_FALSE(may_be_ended(report_of("h"), {}));
  for (const auto kind :
       {Blocker::Kind::migrate, Blocker::Kind::replication, Blocker::Kind::super}) {
    Blocker blocker = report_of("h");
    blocker.kind = kind;
    EXPECT_FALSE(may_be_ended(blocker, accounts));
  }
  Blocker perhaps = report_of("h");
  perhaps.certainty = Blocker::Certainty::perhaps;
  EXPECT_FALSE(may_be_ended(perhaps, accounts));
}

TEST(Blocker, IsToldInWords) {
  EXPECT_EQ(words_of(report_of("web1")),
            "connection 42 (report@web1), for 312 s, running: SELECT 1");
  Blocker idle = report_of("web1");
  idle.idle = true;
  EXPECT_EQ(words_of(idle),
            "connection 42 (report@web1), for 312 s, idle in a transaction, last: SELECT 1");
  idle.statement = "ALTER USER x IDENTIFIED BY 'secret'";
  EXPECT_EQ(words_of(idle).find("secret"), std::string::npos);
}

}  // namespace
}  // namespace migrate::core
