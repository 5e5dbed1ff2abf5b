#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  switch (view.statement.bracket) {
    case Bracket::opens_transaction:
    case Bracket::stops_autocommit:
      return {{0, "the file opens a transaction of its own",
               "leave it out, or say -- migrate: transaction=none or batch(N) in the header"}};
    default:
      return {};
  }
}

}  // namespace

Rule own_transaction() {
  return {"own-transaction", Severity::notice,
          "The program itself opens the transaction that holds the step and its record; one of "
          "the file's own takes that away, and a failure in it may undo less than it seems.",
          check};
}

}  // namespace migrate::core::lint
