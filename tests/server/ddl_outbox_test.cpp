// ddl/outbox.sql under the statements of its runbook, as written there, on each real server.
#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "support/raw_connection.h"
#include "support/real_server.h"
#include "support/shipped_sql.h"

namespace migrate::testing {
namespace {

constexpr const char* for_operators = "operating-the-outbox.md";
constexpr const char* for_developers = "outbox-for-developers.md";

std::string worker_block(const std::string& name) {
  return runbook_block(for_developers, name);
}

class OutboxTest : public ::testing::TestWithParam<std::string> {
 protected:
  OutboxTest() { apply(repository_file("ddl/outbox.sql"), admin_); }

  static std::vector<Row> apply(const std::string& text, RawConnection& connection) {
    std::vector<Row> rows;
    for (const auto& statement : plain_statements(text)) rows = connection.query(statement);
    return rows;
  }

  RawConnection connect(const std::string& name = "") const {
    RawConnection connection(schema_.connection());
    apply(worker_block("session"), connection);
    if (!name.empty()) connection.query("SET @worker = '" + name + "'");
    return connection;
  }

  void write(const std::string& aggregate, int sequence, const std::string& columns = "",
             const std::string& values = "") {
    admin_.query(
        "INSERT INTO outbox (aggregate_type, aggregate_id, aggregate_sequence, message_type, "
        "payload" +
        columns + ") VALUES ('order', '" + aggregate + "', " + std::to_string(sequence) +
        ", 'order_changed', '{\"b\": 1, \"a\": 2}'" + values + ")");
  }

  // The claimed message (id, type, aggregate, sequence, …), if there was one.
  static std::vector<Row> claim(RawConnection& connection) {
    return apply(worker_block("claim in order"), connection);
  }
  // The number of rows changed.
  static std::string run(const std::string& block, RawConnection& connection,
                         const std::string& page = for_developers) {
    apply(runbook_block(page, block), connection);
    return connection.value("SELECT ROW_COUNT()");
  }

  ScratchSchema schema_{RealServer::named(GetParam())};
  RawConnection admin_{schema_.connection()};
};

std::string shape(RawConnection& connection, const std::string& table) {
  const auto row = connection.query("SHOW CREATE TABLE " + table).at(0);
  std::string text = row.at(1).value_or("");
  const std::string temporary = "CREATE TEMPORARY";
  if (text.rfind(temporary, 0) == 0) text.replace(0, temporary.size(), "CREATE");
  return text;
}

TEST_P(OutboxTest, applied_again_or_as_temporary_tables_it_has_the_same_shape) {
  const std::string file = repository_file("ddl/outbox.sql");
  const auto outbox = shape(admin_, "outbox");
  const auto dead = shape(admin_, "outbox_dead_letter");
  apply(file, admin_);
  EXPECT_EQ(shape(admin_, "outbox"), outbox);
  for (std::string statement : plain_statements(file)) {
    const std::string permanent = "CREATE TABLE IF NOT EXISTS";
    statement.replace(statement.find(permanent), permanent.size(), "CREATE TEMPORARY TABLE");
    admin_.query(statement);
  }
  EXPECT_EQ(shape(admin_, "outbox"), outbox);
  EXPECT_EQ(shape(admin_, "outbox_dead_letter"), dead);
}

TEST_P(OutboxTest, every_block_of_both_pages_runs_as_written) {
  for (int n = 1; n <= 20; ++n) write(std::to_string(n % 4), n);
  auto connection = connect();
  for (const std::string page : {for_operators, for_developers}) {
    const auto blocks = sql_blocks(repository_file("runbooks/" + page));
    ASSERT_GE(blocks.size(), 9U) << page;
    for (const auto& block : blocks) EXPECT_NO_THROW(apply(block, connection)) << block;
  }
}

TEST_P(OutboxTest, payload_is_given_back_byte_for_byte_and_must_be_json) {
  write("1", 1);
  EXPECT_EQ(admin_.value("SELECT payload FROM outbox"), R"({"b": 1, "a": 2})");
  EXPECT_ANY_THROW(admin_.query("UPDATE outbox SET payload = '{'"));
}

TEST_P(OutboxTest, many_workers_deliver_each_message_once_and_in_the_order_of_its_aggregate) {
  constexpr int messages = 2000;
  constexpr int aggregates = 100;
  admin_.query("SET autocommit = 0");
  for (int n = 0; n < messages; ++n) {
    write(std::to_string(n % aggregates), n / aggregates + 1, ", max_attempts", ", 3");
  }
  admin_.query("COMMIT");
  admin_.query("SET autocommit = 1");
  const auto poison = [](int id) { return id % 400 == 7; };
  const auto fails_at_first = [](int id) { return id % 7 == 3; };

  std::mutex mutex;
  std::map<std::string, std::vector<int>> delivered;  // sequences, by aggregate
  std::vector<std::string> problems;
  const auto work = [&](int number) {
    try {
      auto connection = connect();
      const std::string name = "worker-" + std::to_string(number);
      for (;;) {
        while (apply(worker_block("give up"), connection),
               !connection.value("SELECT @id").empty()) {
        }
        auto statements = plain_statements(worker_block("claim in order"));
        statements.front() = "SET @worker = '" + name + "', @id = NULL, @attempt = NULL";
        std::vector<Row> rows;
        for (const auto& statement : statements) rows = connection.query(statement);
        if (rows.empty()) return;
        const int id = std::stoi(rows[0][0].value());
        const int attempt = std::stoi(connection.value("SELECT @attempt"));
        if (poison(id) || (fails_at_first(id) && attempt == 1)) {
          run("failed", connection);
          continue;
        }
        {
          // Sent while the lease is held, which is what keeps the order.
          const std::lock_guard lock(mutex);
          delivered[rows[0][2].value()].push_back(std::stoi(rows[0][3].value()));
        }
        if (run("delivered", connection) != "1") throw std::runtime_error("lost a lease");
      }
    } catch (const std::exception& error) {
      const std::lock_guard lock(mutex);
      problems.emplace_back(error.what());
    }
  };

  // Each round ends when nothing is claimable; then the back-offs are made to have passed.
  for (int round = 0; round < 200 && problems.empty(); ++round) {
    std::vector<std::thread> workers;
    for (int number = 0; number < 8; ++number) workers.emplace_back(work, number);
    for (auto& worker : workers) worker.join();
    if (admin_.value("SELECT COUNT(*) FROM outbox WHERE delivered_at IS NULL") == "0") break;
    admin_.query("UPDATE outbox SET available_at = UTC_TIMESTAMP(6) WHERE delivered_at IS NULL");
  }

  EXPECT_EQ(problems, std::vector<std::string>());
  std::size_t count = 0;
  for (const auto& [aggregate, sequences] : delivered) {
    count += sequences.size();
    EXPECT_TRUE(std::is_sorted(sequences.begin(), sequences.end())) << aggregate;
    EXPECT_EQ(std::set<int>(sequences.begin(), sequences.end()).size(), sequences.size())
        << aggregate;
  }
  EXPECT_EQ(count, 1995U);
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM outbox WHERE delivered_at IS NOT NULL"), "1995");
  EXPECT_EQ(admin_.value("SELECT GROUP_CONCAT(id ORDER BY id) FROM outbox_dead_letter "
                         "WHERE attempts = 3 AND final_error_code = 'broker_timeout'"),
            "7,407,807,1207,1607");
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM outbox WHERE attempts = 2"), "285");
}

TEST_P(OutboxTest, an_open_claim_blocks_neither_writers_nor_other_workers) {
  write("1", 1);
  write("2", 1);
  auto claimer = connect();
  auto statements = plain_statements(worker_block("claim in order"));
  for (std::size_t n = 0; n < 3; ++n) claimer.query(statements[n]);  // up to the locking SELECT
  EXPECT_EQ(claimer.value("SELECT @id"), "1");
  admin_.query("SET SESSION innodb_lock_wait_timeout = 1");
  EXPECT_NO_THROW(write("3", 1));
  auto other = connect();
  const auto claimed = claim(other);
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed[0][2], "2");
}

TEST_P(OutboxTest, a_dead_workers_message_is_claimed_again_and_the_late_one_is_fenced_off) {
  write("1", 1);
  auto late = connect();
  ASSERT_EQ(claim(late).size(), 1U);
  auto next = connect();
  EXPECT_TRUE(claim(next).empty()) << "while the lease lasts";
  next.query("SET timestamp = UNIX_TIMESTAMP() + 61");
  EXPECT_EQ(claim(next).size(), 1U);
  EXPECT_EQ(run("delivered", late), "0") << "same worker name, but an earlier attempt";
  EXPECT_EQ(run("delivered", next), "1");
}

TEST_P(OutboxTest, requeue_brings_a_dead_letter_back_whole_under_its_id) {
  write("1", 1, ", max_attempts, dedup_key, trace_id", ", 1, 'k', 't'");
  const std::string columns =
      "SELECT CONCAT_WS('|', id, aggregate_type, aggregate_id, aggregate_sequence, message_type, "
      "payload, dedup_key, trace_id, created_at, max_attempts) FROM ";
  const auto before = admin_.value(columns + "outbox");
  auto connection = connect();
  claim(connection);
  run("failed", connection);
  run("give up", connection);
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM outbox"), "0");
  EXPECT_EQ(admin_.value(columns + "outbox_dead_letter"), before);
  run("requeue one", connection, for_operators);
  EXPECT_EQ(admin_.value(columns + "outbox"), before);
  EXPECT_EQ(admin_.value("SELECT CONCAT(attempts, ' ', requeues) FROM outbox"), "0 1");
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM outbox_dead_letter"), "0");
}

TEST_P(OutboxTest, hold_takes_a_kind_out_of_reach_and_release_restores_each_schedule) {
  write("1", 1);
  write("2", 1, ", available_at", ", '2028-02-29 12:34:56.789012'");
  const std::string schedules = "SELECT GROUP_CONCAT(available_at ORDER BY id) FROM outbox";
  const auto before = admin_.value(schedules);
  auto connection = connect();
  EXPECT_EQ(run("hold", connection, for_operators), "2");
  EXPECT_EQ(run("hold", connection, for_operators), "0") << "repeated until no row changes";
  EXPECT_TRUE(claim(connection).empty());
  EXPECT_EQ(run("release", connection, for_operators), "2");
  EXPECT_EQ(admin_.value(schedules), before);
}

TEST_P(OutboxTest, purge_takes_only_what_was_delivered_long_ago) {
  write("1", 1, ", delivered_at, available_at", ", UTC_TIMESTAMP(6) - INTERVAL 8 DAY, NULL");
  write("2", 1, ", delivered_at, available_at", ", UTC_TIMESTAMP(6) - INTERVAL 6 DAY, NULL");
  write("3", 1);
  admin_.query("UPDATE outbox SET created_at = '2020-01-01'");
  auto connection = connect();
  EXPECT_EQ(run("purge", connection, for_operators), "1");
  EXPECT_EQ(admin_.value("SELECT GROUP_CONCAT(aggregate_id ORDER BY id) FROM outbox"), "2,3");
}

TEST_P(OutboxTest, the_claim_is_a_range_on_its_index_without_a_sort) {
  admin_.query(
      "INSERT INTO outbox (aggregate_type, aggregate_id, aggregate_sequence, message_type, payload,"
      " delivered_at, available_at) WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + "
      "1 FROM numbers"
      " WHERE n < 1000) SELECT 'order', a.n, b.n, 'order_changed', '{}', UTC_TIMESTAMP(6), NULL"
      " FROM numbers AS a, (SELECT n FROM numbers WHERE n <= 10) AS b");
  write("1", 11);
  admin_.query("ANALYZE TABLE outbox");
  auto connection = connect();
  for (auto statement :
       {plain_statements(worker_block("explain the claim")).at(0),
        "EXPLAIN FORMAT = TRADITIONAL " + plain_statements(worker_block("claim in order")).at(2)}) {
    if (const auto into = statement.find("INTO @id, @attempt"); into != std::string::npos) {
      statement.erase(into, std::string("INTO @id, @attempt").size());
    }
    std::string plan;
    for (const auto& row : connection.query(statement)) {
      for (const auto& cell : row) plan += cell.value_or("") + " ";
    }
    EXPECT_NE(plan.find("outbox_due"), std::string::npos) << plan;
    EXPECT_NE(plan.find(" range "), std::string::npos) << plan;
    EXPECT_EQ(plan.find("filesort"), std::string::npos) << plan;
  }
}

INSTANTIATE_TEST_SUITE_P(servers, OutboxTest, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
