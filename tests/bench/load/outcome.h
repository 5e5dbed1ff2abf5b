#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace migrate::load {

/// What a load showed: figures to read, and what must not be. Threads may complain at once.
class Outcome {
 public:
  void figure(std::string name, std::string value) {
    figures_.emplace_back(std::move(name), std::move(value));
  }
  void rate(std::string name, std::uint64_t count, std::chrono::duration<double> time) {
    figure(std::move(name), fmt::format("{:.0f} /s", static_cast<double>(count) / time.count()));
  }

  void complain(std::string problem) {
    const std::lock_guard lock(mutex_);
    constexpr std::size_t most = 10;
    if (problems_.size() < most) problems_.push_back(std::move(problem));
    ++complaints_;
  }
  /// Unless the two are the same.
  template <class Found, class Expected>
  void expect_same(const std::string& what, const Found& found, const Expected& expected) {
    if (found != expected) complain(fmt::format("{}: {} instead of {}", what, found, expected));
  }

  const std::vector<std::pair<std::string, std::string>>& figures() const { return figures_; }
  /// The first ones.
  const std::vector<std::string>& problems() const { return problems_; }
  std::uint64_t complaints() const { return complaints_; }

 private:
  std::mutex mutex_;
  std::vector<std::pair<std::string, std::string>> figures_;
  std::vector<std::string> problems_;
  std::uint64_t complaints_ = 0;
};

}  // namespace migrate::load
