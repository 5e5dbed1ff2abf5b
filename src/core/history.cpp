#include "core/history.h"

#include <algorithm>

namespace migrate::core {

const LedgerRow* History::find(const StepId& id) const {
  const auto found = std::find_if(ledger.begin(), ledger.end(),
                                  [&](const LedgerRow& row) { return row.id == id; });
  return found == ledger.end() ? nullptr : &*found;
}

}  // namespace migrate::core
