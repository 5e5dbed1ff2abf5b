#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/journal_write.h"
#include "core/plan.h"

namespace migrate::core::guard {

/// What a guard says of a run: it observed, and changes nothing.
struct Verdict {
  enum class Outcome {
    passed,
    warned,     ///< worth reading; the run may start
    refused,    ///< it may not, unless somebody takes it upon them
    forbidden,  ///< it may not, and no override helps
  };
  std::string guard;  ///< its name, as migrate.yaml and --override have it
  Outcome outcome = Outcome::passed;
  std::string saw;      ///< the fact, in words
  std::string way_out;  ///< of a refusal: the next command to type, or what to mend

  bool is_against() const { return outcome == Outcome::refused || outcome == Outcome::forbidden; }
};

/// Somebody took it upon them that this guard refuses.
struct Override {
  std::string guard;
  std::string reason;
};

/// The override that lets a run pass although this guard refuses; null: there is none, or nothing
/// to override.
const Override* override_of(const Verdict& verdict, const std::vector<Override>& overrides);

/// What the verdicts come to.
struct Judgement {
  std::vector<std::string> refusals;  ///< "approval: no account has approved this plan"
  std::vector<std::string> ways_out;
  std::vector<std::string> warnings;
  std::vector<Override> overridden;  ///< those that were needed, with what the guard saw

  bool allowed() const { return refusals.empty(); }
  /// Exit code 4. Must not be allowed.
  Refusal refusal() const;
  /// For the log: what somebody took upon them.
  std::vector<JournalWrite> record() const;
};

Judgement judge(const std::vector<Verdict>& verdicts, const std::vector<Override>& overrides);

}  // namespace migrate::core::guard
