#include "tokens.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "block.h"
#include "retry.h"
#include "support/raw_connection.h"
#include "support/shipped_sql.h"

namespace migrate::load {
namespace {

using testing::RawConnection;

constexpr const char* runbook = "operating-refresh-tokens.md";
// One presentation in so many.
constexpr unsigned old_token_comes_back = 100;
constexpr unsigned newest_token_is_stolen = 200;

/// What one device holds. A thief reads it without asking.
struct Device {
  std::mutex mutex;     ///< guards what follows
  std::string current;  ///< token
  std::vector<std::string> old;
  std::mutex in_use;  ///< the honest client presents one token at a time
};

enum class Answer { rotated, reused, refused };

class Load {
 public:
  Load(testing::RealServer& server, const TokenLoad& load, Outcome& outcome)
      : schema_(server), load_(load), outcome_(outcome), devices_(load.families) {
    for (const auto& statement :
         testing::plain_statements(testing::repository_file("ddl/refresh_tokens.sql")))
      admin_.query(statement);
    Block(runbook, "session").run(admin_);
    for (Device& device : devices_) sign_in(admin_, device);
    admin_.query(fmt::format("SET SESSION {} = 1000000",
                             admin_.value("SELECT VERSION()").find("MariaDB") == std::string::npos
                                 ? "cte_max_recursion_depth"
                                 : "max_recursive_iterations"));
    admin_.query(fmt::format(
        "INSERT INTO refresh_tokens (token_hash, family_id, user_id, client_id, idle_expires_at, "
        "expires_at) WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers "
        "WHERE n < {}) SELECT UNHEX(SHA2(CONCAT('expired ', n), 256)), "
        "UNHEX(LEFT(SHA2(CONCAT('expired ', n), 256), 32)), n, 'web', UTC_TIMESTAMP(6), "
        "UTC_TIMESTAMP(6) FROM numbers",
        load_.expired));
  }

  void run() {
    const auto started = std::chrono::steady_clock::now();
    std::chrono::duration<double> purging{};
    {
      std::vector<std::jthread> threads;
      for (unsigned number = 0; number < load_.clients; ++number)
        threads.emplace_back([this, number] { guarded([&] { present_many(number); }); });
      threads.emplace_back([&] {
        guarded([this] { purge(); });
        purging = std::chrono::steady_clock::now() - started;
      });
    }
    const auto time = std::chrono::steady_clock::now() - started;
    outcome_.rate("refresh tokens: presented", load_.presentations, time);
    outcome_.rate("refresh tokens: rotated", rotated_, time);
    outcome_.figure("refresh tokens: reuse detected", std::to_string(reused_));
    outcome_.figure("refresh tokens: thieves who were first", std::to_string(thief_first_));
    outcome_.figure("refresh tokens: signed in", std::to_string(signed_in_));
    outcome_.rate("refresh tokens: purged, beside all that", purged_, purging);
    outcome_.figure("refresh tokens: transactions rolled back by a deadlock",
                    std::to_string(lost_));
    account_for_everything();
  }

 private:
  template <class Work>
  void guarded(const Work& work) {
    try {
      work();
    } catch (const std::exception& error) {
      outcome_.complain(error.what());
    }
  }

  static std::string hash(const std::string& token) {
    return fmt::format("UNHEX(SHA2('{}', 256))", token);
  }

  std::string new_token() { return fmt::format("token {}", ++tokens_); }

  /// A new family for the device, which is in use by the caller.
  void sign_in(RawConnection& connection, Device& device) {
    const std::string token = new_token();
    const auto family = ++signed_in_;
    sign_in_
        .with(fmt::format("@token_hash = {}, @family = UNHEX(LEFT(SHA2('family {}', 256), 32)), "
                          "@user = {}, @client = 'web'",
                          hash(token), family, family % 500))
        .run(connection);
    const std::lock_guard lock(device.mutex);
    device.current = token;
    device.old.clear();
  }

  /// Presents a token as a program does; `successor` is what the client gets for it.
  Answer present(RawConnection& connection, const std::string& token,
                 const std::string& successor) {
    return retried(connection, lost_, [&] {
      const std::uint64_t changed =
          present_.with(fmt::format("@token_hash = {}, @id = NULL, @family = NULL", hash(token)))
              .change(connection);
      if (changed == 1) {
        successor_.with(fmt::format("@successor_hash = {}", hash(successor))).run(connection);
        return Answer::rotated;
      }
      const auto rows = why_not_.run(connection);
      if (!rows.empty() && rows[0][0] == "1") {
        reuse_.run(connection);
        return Answer::reused;
      }
      connection.query("ROLLBACK");
      return Answer::refused;
    });
  }

  void note(Answer answer, const std::string& token) {
    if (answer == Answer::rotated) ++rotated_;
    if (answer != Answer::reused) return;
    ++reused_;
    const std::lock_guard lock(mutex_);
    came_back_.insert(token);
  }

  void present_many(unsigned number) {
    RawConnection connection(schema_.connection());
    Block(runbook, "session").run(connection);
    std::mt19937_64 random(load_.seed * 3000 + number);
    for (std::uint64_t n = 0; n < load_.presentations / load_.clients; ++n) {
      Device& device = devices_[random() % devices_.size()];
      if (random() % old_token_comes_back == 0) {
        steal_old(connection, device, random());
      } else if (random() % newest_token_is_stolen == 0) {
        steal_newest(connection, device);
      } else {
        refresh(connection, device);
      }
    }
  }

  void refresh(RawConnection& connection, Device& device) {
    const std::lock_guard in_use(device.in_use);
    std::string token;
    {
      const std::lock_guard lock(device.mutex);
      token = device.current;
    }
    const std::string successor = new_token();
    const Answer answer = present(connection, token, successor);
    note(answer, token);
    if (answer == Answer::rotated) {
      const std::lock_guard lock(device.mutex);
      device.old.push_back(std::exchange(device.current, successor));
      return;
    }
    // Somebody else had it, or the family is revoked.
    sign_in(connection, device);
  }

  void steal_old(RawConnection& connection, Device& device, std::uint64_t which) {
    std::string token;
    {
      const std::lock_guard lock(device.mutex);
      if (device.old.empty()) return;
      token = device.old[which % device.old.size()];
    }
    const Answer answer = present(connection, token, new_token());
    note(answer, token);
    if (answer != Answer::reused)
      outcome_.complain("a token that was rotated was not refused as reused");
  }

  /// Beside the client, who may be presenting it this moment.
  void steal_newest(RawConnection& connection, Device& device) {
    std::string token;
    {
      const std::lock_guard lock(device.mutex);
      token = device.current;
    }
    const Answer answer = present(connection, token, new_token());
    note(answer, token);
    if (answer == Answer::rotated) ++thief_first_;
  }

  void purge() {
    RawConnection connection(schema_.connection());
    Block(runbook, "session").run(connection);
    const Block block(runbook, "purge");
    while (const std::uint64_t rows =
               retried(connection, lost_, [&] { return block.change(connection); }))
      purged_ += rows;
  }

  void account_for_everything() {
    const auto expect = [this](const std::string& what, const std::string& select,
                               std::uint64_t expected) {
      outcome_.expect_same(what, std::stoull(admin_.value(select)), expected);
    };
    expect("tokens", "SELECT COUNT(*) FROM refresh_tokens", signed_in_ + rotated_);
    expect("tokens that were purged", fmt::format("SELECT {}", purged_.load()), load_.expired);
    expect("expired tokens",
           "SELECT COUNT(*) FROM refresh_tokens WHERE expires_at < UTC_TIMESTAMP(6)", 0);
    expect("rotated tokens", "SELECT COUNT(*) FROM refresh_tokens WHERE rotated_at IS NOT NULL",
           rotated_);
    expect("tokens with two successors",
           "SELECT COUNT(*) FROM (SELECT parent_id FROM refresh_tokens WHERE parent_id IS NOT NULL "
           "GROUP BY parent_id HAVING COUNT(*) > 1) AS twice",
           0);
    expect(
        "successors of a token that was never rotated",
        "SELECT COUNT(*) FROM refresh_tokens AS child JOIN refresh_tokens AS parent ON parent.id "
        "= child.parent_id WHERE parent.rotated_at IS NULL OR parent.family_id <> "
        "child.family_id",
        0);
    expect("tokens marked as reused",
           "SELECT COUNT(*) FROM refresh_tokens WHERE reused_at IS NOT NULL", came_back_.size());
    expect("usable tokens in a family of which one came back",
           "SELECT COUNT(*) FROM refresh_tokens WHERE revoked_at IS NULL AND family_id IN (SELECT "
           "family_id FROM (SELECT family_id FROM refresh_tokens WHERE reused_at IS NOT NULL) AS "
           "reused)",
           0);
    expect("revoked tokens in a family of which none came back",
           "SELECT COUNT(*) FROM refresh_tokens WHERE revoked_at IS NOT NULL AND family_id NOT IN "
           "(SELECT family_id FROM (SELECT family_id FROM refresh_tokens WHERE reused_at IS NOT "
           "NULL) AS reused)",
           0);
  }

  testing::ScratchSchema schema_;
  RawConnection admin_{schema_.connection()};
  TokenLoad load_;
  Outcome& outcome_;
  const Block sign_in_{runbook, "sign in"};
  const Block present_{runbook, "present"};
  const Block successor_{runbook, "successor"};
  const Block why_not_{runbook, "why not"};
  const Block reuse_{runbook, "reuse"};
  std::vector<Device> devices_;
  std::mutex mutex_;
  std::set<std::string> came_back_;  ///< tokens
  std::atomic<std::uint64_t> tokens_{0};
  std::atomic<std::uint64_t> signed_in_{0};
  std::atomic<std::uint64_t> rotated_{0};
  std::atomic<std::uint64_t> reused_{0};
  std::atomic<std::uint64_t> thief_first_{0};
  std::atomic<std::uint64_t> purged_{0};
  std::atomic<std::uint64_t> lost_{0};
};

}  // namespace

void drive_tokens(testing::RealServer& server, const TokenLoad& load, Outcome& outcome) {
  Load(server, load, outcome).run();
}

}  // namespace migrate::load
