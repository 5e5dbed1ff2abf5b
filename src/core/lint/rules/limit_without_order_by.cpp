#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (!view.data.unordered_limit || (!view.data.writes() && !copies_rows(view))) return {};
  return {{*view.data.unordered_limit, "LIMIT without ORDER BY takes any rows",
           "order by a unique key in front of it"}};
}

}  // namespace

Rule limit_without_order_by() {
  return {"limit-without-order-by", Severity::warning,
          "Which rows a LIMIT takes is up to the server when nothing orders them: another run "
          "or a replica takes others.",
          check};
}

}  // namespace migrate::core::lint
