#pragma once

#include "ground.h"
#include "options.h"
#include "tally.h"

namespace migrate::torture {

/// Iteration after iteration until time, kills or patience are at an end. Tells its progress and
/// every failure on stderr.
class Session {
 public:
  Session(Ground& ground, const Options& options) : ground_(ground), options_(options) {}

  /// Throws Interrupted, and std::runtime_error when the workload does not run at all.
  void run();
  /// Nothing is killed: throws std::runtime_error when one of the first workloads does not run, or
  /// leaves something else the second time.
  void rehearse();
  const Tally& tally() const { return tally_; }

 private:
  void take_up(std::uint64_t workload);
  bool at_its_end() const;
  void tell_progress();

  Ground& ground_;
  const Options& options_;
  Killer killer_{ground_};
  Tally tally_;
  std::optional<std::uint64_t> workload_;
  Workload steps_;
  Reference reference_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point told_ = start_;
};

}  // namespace migrate::torture
