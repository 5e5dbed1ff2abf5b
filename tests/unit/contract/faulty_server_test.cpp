// A packet that goes on when its client is dead.
#include "support/faulty_server.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "support/fake_server.h"

namespace migrate::testing {
namespace {

class Orphan : public ::testing::Test {
 protected:
  /// Dies in a packet that makes the tables t and u, with an open transaction and a lock.
  void die() {
    faults_.die_during_packet(2);
    auto session = faults_.connect();
    id_ = session->info().connection_id;
    session->lock("work", std::chrono::seconds(0));
    session->run({core::Statement{.text = "CREATE TABLE s (id INT)"}}, ignore);
    session->run({core::BeginTransaction{}, core::CommitTransaction{}}, ignore);
    EXPECT_THROW(
        session->run({core::BeginTransaction{}, core::Statement{.text = "INSERT INTO s VALUES (1)"},
                      core::Statement{.text = "CREATE TABLE t (id INT)"},
                      core::Statement{.text = "CREATE TABLE u (id INT)"}},
                     ignore),
        Killed);
  }

  static void ignore(const core::ItemResult&) {}
  bool next_gets_the_lock() { return next_->lock("work", std::chrono::seconds(1)); }

  FakeServer server_;
  FaultyServer faults_{server_};
  std::unique_ptr<port::Session> next_ = faults_.connect();
  std::uint64_t id_ = 0;
};

TEST_F(Orphan, HoldsItsLocksUntilItEnds) {
  die();
  EXPECT_EQ(faults_.orphan(), id_);
  EXPECT_FALSE(next_gets_the_lock());
  EXPECT_TRUE(server_.tables().at("s").rows.empty());
  server_.on_lock_wait([&] { faults_.orphan_ends(); });
  EXPECT_TRUE(next_gets_the_lock());
  EXPECT_EQ(server_.tables().at("s").rows.size(), 1U);
  EXPECT_TRUE(server_.tables().contains("u"));
  EXPECT_FALSE(faults_.orphan());
  EXPECT_FALSE(next_->activity(id_));
}

TEST_F(Orphan, IsSeenAtItsNextStatement) {
  die();
  const auto statement = [&] { return next_->activity(id_).value_or(core::Activity{}).statement; };
  EXPECT_FALSE(next_->activity(id_)->idle);
  EXPECT_EQ(statement(), "INSERT INTO s VALUES (1)");
  faults_.orphan_runs(3);
  EXPECT_EQ(statement(), "CREATE TABLE u (id INT)");
  EXPECT_TRUE(server_.tables().contains("t"));
  EXPECT_FALSE(server_.tables().contains("u"));
}

TEST_F(Orphan, RunsNoMoreWhenItIsKilled) {
  die();
  faults_.orphan_runs(2);
  next_->kill_connection(id_);
  EXPECT_FALSE(faults_.orphan());
  faults_.orphan_ends();
  EXPECT_TRUE(next_gets_the_lock());
  EXPECT_TRUE(server_.tables().at("s").rows.empty()) << "its transaction is rolled back";
  EXPECT_FALSE(server_.tables().contains("t"));
}

}  // namespace
}  // namespace migrate::testing
