#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "iteration.h"

namespace migrate::torture {

/// What happened so far.
class Tally {
 public:
  void count(const Outcome& outcome);

  std::uint64_t kills() const;
  /// Questions, differences and wrong endings.
  std::uint64_t failures() const;

  /// One line.
  std::string progress() const;
  /// Several lines, for the end.
  std::string summary() const;

 private:
  std::uint64_t iterations_ = 0;
  std::uint64_t runs_ = 0;
  std::map<KillKind, std::uint64_t> kills_;
  std::uint64_t with_a_statement_ = 0;
  std::uint64_t with_an_intent_ = 0;
  std::map<std::string, std::uint64_t> statements_;  ///< by their first two words
  std::map<Verdict, std::uint64_t> verdicts_;
};

}  // namespace migrate::torture
