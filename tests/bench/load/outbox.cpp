#include "outbox.h"

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "block.h"
#include "broker.h"
#include "retry.h"
#include "support/raw_connection.h"
#include "support/shipped_sql.h"

namespace migrate::load {
namespace {

using testing::RawConnection;
using testing::Row;

constexpr const char* for_operators = "operating-the-outbox.md";
constexpr const char* for_developers = "outbox-for-developers.md";
// One in so many.
constexpr unsigned rolled_back = 20;
constexpr unsigned refused_at_first = 50;
constexpr unsigned always_refused = 500;
constexpr unsigned worker_dies = 400;
constexpr unsigned worker_is_late = 400;
// A poison message waits 2 and 4 s between its attempts, and its aggregate with it.
constexpr unsigned attempts_of_poison = 3;
constexpr unsigned attempts_of_others = 12;
constexpr std::chrono::milliseconds between_polls{5};

class Load {
 public:
  Load(testing::RealServer& server, const OutboxLoad& load, Outcome& outcome)
      : schema_(server), load_(load), outcome_(outcome), broker_(outcome) {
    for (const auto& statement :
         testing::plain_statements(testing::repository_file("ddl/outbox.sql")))
      admin_.query(statement);
    admin_.query(
        "CREATE TABLE load_aggregate (id INT UNSIGNED PRIMARY KEY, version BIGINT UNSIGNED "
        "NOT NULL DEFAULT 0) ENGINE = InnoDB");
    for (unsigned id = 0; id < load_.aggregates; ++id)
      admin_.query(fmt::format("INSERT INTO load_aggregate (id) VALUES ({})", id));
  }

  void run() {
    using Clock = std::chrono::steady_clock;
    const auto started = Clock::now();
    std::vector<std::jthread> workers = start(load_.workers, &Load::work);
    std::vector<std::jthread> others = start(1, &Load::give_up);
    { const std::vector<std::jthread> writers = start(load_.writers, &Load::write); }
    const auto written = Clock::now();
    all_written_ = true;
    workers.clear();
    const auto delivered = Clock::now();
    others.clear();

    outcome_.rate("outbox: written", committed_.size(), written - started);
    outcome_.rate("outbox: delivered, retries and back-offs included", broker_.accepted().size(),
                  delivered - started);
    outcome_.figure("outbox: 50 and 99 of 100 delivered within", latencies());
    outcome_.figure("outbox: refused, then tried again", std::to_string(broker_.refusals()));
    outcome_.figure("outbox: leases of dead and late workers", std::to_string(died_ + late_));
    outcome_.figure("outbox: delivered twice, for want of a word",
                    std::to_string(broker_.repeats()));
    outcome_.figure("outbox: transactions rolled back by a deadlock", std::to_string(lost_));
    account_for_everything();
    requeue_dead_letters();
  }

 private:
  std::vector<std::jthread> start(unsigned count, void (Load::*does)(unsigned)) {
    std::vector<std::jthread> threads;
    for (unsigned number = 0; number < count; ++number) {
      threads.emplace_back([this, does, number] {
        try {
          (this->*does)(number);
        } catch (const std::exception& error) {
          outcome_.complain(error.what());
          failed_ = true;
        }
      });
    }
    return threads;
  }

  RawConnection connect() const {
    RawConnection connection(schema_.connection());
    Block(for_developers, "session").run(connection);
    return connection;
  }

  /// What a producer does: the aggregate is locked while its version is taken.
  void write(unsigned number) {
    RawConnection connection = connect();
    std::mt19937_64 random(load_.seed * 1000 + number);
    const std::uint64_t mine = load_.messages / load_.writers;
    for (std::uint64_t n = 0; n < mine && !failed_; ++n) {
      const auto aggregate = random() % load_.aggregates;
      const auto draw = random();
      const char* type = draw % always_refused == 0     ? poison
                         : draw % refused_at_first == 0 ? refused_once
                                                        : fine;
      const std::string trace_id = fmt::format("writer-{}-{}", number, n);
      const bool takes_back = random() % rolled_back == 0;
      retried(connection, lost_, [&] {
        connection.query("START TRANSACTION");
        connection.query(fmt::format(
            "UPDATE load_aggregate SET version = version + 1 WHERE id = {}", aggregate));
        connection.query(fmt::format(
            "INSERT INTO outbox (aggregate_type, aggregate_id, aggregate_sequence, message_type, "
            "payload, max_attempts, trace_id) SELECT 'order', id, version, '{}', "
            "'{{\"number\": 1}}', {}, '{}' FROM load_aggregate WHERE id = {}",
            type, type == poison ? attempts_of_poison : attempts_of_others, trace_id, aggregate));
        connection.query(takes_back ? "ROLLBACK" : "COMMIT");
      });
      if (takes_back) continue;
      const std::lock_guard lock(mutex_);
      committed_.emplace(trace_id, type);
    }
  }

  /// A worker, until all is delivered or given up. When it dies another takes its place.
  void work(unsigned number) {
    const Block claim(for_developers, "claim in order");
    const Block delivered(for_developers, "delivered");
    const Block refused(for_developers, "failed");
    std::mt19937_64 random(load_.seed * 2000 + number);
    for (unsigned life = 0; !failed_; ++life) {
      const std::string name = fmt::format("host-{}:{}", number, life);
      RawConnection connection = connect();
      const Block named =
          claim.with(fmt::format("@worker = '{}', @id = NULL, @attempt = NULL", name));
      for (;;) {
        if (failed_) return;
        const auto rows = retried(connection, lost_, [&] { return named.run(connection); });
        if (rows.empty()) {
          if (all_done()) return;
          std::this_thread::sleep_for(between_polls);
          continue;
        }
        ++claims_;
        const Message message = message_of(rows.front());
        if (random() % worker_dies == 0) {
          // Before or behind the sending: nobody can tell.
          if (random() % 2 == 0 && broker_.send(message) == Broker::Answer::accepted) ++unsaid_;
          ++died_;
          free_leases(name);
          break;
        }
        const bool accepted = broker_.send(message) == Broker::Answer::accepted;
        const bool late = random() % worker_is_late == 0;
        if (late) free_leases(name);
        const std::uint64_t changed = retried(connection, lost_, [&] {
          return accepted ? delivered.change(connection) : refused.change(connection);
        });
        outcome_.expect_same(
            late ? "rows that a late worker changed" : "rows that a worker changed", changed,
            late ? 0U : 1U);
        if (late) ++late_;
        if (late && accepted) ++unsaid_;
      }
    }
  }

  static Message message_of(const Row& row) {
    return {.aggregate = row.at(2).value(),
            .sequence = std::stoull(row.at(3).value()),
            .type = row.at(4).value(),
            .trace_id = row.at(7).value()};
  }

  /// What the operator does who is sure that the worker is gone.
  void free_leases(const std::string& worker) {
    RawConnection connection = connect();
    const Block block = Block(for_operators, "free a worker's leases")
                            .with(fmt::format("@dead_worker = '{}'", worker));
    retried(connection, lost_, [&] { return block.change(connection); });
  }

  void give_up(unsigned) {
    const Block block(for_developers, "give up");
    RawConnection connection = connect();
    while (!failed_) {
      retried(connection, lost_, [&] { return block.run(connection); });
      if (!connection.value("SELECT @id").empty()) continue;
      if (all_written_ &&
          connection.value("SELECT COUNT(*) FROM outbox WHERE delivered_at IS NULL") == "0")
        return;
      std::this_thread::sleep_for(between_polls);
    }
  }

  bool all_done() {
    if (!all_written_) return false;
    RawConnection connection = connect();
    return connection.value("SELECT COUNT(*) FROM outbox WHERE delivered_at IS NULL") == "0";
  }

  std::string latencies() {
    std::vector<double> seconds;
    for (const Row& row : admin_.query(
             "SELECT TIMESTAMPDIFF(MICROSECOND, created_at, delivered_at) / 1000000 FROM outbox "
             "WHERE delivered_at IS NOT NULL AND attempts = 1 ORDER BY 1"))
      seconds.push_back(std::stod(row.at(0).value()));
    if (seconds.empty()) return "-";
    return fmt::format("{:.2f} s, {:.2f} s", seconds[seconds.size() / 2],
                       seconds[seconds.size() * 99 / 100]);
  }

  void account_for_everything() {
    std::set<std::string> poisoned;
    std::set<std::string> others;
    for (const auto& [trace_id, type] : committed_)
      (type == std::string(poison) ? poisoned : others).insert(trace_id);
    outcome_.figure("outbox: dead letters", std::to_string(poisoned.size()));
    compare("accepted by the broker", broker_.accepted(), others);
    compare("delivered in outbox",
            traces("SELECT trace_id FROM outbox WHERE delivered_at IS NOT NULL"), others);
    compare("dead letters",
            traces(fmt::format("SELECT trace_id FROM outbox_dead_letter WHERE attempts = {} AND "
                               "max_attempts = {} AND final_error_code = 'broker_timeout'",
                               attempts_of_poison, attempts_of_poison)),
            poisoned);
    outcome_.expect_same("messages in both places",
                         Block(for_operators, "in one place only").run(admin_).at(0).at(0).value(),
                         "0");
    outcome_.expect_same("repeats", broker_.repeats(), unsaid_.load());
    outcome_.expect_same("attempts that the tables count",
                         std::stoull(admin_.value("SELECT (SELECT COALESCE(SUM(attempts), 0) FROM "
                                                  "outbox) + (SELECT COALESCE(SUM(attempts), 0) "
                                                  "FROM outbox_dead_letter)")),
                         claims_.load());
  }

  std::set<std::string> traces(const std::string& select) {
    std::set<std::string> found;
    for (const Row& row : admin_.query(select)) found.insert(row.at(0).value());
    return found;
  }

  void compare(const std::string& what, const std::set<std::string>& found,
               const std::set<std::string>& expected) {
    for (const std::string& trace_id : expected) {
      if (!found.contains(trace_id))
        outcome_.complain(fmt::format("{}: {} is missing", what, trace_id));
    }
    for (const std::string& trace_id : found) {
      if (!expected.contains(trace_id))
        outcome_.complain(fmt::format("{}: {} must not be there", what, trace_id));
    }
  }

  /// The cause is mended; whatever was given up comes back and is delivered.
  void requeue_dead_letters() {
    broker_.heal();
    const Block requeue =
        Block(for_operators, "requeue by error").with("@error_code = 'broker_timeout'");
    while (admin_.value("SELECT COUNT(*) FROM outbox_dead_letter") != "0" && !failed_)
      requeue.run(admin_);
    start(load_.workers, &Load::work).clear();
    std::set<std::string> all;
    for (const auto& [trace_id, type] : committed_) all.insert(trace_id);
    compare("accepted by the broker in the end", broker_.accepted(), all);
    compare("delivered in outbox in the end",
            traces("SELECT trace_id FROM outbox WHERE delivered_at IS NOT NULL"), all);
  }

  testing::ScratchSchema schema_;
  RawConnection admin_{schema_.connection()};
  OutboxLoad load_;
  Outcome& outcome_;
  Broker broker_;
  std::mutex mutex_;
  std::map<std::string, std::string> committed_;  ///< trace id to type
  std::atomic<bool> all_written_{false};
  std::atomic<bool> failed_{false};
  std::atomic<std::uint64_t> claims_{0};
  std::atomic<std::uint64_t> died_{0};
  std::atomic<std::uint64_t> late_{0};
  std::atomic<std::uint64_t> unsaid_{0};  ///< accepted by the broker, not marked as delivered
  std::atomic<std::uint64_t> lost_{0};
};

}  // namespace

void drive_outbox(testing::RealServer& server, const OutboxLoad& load, Outcome& outcome) {
  Load(server, load, outcome).run();
}

}  // namespace migrate::load
