#pragma once

#include <string>
#include <vector>

#include "core/settlement.h"

namespace migrate::core {

/// What the objects of one statement, as they are now, tell of it.
enum class Verdict {
  changed,    ///< as it would leave them: it ran
  in_part,    ///< it began: some of its objects are as it would leave them, the others as they
              ///< were; or it may have been done by somebody else, and can be done again
  unchanged,  ///< as they were, and it would have changed them: it did not run
  silent,     ///< it may have run or not, and does no harm when it runs again
  foreign,    ///< neither as they were nor as it would leave them
  unknown,    ///< only the binary log can tell
};

Verdict verdict(const Witness& witness, const std::vector<ObjectNow>& now);

/// What became of the objects, in words for people; of each once.
std::string seen(const Witness& witness, const std::vector<ObjectNow>& now);

}  // namespace migrate::core
