#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/check/check.h"
#include "core/packet.h"

namespace migrate::core::check {

/// What the server said to the query of a check.
struct Answer {
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
  std::optional<std::string> value;  ///< first column of the first row; nothing: NULL, or no row
  std::optional<ServerError> error;  ///< then nothing else counts; also when it took too long
  std::uint64_t duration_us = 0;
};

enum class Verdict {
  holds,
  fails,     ///< the answer is another one
  unknown,   ///< there is no answer that could be compared; counts as a failure
  left_out,  ///< there was nothing to ask: a table is not there
};

/// What became of a check.
struct Result {
  Check check;
  Verdict verdict = Verdict::holds;
  std::optional<double> value;  ///< what was compared
  /// "5"; where the verdict is `unknown` or `left_out`, why.
  std::string seen;
  std::uint64_t duration_us = 0;

  bool is_bad() const { return verdict == Verdict::fails || verdict == Verdict::unknown; }
  /// "outbox-dead-letters: 5, expected <= 3"
  std::string words() const;
};

/// The verdict that follows from an answer.
Result judge(const Check& check, const Answer& answer);
/// The table `missing`, which it needs, is not there.
Result left_out(const Check& check, const std::string& missing);
/// It could not be asked at all.
Result unasked(const Check& check, const std::string& why);

/// All checks of one look, in order.
struct Look {
  std::string
      at;  ///< the server's time in UTC, as "YYYY-MM-DD HH:MM:SS"; empty: it did not come to that
  std::vector<Result> results;

  /// That do not hold.
  std::size_t count(Severity severity) const;
  bool has_at_least(Severity severity) const;
  std::size_t count(Verdict verdict) const;
  const Result* find(const std::string& name) const;
};

}  // namespace migrate::core::check
