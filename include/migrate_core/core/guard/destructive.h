#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/guard/verdict.h"
#include "core/lint/rule.h"
#include "core/lint/severities.h"
#include "core/object_name.h"

namespace migrate::core::guard {

/// The rules of lint that find what nobody can bring back, and what no rule can look into; all
/// others are off.
lint::Severities destructive_rules();

/// Something that a run takes away for good.
struct Destruction {
  /// Whether its file says that it is meant.
  enum class Word {
    said,    ///< `-- migrate: allow=RULE reason="…"`
    needed,  ///< it must, and does not
    plain,   ///< it is what this is for: a way back that takes away what its step made, a reset
  };
  std::string where;  ///< "migrations/2_tidy.up.sql:3"; empty: in no file
  std::string what;   ///< "column teas.price is dropped with its values"
  std::string rule;   ///< of lint; empty: none finds it
  Word word = Word::needed;
  std::vector<ObjectName> objects;  ///< that go, or lose something
};

/// What a look at the statements of a run showed.
struct Destructions {
  std::vector<Destruction> found;
  std::uint64_t unseen = 0;  ///< statements that are known only when they run
};

/// What migrate.yaml and the command line say of them.
struct DestructionPolicy {
  std::vector<std::string> protected_objects;  ///< patterns
  std::vector<std::string> named;              ///< objects that may go all the same, for this run
};

/// Whether an object may go only when it is named: its name matches a pattern, in any case. A whole
/// schema, which may hold such objects, too, where there are patterns.
bool is_protected(const ObjectName& object, const std::vector<std::string>& patterns);

/// Passed where nothing is taken away. No override helps where a file does not say that it means
/// it, nor where a protected object is not named; else one does.
Verdict destructive_verdict(const Destructions& destructions, const DestructionPolicy& policy);

}  // namespace migrate::core::guard
