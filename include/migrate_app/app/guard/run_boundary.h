#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/unit.h"

namespace migrate::app {

/// Asked in front of each unit of a run that a guard let start. It observes, and asks no server.
class RunBoundary {
 public:
  virtual ~RunBoundary() = default;

  /// Of the guard whose it is, as --override has it.
  virtual std::string_view guard() const = 0;

  struct InTheWay {
    std::string reason;
    std::string way_out;
  };
  /// Why these statements must not begin now; nothing: they may.
  virtual std::optional<InTheWay> in_front_of(
      const std::vector<core::NumberedStatement>& statements) = 0;
};

/// Those of a run; without any, nothing is ever in the way.
class RunBoundaries {
 public:
  RunBoundaries() = default;
  explicit RunBoundaries(std::vector<std::unique_ptr<RunBoundary>> all) : all_(std::move(all)) {}

  std::optional<RunBoundary::InTheWay> in_front_of(
      const std::vector<core::NumberedStatement>& statements) const {
    for (const auto& one : all_) {
      if (auto found = one->in_front_of(statements)) return found;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::unique_ptr<RunBoundary>> all_;
};

}  // namespace migrate::app
