#include "core/guard/replicas.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/backup/manifest.h"
#include "core/guard/name.h"

namespace migrate::core::guard {
namespace {

using std::chrono::seconds;

/// Takes down what is found, against a run, worth reading or in order.
class Findings {
 public:
  void refuse(std::string saw, std::string way_out) {
    against_.push_back(std::move(saw));
    if (std::ranges::find(ways_out_, way_out) == ways_out_.end())
      ways_out_.push_back(std::move(way_out));
  }
  void note(std::string saw) { notes_.push_back(std::move(saw)); }
  void good(std::string saw) { good_.push_back(std::move(saw)); }

  Verdict verdict() const {
    Verdict verdict{.guard = std::string(name_of(Name::replicas))};
    std::vector<std::string> saw = against_;
    saw.insert(saw.end(), notes_.begin(), notes_.end());
    if (!against_.empty()) {
      verdict.outcome = Verdict::Outcome::refused;
      verdict.way_out = fmt::format("{}", fmt::join(ways_out_, "; "));
    } else {
      if (!notes_.empty()) verdict.outcome = Verdict::Outcome::warned;
      saw.insert(saw.end(), good_.begin(), good_.end());
    }
    verdict.saw = fmt::format("{}", fmt::join(saw, "; "));
    return verdict;
  }

 private:
  std::vector<std::string> against_;
  std::vector<std::string> ways_out_;
  std::vector<std::string> notes_;
  std::vector<std::string> good_;
};

/// Why nobody knows how far behind it is; empty: somebody does.
std::string stands_still(const Following& one) {
  if (!one.applies) return "does not apply what it receives";
  if (!one.receives) return "receives nothing";
  return one.lag ? "" : "does not say how far behind it is";
}

void look_at_server(const ReplicaFacts& facts, const ReplicasPolicy& policy, Findings& findings) {
  if (facts.read_only) {
    findings.refuse("the server is read-only (read_only is on)",
                    "run on the server that takes the writes: migrate config shows which this is");
  }
  for (const Following& one : facts.follows) {
    const std::string still = stands_still(one);
    const std::string which = fmt::format("the server is a replica of {}", one.source);
    if (policy.on_replica == OnReplica::refuse) {
      findings.refuse(which,
                      "run on its source, or say that this is meant: replicas: {replica: allow}");
    } else if (!still.empty()) {
      findings.note(fmt::format("{}, and {}", which, still));
    } else if (*one.lag > policy.max_lag) {
      findings.refuse(fmt::format("{}, {} s behind it, and may be {} s", which, one.lag->count(),
                                  policy.max_lag.count()),
                      "wait until it has caught up");
    } else {
      findings.good(which + ", as it may be");
    }
  }
}

void look_at_replica(const Replica& replica, const ReplicasPolicy& policy, Findings& findings) {
  const std::string name = "replica " + shown(replica.address);
  if (!replica.why_unseen.empty()) {
    findings.refuse(
        fmt::format("how far {} is behind cannot be seen: {}", name, replica.why_unseen),
        "let the account that runs ask it, or take it from replicas: hosts");
    return;
  }
  if (replica.follows.empty()) {
    findings.refuse(name + " follows no server",
                    "make it a replica again, or take it from replicas: hosts");
  }
  for (const Following& one : replica.follows) {
    const std::string still = stands_still(one);
    if (!still.empty()) {
      findings.refuse(fmt::format("{} {}", name, still),
                      "see there why, and start it again: START REPLICA");
    } else if (*one.lag > policy.max_lag) {
      findings.refuse(fmt::format("{} is {} s behind, and may be {} s", name, one.lag->count(),
                                  policy.max_lag.count()),
                      "wait until it has caught up");
    } else {
      findings.good(fmt::format("{} is {} s behind", name, one.lag->count()));
    }
  }
}

void look_at_group(const ReplicaFacts& facts, Findings& findings) {
  for (const Member& member : facts.members) {
    if (member.state == "ONLINE") continue;
    findings.refuse(fmt::format("group member {} is {}", member.address, member.state),
                    "bring it back into the group, or take it out");
  }
  if (!facts.galera) return;
  const GaleraNode& node = *facts.galera;
  const bool is_well =
      node.cluster_status == "Primary" && node.ready == "ON" && node.state == "Synced";
  if (is_well) return;
  findings.refuse(
      fmt::format("the Galera node is not ready to write: wsrep_cluster_status {}, wsrep_ready {}, "
                  "wsrep_local_state_comment {}",
                  node.cluster_status, node.ready, node.state),
      "run when it is Primary and Synced again, or on a node that is");
}

void look_at_transactions(const ReplicaFacts& facts, const ReplicasPolicy& policy,
                          Findings& findings) {
  const auto is_long = [&](const Blocker& one) {
    return std::cmp_greater(one.age_s, policy.long_transaction.count());
  };
  const auto count = std::ranges::count_if(facts.transactions, is_long);
  if (count == 0) return;
  const auto first = std::ranges::find_if(facts.transactions, is_long);
  const std::string more = count == 1 ? "" : fmt::format(", and {} more", count - 1);
  findings.refuse(fmt::format("a transaction is open for longer than {} s: {}{}",
                              policy.long_transaction.count(), words_of(*first), more),
                  first->kind == Blocker::Kind::client
                      ? fmt::format("wait for its end, or end it: KILL {}", first->connection_id)
                      : "wait for its end");
}

void look_at_disk(const ReplicaFacts& facts, const Copy* copy, Findings& findings) {
  if (copy == nullptr) return;
  const std::string needs = fmt::format("{} may write {} anew, {}", copy->where, copy->table,
                                        backup::size_text(copy->bytes));
  if (!facts.disk) {
    findings.good(needs + ", and how much is free on the server's disk is not known");
  } else if (facts.disk->free < copy->bytes) {
    findings.refuse(fmt::format("{}, and {} has {} free", needs, facts.disk->folder,
                                backup::size_text(facts.disk->free)),
                    "make room there, or write ALGORITHM=INSTANT into the statement, so that the "
                    "server refuses to copy");
  } else {
    findings.good(
        fmt::format("{} free for a copy of {}", backup::size_text(facts.disk->free), copy->table));
  }
}

/// Those that follow without anybody asking them.
void look_at_followers(const ReplicaFacts& facts, const ReplicasPolicy& policy,
                       Findings& findings) {
  if (!facts.followers || *facts.followers <= policy.hosts.size()) return;
  findings.note(fmt::format(
      "{} replica{} follow{} this server, and migrate.yaml names {} of them (replicas: hosts): how "
      "far the others are behind is not known",
      *facts.followers, *facts.followers == 1 ? "" : "s", *facts.followers == 1 ? "s" : "",
      policy.hosts.size()));
}

}  // namespace

std::optional<HostPort> parse_host_port(std::string_view text) {
  HostPort address;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    address.host = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else {
    const std::size_t colon = text.find(':');
    address.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  const bool is_name =
      !address.host.empty() && address.host.find_first_of(" \t@/'\"[") == std::string::npos;
  if (!is_name) return std::nullopt;
  if (port.empty()) return address;
  const char* const end = port.data() + port.size();
  const auto [stop, error] = std::from_chars(port.data() + 1, end, address.port);
  if (port.front() != ':' || error != std::errc() || stop != end || address.port == 0)
    return std::nullopt;
  return address;
}

std::string shown(const HostPort& address) {
  const bool has_colons = address.host.find(':') != std::string::npos;
  return has_colons ? fmt::format("[{}]:{}", address.host, address.port)
                    : fmt::format("{}:{}", address.host, address.port);
}

Verdict replicas_verdict(const ReplicaFacts& facts, const ReplicasPolicy& policy,
                         const Copy* copy) {
  Findings findings;
  look_at_server(facts, policy, findings);
  for (const Replica& replica : facts.replicas) look_at_replica(replica, policy, findings);
  look_at_group(facts, findings);
  look_at_transactions(facts, policy, findings);
  look_at_disk(facts, copy, findings);
  look_at_followers(facts, policy, findings);
  for (const Unseen& one : facts.unseen)
    findings.note(fmt::format("{} cannot be seen: {}", one.what, one.why));
  return findings.verdict();
}

}  // namespace migrate::core::guard
