// ddl/refresh_tokens.sql under the rotation that its comment describes, on each real server.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "support/raw_connection.h"
#include "support/real_server.h"
#include "support/shipped_sql.h"

namespace migrate::testing {
namespace {

enum class Outcome { rotated, reused, refused };

class RefreshTokensTest : public ::testing::TestWithParam<std::string> {
 protected:
  RefreshTokensTest() {
    for (const auto& statement : plain_statements(repository_file("ddl/refresh_tokens.sql"))) {
      admin_.query(statement);
    }
  }

  static std::string hash(const std::string& token) { return "UNHEX(SHA2('" + token + "', 256))"; }

  void sign_in(const std::string& token, const std::string& family, int user) {
    admin_.query(
        "INSERT INTO refresh_tokens (token_hash, family_id, user_id, client_id, "
        "idle_expires_at, expires_at) VALUES (" +
        hash(token) + ", UNHEX(LEFT(SHA2('" + family + "', 256), 32)), " + std::to_string(user) +
        ", 'web', UTC_TIMESTAMP(6) + INTERVAL 1 DAY, UTC_TIMESTAMP(6) + INTERVAL 30 DAY)");
  }

  static Outcome present(RawConnection& connection, const std::string& token,
                         const std::string& successor) {
    connection.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    connection.query("SET @id = NULL, @family = NULL");
    connection.query(
        "SELECT id, family_id INTO @id, @family FROM refresh_tokens "
        "WHERE token_hash = " +
        hash(token));
    connection.query("START TRANSACTION");
    connection.query("SELECT id FROM refresh_tokens WHERE family_id = @family FOR UPDATE");
    connection.query(
        "UPDATE refresh_tokens SET rotated_at = UTC_TIMESTAMP(6) WHERE id = @id AND rotated_at IS "
        "NULL AND revoked_at IS NULL AND idle_expires_at > UTC_TIMESTAMP(6) AND expires_at > "
        "UTC_TIMESTAMP(6)");
    Outcome outcome = Outcome::refused;
    if (connection.value("SELECT ROW_COUNT()") == "1") {
      outcome = Outcome::rotated;
      connection.query(
          "INSERT INTO refresh_tokens (token_hash, family_id, parent_id, user_id, client_id, "
          "idle_expires_at, expires_at) SELECT " +
          hash(successor) +
          ", family_id, id, user_id, client_id, LEAST(UTC_TIMESTAMP(6) + INTERVAL 1 DAY, "
          "expires_at), expires_at FROM refresh_tokens WHERE id = @id");
    } else if (connection.value(
                   "SELECT rotated_at IS NOT NULL FROM refresh_tokens WHERE id = @id") == "1") {
      outcome = Outcome::reused;
      connection.query("UPDATE refresh_tokens SET reused_at = UTC_TIMESTAMP(6) WHERE id = @id");
      connection.query(
          "UPDATE refresh_tokens SET revoked_at = UTC_TIMESTAMP(6), revoked_reason = 'reuse' "
          "WHERE family_id = @family AND revoked_at IS NULL");
    }
    connection.query("COMMIT");
    return outcome;
  }

  ScratchSchema schema_{RealServer::named(GetParam())};
  RawConnection admin_{schema_.connection()};
};

TEST_P(RefreshTokensTest, a_token_that_comes_back_ends_its_family_and_no_other) {
  sign_in("a1", "phone", 1);
  sign_in("b1", "laptop", 1);
  EXPECT_EQ(present(admin_, "a1", "a2"), Outcome::rotated);
  EXPECT_EQ(present(admin_, "a2", "a3"), Outcome::rotated);
  EXPECT_EQ(present(admin_, "a1", "thief"), Outcome::reused);
  EXPECT_EQ(present(admin_, "a3", "a4"), Outcome::refused) << "the honest client signs in again";
  EXPECT_EQ(present(admin_, "b1", "b2"), Outcome::rotated);
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM refresh_tokens WHERE revoked_reason = 'reuse'"),
            "3");
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM refresh_tokens WHERE reused_at IS NOT NULL"), "1");
}

TEST_P(RefreshTokensTest, of_many_that_present_one_token_at_once_one_gets_a_successor) {
  sign_in("a1", "phone", 1);
  std::atomic<int> rotated{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> clients;
  for (int n = 0; n < 8; ++n) {
    clients.emplace_back([&, n] {
      try {
        RawConnection connection(schema_.connection());
        if (present(connection, "a1", "successor" + std::to_string(n)) == Outcome::rotated) {
          ++rotated;
        }
      } catch (const std::exception&) {
        ++failed;
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(rotated, 1);
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM refresh_tokens"), "2");
  EXPECT_EQ(admin_.value("SELECT COUNT(*) FROM refresh_tokens WHERE revoked_at IS NULL"), "0")
      << "no successor slips past the revocation";
}

TEST_P(RefreshTokensTest, every_block_of_the_runbook_runs_as_written) {
  const auto blocks = sql_blocks(repository_file("runbooks/operating-refresh-tokens.md"));
  ASSERT_GE(blocks.size(), 8U);
  for (const auto& block : blocks) {
    for (const auto& statement : plain_statements(block))
      EXPECT_NO_THROW(admin_.query(statement)) << block;
  }
}

TEST_P(RefreshTokensTest, a_hash_is_there_once_and_a_revocation_has_a_known_reason) {
  sign_in("a1", "phone", 1);
  EXPECT_ANY_THROW(sign_in("a1", "laptop", 2));
  EXPECT_ANY_THROW(admin_.query("UPDATE refresh_tokens SET revoked_at = UTC_TIMESTAMP(6)"));
  EXPECT_ANY_THROW(admin_.query(
      "UPDATE refresh_tokens SET revoked_at = UTC_TIMESTAMP(6), revoked_reason = 'whim'"));
  EXPECT_NO_THROW(admin_.query(
      "UPDATE refresh_tokens SET revoked_at = UTC_TIMESTAMP(6), revoked_reason = 'logout'"));
}

TEST_P(RefreshTokensTest, look_up_revocation_and_purge_each_use_their_index) {
  admin_.query(
      "INSERT INTO refresh_tokens (token_hash, family_id, user_id, client_id, idle_expires_at, "
      "expires_at) WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers "
      "WHERE n < 1000) SELECT UNHEX(SHA2(n, 256)), UNHEX(LEFT(SHA2(n, 256), 32)), n, 'web', "
      "'2026-01-01', "
      "'2026-01-01' + INTERVAL n DAY FROM numbers");
  admin_.query("ANALYZE TABLE refresh_tokens");
  const std::pair<std::string, std::string> questions[] = {
      {"SELECT id FROM refresh_tokens WHERE token_hash = UNHEX(SHA2('5', 256))",
       "refresh_tokens_hash"},
      {"UPDATE refresh_tokens SET reused_at = '2026-01-01' WHERE family_id = UNHEX(LEFT(SHA2('5', "
       "256), 32))",
       "refresh_tokens_family"},
      {"UPDATE refresh_tokens SET reused_at = '2026-01-01' WHERE user_id = 5",
       "refresh_tokens_user"},
      {"DELETE FROM refresh_tokens WHERE expires_at < '2026-01-05' ORDER BY expires_at LIMIT 1000",
       "refresh_tokens_expires"}};
  for (const auto& [statement, index] : questions) {
    const auto plan = admin_.query("EXPLAIN FORMAT = TRADITIONAL " + statement);
    std::string text;
    for (const auto& cell : plan.at(0)) text += cell.value_or("") + " ";
    EXPECT_NE(text.find(index), std::string::npos) << text;
    EXPECT_EQ(text.find("filesort"), std::string::npos) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(servers, RefreshTokensTest, ::testing::ValuesIn(server_names()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace migrate::testing
