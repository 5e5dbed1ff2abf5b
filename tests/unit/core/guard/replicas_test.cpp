#include "core/guard/replicas.h"

#include <gtest/gtest.h>

namespace migrate::core::guard {
namespace {

using std::chrono::seconds;
using Outcome = Verdict::Outcome;

Following following(std::optional<seconds> lag) {
  return {.source = "db1:3306", .receives = true, .applies = true, .lag = lag};
}

Replica replica(std::vector<Following> follows) {
  return {.address = {"db2", 3306}, .follows = std::move(follows), .why_unseen = {}};
}

/// Of a server with nothing around it.
ReplicaFacts alone() {
  ReplicaFacts facts;
  facts.followers = 0;
  return facts;
}

Verdict asked(const ReplicaFacts& facts, const ReplicasPolicy& policy = {}) {
  return replicas_verdict(facts, policy, nullptr);
}

ReplicasPolicy names_db2() {
  ReplicasPolicy policy;
  policy.hosts = {{"db2", 3306}};
  return policy;
}

TEST(ReplicasGuard, LetsPassWhereNothingIsAround) {
  EXPECT_EQ(asked(alone()).outcome, Outcome::passed);
}

TEST(ReplicasGuard, RefusesAServerThatTakesNoWrites) {
  ReplicaFacts facts = alone();
  facts.read_only = true;
  EXPECT_EQ(asked(facts).outcome, Outcome::refused);
  EXPECT_EQ(asked(facts).saw, "the server is read-only (read_only is on)");
}

TEST(ReplicasGuard, RefusesAReplicaUnlessItIsMeant) {
  ReplicaFacts facts = alone();
  facts.follows = {following(seconds(0))};
  EXPECT_EQ(asked(facts).outcome, Outcome::refused);
  EXPECT_EQ(asked(facts).saw, "the server is a replica of db1:3306");
  EXPECT_EQ(asked(facts).way_out,
            "run on its source, or say that this is meant: replicas: {replica: allow}");
  ReplicasPolicy policy;
  policy.on_replica = OnReplica::allow;
  EXPECT_EQ(asked(facts, policy).outcome, Outcome::passed);
  facts.follows = {following(seconds(11))};
  EXPECT_EQ(asked(facts, policy).saw,
            "the server is a replica of db1:3306, 11 s behind it, and may be 10 s");
  EXPECT_EQ(asked(facts, policy).outcome, Outcome::refused);
  facts.follows.front().applies = false;
  EXPECT_EQ(asked(facts, policy).outcome, Outcome::warned);
}

TEST(ReplicasGuard, RefusesWhereAReplicaLags) {
  ReplicaFacts facts = alone();
  facts.replicas = {replica({following(seconds(10))})};
  EXPECT_EQ(asked(facts, names_db2()).outcome, Outcome::passed);
  EXPECT_EQ(asked(facts, names_db2()).saw, "replica db2:3306 is 10 s behind");
  facts.replicas = {replica({following(seconds(11))})};
  EXPECT_EQ(asked(facts, names_db2()).outcome, Outcome::refused);
  EXPECT_EQ(asked(facts, names_db2()).saw, "replica db2:3306 is 11 s behind, and may be 10 s");
}

TEST(ReplicasGuard, RefusesWhereNobodyKnowsHowFarAReplicaIsBehind) {
  const auto saw = [](Replica one) {
    ReplicaFacts facts = alone();
    facts.replicas = {std::move(one)};
    const Verdict verdict = asked(facts, names_db2());
    EXPECT_EQ(verdict.outcome, Outcome::refused);
    EXPECT_NE(verdict.way_out, "");
    return verdict.saw;
  };
  EXPECT_EQ(saw(replica({following(std::nullopt)})),
            "replica db2:3306 does not say how far behind it is");
  Following stopped = following(seconds(0));
  stopped.applies = false;
  EXPECT_EQ(saw(replica({stopped})), "replica db2:3306 does not apply what it receives");
  Following deaf = following(seconds(0));
  deaf.receives = false;
  EXPECT_EQ(saw(replica({following(seconds(0)), deaf})), "replica db2:3306 receives nothing");
  EXPECT_EQ(saw(replica({})), "replica db2:3306 follows no server");
  Replica gone = replica({});
  gone.why_unseen = "cannot connect";
  EXPECT_EQ(saw(gone), "how far replica db2:3306 is behind cannot be seen: cannot connect");
}

TEST(ReplicasGuard, WarnsOfReplicasThatNobodyAsks) {
  ReplicaFacts facts = alone();
  facts.followers = 2;
  facts.replicas = {replica({following(seconds(0))})};
  EXPECT_EQ(asked(facts, names_db2()).outcome, Outcome::warned);
  facts.followers = 1;
  EXPECT_EQ(asked(facts, names_db2()).outcome, Outcome::passed);
}

TEST(ReplicasGuard, WantsAllMembersOnline) {
  ReplicaFacts facts = alone();
  facts.members = {{"db1:3306", "ONLINE"}, {"db2:3306", "ONLINE"}};
  EXPECT_EQ(asked(facts).outcome, Outcome::passed);
  facts.members.back().state = "RECOVERING";
  EXPECT_EQ(asked(facts).saw, "group member db2:3306 is RECOVERING");
  EXPECT_EQ(asked(facts).outcome, Outcome::refused);
}

TEST(ReplicasGuard, WantsAGaleraNodeThatIsSynced) {
  ReplicaFacts facts = alone();
  facts.galera = GaleraNode{.cluster_status = "Primary", .ready = "ON", .state = "Synced"};
  EXPECT_EQ(asked(facts).outcome, Outcome::passed);
  facts.galera->state = "Donor/Desynced";
  EXPECT_EQ(asked(facts).outcome, Outcome::refused);
  facts.galera = GaleraNode{.cluster_status = "non-Primary", .ready = "ON", .state = "Synced"};
  EXPECT_EQ(asked(facts).outcome, Outcome::refused);
  facts.galera = GaleraNode{.cluster_status = "Primary", .ready = "OFF", .state = "Synced"};
  EXPECT_EQ(asked(facts).outcome, Outcome::refused);
}

TEST(ReplicasGuard, RefusesWhileATransactionIsOpenForLong) {
  ReplicaFacts facts = alone();
  facts.transactions = {{.connection_id = 42, .user = "app", .host = "web", .age_s = 60}};
  EXPECT_EQ(asked(facts).outcome, Outcome::passed);
  facts.transactions.front().age_s = 61;
  facts.transactions.front().idle = true;
  const Verdict verdict = asked(facts);
  EXPECT_EQ(verdict.outcome, Outcome::refused);
  EXPECT_EQ(verdict.saw,
            "a transaction is open for longer than 60 s: connection 42 (app@web), for 61 s, idle "
            "in a transaction");
  EXPECT_EQ(verdict.way_out, "wait for its end, or end it: KILL 42");
  facts.transactions.front().kind = Blocker::Kind::replication;
  EXPECT_EQ(asked(facts).way_out, "wait for its end");
}

TEST(ReplicasGuard, WantsRoomForACopy) {
  ReplicaFacts facts = alone();
  const Copy copy{.where = "2.up.sql:1", .table = "teas", .bytes = 2048};
  EXPECT_EQ(replicas_verdict(facts, {}, &copy).outcome, Outcome::passed);
  EXPECT_EQ(replicas_verdict(facts, {}, &copy).saw,
            "2.up.sql:1 may write teas anew, 2.0 KiB, and how much is free on the server's disk is "
            "not known");
  facts.disk = Disk{.folder = "/data", .free = 2048};
  EXPECT_EQ(replicas_verdict(facts, {}, &copy).outcome, Outcome::passed);
  facts.disk->free = 1024;
  EXPECT_EQ(replicas_verdict(facts, {}, &copy).outcome, Outcome::refused);
  EXPECT_EQ(replicas_verdict(facts, {}, &copy).saw,
            "2.up.sql:1 may write teas anew, 2.0 KiB, and /data has 1.0 KiB free");
  EXPECT_EQ(replicas_verdict(facts, {}, nullptr).outcome, Outcome::passed);
}

TEST(ReplicasGuard, NeverTakesForGoodWhatItCannotSee) {
  ReplicaFacts facts = alone();
  facts.unseen = {{"transactions of others", "Access denied"}};
  EXPECT_EQ(asked(facts).outcome, Outcome::warned);
  EXPECT_EQ(asked(facts).saw, "transactions of others cannot be seen: Access denied");
  // It is told beside what refuses, too.
  facts.read_only = true;
  EXPECT_EQ(asked(facts).saw,
            "the server is read-only (read_only is on); transactions of others cannot be seen: "
            "Access denied");
}

TEST(HostPort, IsReadAsItIsWritten) {
  EXPECT_EQ(parse_host_port("db2:3307"), (HostPort{"db2", 3307}));
  EXPECT_EQ(parse_host_port("10.0.0.7"), (HostPort{"10.0.0.7", 3306}));
  EXPECT_EQ(parse_host_port("[::1]:3307"), (HostPort{"::1", 3307}));
  EXPECT_EQ(parse_host_port("[::1]"), (HostPort{"::1", 3306}));
  EXPECT_EQ(shown(HostPort{"::1", 3307}), "[::1]:3307");
  for (const char* bad : {"", ":3306", "db2:", "db2:0", "db2:70000", "db2:1x", "::1", "[::1",
                          "[::1]3306", "user@db2:3306", "mysql://db2"})
    EXPECT_FALSE(parse_host_port(bad)) << bad;
}

}  // namespace
}  // namespace migrate::core::guard
