#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ground.h"
#include "kill.h"
#include "killer.h"
#include "snapshot.h"

namespace migrate::torture {

/// What an undisturbed run leaves, and how long it takes.
struct Reference {
  Snapshot snapshot;
  Expectation expectation;
};

/// One run of `migrate up`.
struct Run {
  std::optional<Strike> strike;
  testing::Ending ending;
};

enum class Verdict {
  good,
  question,      ///< exit 6: it asks a person
  difference,    ///< it said that it was done, and it left something else than an undisturbed run
  wrong_ending,  ///< any other exit code than such a kill may cause, or no end at all
};

struct Outcome {
  Verdict verdict = Verdict::good;
  std::string reason;  ///< in words; empty: good
  std::vector<Run> runs;
  Snapshot found;  ///< what is there in the end, right or wrong
};

/// Runs the steps on an empty schema. Throws std::runtime_error when they do not run.
Reference make_reference(Ground& ground);

/// Begins on an empty schema, kills a run for each of `kills`, lets the last one finish, and
/// compares. Ends at the first thing that is wrong. Throws Interrupted.
Outcome run_iteration(Ground& ground, Killer& killer, const Reference& reference,
                      const std::vector<Kill>& kills);

}  // namespace migrate::torture
