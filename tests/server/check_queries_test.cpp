// The queries of checks on each real server, and the shipped ones on the shipped tables.
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapter/mysql/checks.h"
#include "core/check/result.h"
#include "core/fault.h"
#include "support/raw_connection.h"
#include "support/real_server.h"
#include "support/shipped_sql.h"

namespace migrate::testing {
namespace {

using core::check::Answer;
using core::check::Verdict;

class CheckQueries : public ::testing::TestWithParam<std::string> {
 protected:
  Answer ask(const std::string& query, std::chrono::seconds limit = std::chrono::seconds(10)) {
    return queries_->ask(query, limit);
  }

  ScratchSchema schema_{RealServer::named(GetParam())};
  RawConnection admin_{schema_.connection()};
  std::unique_ptr<port::CheckQueries> queries_ = mysql::open_check_queries(schema_.connection());
};

TEST_P(CheckQueries, tell_rows_columns_and_the_first_value) {
  const Answer answer = ask("SELECT 7, 8 UNION ALL SELECT 9, 10 ORDER BY 1");
  EXPECT_EQ(answer.rows, 2U);
  EXPECT_EQ(answer.columns, 2U);
  EXPECT_EQ(answer.value, "7");
  EXPECT_EQ(ask("SELECT NULL").value, std::nullopt);
  EXPECT_EQ(ask("SELECT 1 FROM DUAL WHERE 1 = 0").rows, 0U);
}

TEST_P(CheckQueries, give_the_servers_words_and_go_on) {
  const Answer refused = ask("SELECT nothing FROM nowhere");
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, 1146U);
  EXPECT_EQ(ask("SELECT 1").value, "1");
}

TEST_P(CheckQueries, write_nothing) {
  admin_.query("CREATE TABLE t (id INT PRIMARY KEY)");
  admin_.query(
      "CREATE FUNCTION writes() RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN INSERT "
      "INTO t VALUES (1); RETURN 1; END");
  for (const char* statement :
       {"INSERT INTO t VALUES (1)", "DROP TABLE t", "CREATE TABLE u (id INT)", "SELECT writes()"}) {
    EXPECT_TRUE(ask(statement).error) << statement;
  }
  EXPECT_TRUE(ask("SELECT 1; DROP TABLE t").error) << "one statement, whoever made the text";
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM t"), "0");
}

TEST_P(CheckQueries, end_at_their_limit) {
  // Of rows: a SLEEP by itself just wakes on MySQL.
  const std::string forever =
      "SELECT COUNT(*) FROM information_schema.columns AS a, information_schema.columns AS b, "
      "information_schema.columns AS c WHERE CONCAT(a.column_name, b.column_name, c.column_name) = "
      "'x'";
  const Answer answer = ask(forever, std::chrono::seconds(1));
  ASSERT_TRUE(answer.error);
  EXPECT_EQ(answer.error->code, GetParam() == "mysql" ? 3024U : 1969U) << answer.error->message;
  EXPECT_EQ(ask("SELECT 1").value, "1");
}

TEST_P(CheckQueries, tell_which_connection_they_have) {
  const std::uint64_t id = queries_->connection_id();
  EXPECT_EQ(ask("SELECT CONNECTION_ID()").value, std::to_string(id));
}

TEST_P(CheckQueries, connect_again_when_the_connection_was_lost) {
  admin_.query("KILL " + std::to_string(queries_->connection_id()));
  EXPECT_THROW(ask("SELECT 1"), core::Fault);
  EXPECT_EQ(ask("SELECT 1").value, "1");
  EXPECT_TRUE(ask("CREATE TABLE u (id INT)").error) << "and still only reads";
}

TEST_P(CheckQueries, know_which_tables_are_there) {
  admin_.query("CREATE TABLE here (id INT)");
  const auto ground = queries_->ground({"here", "gone"});
  EXPECT_EQ(ground.tables, std::vector<std::string>{"here"});
  EXPECT_EQ(ground.at.size(), std::string("2026-01-05 09:00:00").size()) << ground.at;
  EXPECT_TRUE(queries_->ground({}).tables.empty());
}

/// The shipped checks, asked on the shipped tables.
class ShippedChecks : public CheckQueries {
 protected:
  ShippedChecks() {
    for (const char* file : {"ddl/outbox.sql", "ddl/refresh_tokens.sql"}) {
      for (const auto& statement : plain_statements(repository_file(file))) admin_.query(statement);
    }
  }

  core::check::Result result(const std::string& name) {
    for (const core::check::Check& check : core::check::shipped_checks()) {
      if (check.name == name) return judge(check, ask(check.query));
    }
    throw std::runtime_error("no shipped check " + name);
  }

  std::string seen(const std::string& name) { return result(name).seen; }

  void message(const std::string& columns, const std::string& values) {
    static int sequence = 0;
    admin_.query(
        "INSERT INTO outbox (aggregate_type, aggregate_id, aggregate_sequence, "
        "message_type, payload, " +
        columns + ") VALUES ('order', '1', " + std::to_string(++sequence) +
        ", 'order_paid', '{}', " + values + ")");
  }

  void dead_letter(int id, const std::string& moved_at) {
    admin_.query(
        "INSERT INTO outbox_dead_letter (id, aggregate_type, aggregate_id, message_type, "
        "payload, created_at, attempts, max_attempts, requeues, final_error_code, "
        "moved_at) VALUES (" +
        std::to_string(id) +
        ", 'order', '1', 'order_paid', '{}', '2026-01-01', 12, 12, 0, "
        "'broker_timeout', " +
        moved_at + ")");
  }

  void token(int number, const std::string& columns, const std::string& values) {
    admin_.query("INSERT INTO refresh_tokens (token_hash, family_id, user_id, client_id" + columns +
                 ") VALUES (UNHEX(SHA2('" + std::to_string(number) + "', 256)), UNHEX(LEFT(SHA2('" +
                 std::to_string(number / 2) + "', 256), 32)), 1, 'web'" + values + ")");
  }
};

constexpr const char* now = "UTC_TIMESTAMP(6)";

std::string ago(const std::string& interval) {
  return "UTC_TIMESTAMP(6) - INTERVAL " + interval;
}

TEST_P(ShippedChecks, hold_on_empty_tables) {
  for (const core::check::Check& check : core::check::shipped_checks()) {
    const auto result = judge(check, ask(check.query));
    EXPECT_EQ(result.verdict, Verdict::holds) << result.words();
  }
}

TEST_P(ShippedChecks, tell_the_rates_of_the_last_quarter_of_an_hour) {
  for (int n = 0; n < 8; ++n) message("delivered_at, available_at", std::string(now) + ", NULL");
  message("delivered_at, available_at", ago("20 MINUTE") + ", NULL");
  message("available_at", ago("1 SECOND"));
  message("available_at, attempts, last_error_at, last_error_code",
          ago("1 SECOND") + ", 2, " + ago("1 MINUTE") + ", 'broker_timeout'");
  message("available_at", "UTC_TIMESTAMP(6) + INTERVAL 800 YEAR");
  EXPECT_EQ(seen("outbox-delivery-rate"), "80.0");
  EXPECT_EQ(result("outbox-delivery-rate").verdict, Verdict::fails);
  dead_letter(1000, ago("2 MINUTE"));
  EXPECT_EQ(seen("outbox-error-rate"), "20.0");
  EXPECT_EQ(result("outbox-error-rate").verdict, Verdict::fails);
}

TEST_P(ShippedChecks, tell_the_age_of_what_waits_and_not_of_what_is_scheduled_or_held) {
  message("created_at, available_at", ago("1 DAY") + ", UTC_TIMESTAMP(6) + INTERVAL 1 HOUR");
  message("created_at, available_at", ago("1 DAY") + ", UTC_TIMESTAMP(6) + INTERVAL 800 YEAR");
  message("created_at, available_at", ago("1 DAY") + ", " + ago("10 SECOND"));
  EXPECT_EQ(result("outbox-oldest-undelivered").verdict, Verdict::holds)
      << seen("outbox-oldest-undelivered");
  EXPECT_GE(std::stoi(seen("outbox-oldest-undelivered")), 10);
  // It was tried, and backs off.
  message("created_at, available_at, attempts",
          ago("10 MINUTE") + ", UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE, 4");
  EXPECT_EQ(result("outbox-oldest-undelivered").verdict, Verdict::fails);
  EXPECT_GE(std::stoi(seen("outbox-oldest-undelivered")), 600);
}

TEST_P(ShippedChecks, tell_size_and_growth_of_the_dead_letters) {
  for (int id = 1; id <= 90; ++id) dead_letter(id, ago("2 HOUR"));
  for (int id = 91; id <= 101; ++id) dead_letter(id, ago("1 MINUTE"));
  EXPECT_EQ(seen("outbox-dead-letters"), "101");
  EXPECT_EQ(result("outbox-dead-letters").verdict, Verdict::fails);
  EXPECT_EQ(seen("outbox-dead-letters-growth"), "11");
  EXPECT_EQ(result("outbox-dead-letters-growth").verdict, Verdict::fails);
}

TEST_P(ShippedChecks, tell_leases_that_ended_and_not_those_that_last) {
  const std::string columns = "attempts, locked_by, locked_until, available_at";
  message(columns,
          "1, 'w', UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE, UTC_TIMESTAMP(6) + INTERVAL 1 "
          "MINUTE");
  message(columns, "1, 'w', " + ago("5 SECOND") + ", " + ago("5 SECOND"));
  EXPECT_EQ(seen("outbox-expired-leases"), "0");
  message(columns, "1, 'w', " + ago("5 MINUTE") + ", " + ago("5 MINUTE"));
  EXPECT_EQ(seen("outbox-expired-leases"), "1");
}

TEST_P(ShippedChecks, tell_tokens_that_are_not_purged_and_families_that_came_back) {
  token(1, ", idle_expires_at, expires_at", ", " + ago("2 HOUR") + ", " + ago("1 HOUR"));
  EXPECT_EQ(seen("refresh-tokens-not-purged"), "0");
  token(2, ", idle_expires_at, expires_at", ", " + ago("3 DAY") + ", " + ago("2 DAY"));
  EXPECT_EQ(seen("refresh-tokens-not-purged"), "1");
  const std::string valid =
      ", UTC_TIMESTAMP(6) + INTERVAL 1 DAY, UTC_TIMESTAMP(6) + INTERVAL 1 DAY";
  token(10, ", idle_expires_at, expires_at, reused_at", valid + ", " + ago("2 DAY"));
  EXPECT_EQ(seen("refresh-tokens-reused"), "0");
  token(12, ", idle_expires_at, expires_at, reused_at", valid + ", " + ago("1 HOUR"));
  token(13, ", idle_expires_at, expires_at, reused_at", valid + ", " + ago("2 HOUR"));
  EXPECT_EQ(seen("refresh-tokens-reused"), "1") << "two tokens of one family";
}

INSTANTIATE_TEST_SUITE_P(servers, CheckQueries, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });
INSTANTIATE_TEST_SUITE_P(servers, ShippedChecks, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
