#include "session.h"

#include <iostream>
#include <stdexcept>

#include <fmt/format.h>

#include "failure_report.h"

namespace migrate::torture {
namespace {

using std::chrono::steady_clock;

constexpr std::uint64_t iterations_of_a_workload = 6;
constexpr std::chrono::seconds between_lines{5};

}  // namespace

void Session::take_up(std::uint64_t workload) {
  if (workload_ == workload) return;
  workload_ = workload;
  steps_ = make_workload(options_.seed, workload, ground_.family());
  ground_.use(steps_);
  reference_ = make_reference(ground_);
}

bool Session::at_its_end() const {
  const std::chrono::duration<double> spent = steady_clock::now() - start_;
  return spent.count() > options_.minutes * 60 ||
         (options_.kills && tally_.kills() >= *options_.kills) ||
         (options_.after_failure == AfterFailure::stop && tally_.failures() > 0);
}

void Session::tell_progress() {
  if (steady_clock::now() - told_ < between_lines) return;
  told_ = steady_clock::now();
  const auto spent = std::chrono::duration_cast<std::chrono::seconds>(told_ - start_);
  std::cerr << fmt::format("{:4} s  {}\n", spent.count(), tally_.progress());
}

void Session::run() {
  for (std::uint64_t next = 0; !at_its_end(); ++next) {
    const std::uint64_t iteration = options_.iteration.value_or(next);
    take_up(iteration / iterations_of_a_workload);
    const Outcome outcome = run_iteration(ground_, killer_, reference_,
                                          plan_kills(options_.seed, iteration, steps_.size));
    tally_.count(outcome);
    if (outcome.verdict != Verdict::good) {
      std::cerr << keep_failure(ground_, options_, iteration, reference_, outcome);
    }
    tell_progress();
  }
}

void Session::rehearse() {
  for (std::uint64_t workload = 0; workload < options_.rehearsed; ++workload) {
    take_up(workload);
    const auto told = difference(reference_.snapshot, make_reference(ground_).snapshot);
    if (told) {
      throw std::runtime_error(
          fmt::format("workload {} left something else the second time: {}", workload, *told));
    }
    std::cerr << fmt::format("workload {}: {} steps, {} ms, the same twice\n", workload,
                             steps_.steps.size(), reference_.expectation.statements.count());
  }
}

}  // namespace migrate::torture
