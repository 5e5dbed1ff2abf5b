#include "unit/adapter/output/plan_samples.h"

#include <fmt/format.h>

namespace migrate::output::samples {
namespace {

using core::ObjectKind;
using core::impact::Algorithm;
using core::impact::Handling;
using core::impact::Impact;
using core::impact::Locking;
using core::impact::StatementImpact;
using core::impact::StepImpact;
using core::impact::Way;

constexpr const char* hostile =
    "ALTER TABLE orders\n  ADD COLUMN note TEXT COMMENT '</script><img src=x onerror=alert(1)>'";

class PlanMaker {
 public:
  PlanMaker() {
    Impact& impact = plan.impact.emplace();
    impact.server = {.family = core::ServerFamily::mariadb,
                     .version = "10.11.6-MariaDB-0+deb12u1",
                     .account = "deploy@%",
                     .schema = "shop"};
    impact.asked = "MariaDB 10.11.6-MariaDB-0+deb12u1, a private server";
  }

  void step(const std::string& version, const std::string& name, bool with_down) {
    port::PlanView view;
    core::PlannedStep& planned = view.planned;
    planned.step.id = {core::StepKind::versioned, version};
    planned.step.name = name;
    planned.step.up.path = fmt::format("migrations/{}_{}.up.sql", version, name);
    if (with_down) {
      planned.step.down.emplace();
      planned.step.down->path = fmt::format("migrations/{}_{}.down.sql", version, name);
    }
    planned.script = {planned.step.up, {}};
    plan.impact->steps.push_back({.name = version + "_" + name,
                                  .path = planned.step.up.path,
                                  .down_path = with_down ? planned.step.down->path : ""});
    plan.steps.push_back(std::move(view));
  }

  StatementImpact& statement(core::Effect effect, const std::string& text, const std::string& table,
                             Handling::Kind kind) {
    port::PlanView& view = plan.steps.back();
    core::ScriptShape& shape = view.planned.script.shape;
    const std::uint64_t index = view.statements.size() + 1;
    (effect == core::Effect::schema ? shape.schema_statements : shape.data_statements) += 1;
    view.statements.push_back({.index = index,
                               .position = {0, index * 3, 1},
                               .effect = effect,
                               .text = text.substr(0, 200)});
    StatementImpact impact{.index = index, .text = text};
    if (!table.empty()) impact.touches = {{ObjectKind::table, "", table}};
    impact.handling.kind = kind;
    impact.expected.time = std::chrono::milliseconds(0);
    plan.impact->steps.back().statements.push_back(std::move(impact));
    return plan.impact->steps.back().statements.back();
  }

  port::PlanShown take() {
    plan.risks = core::impact::risks_of(
        *plan.impact, {{.rule = "update-without-where",
                        .severity = core::lint::Severity::error,
                        .path = plan.impact->steps.back().path,
                        .statement = 2,
                        .message = "UPDATE of every row of customers <b>& more</b>",
                        .advice = "say which rows with a WHERE"}});
    return std::move(plan);
  }

  port::PlanShown plan;
};

void fill(PlanMaker& maker) {
  maker.step("20260107110000", "order_notes", true);
  StatementImpact& added =
      maker.statement(core::Effect::schema, hostile, "orders", Handling::Kind::asked);
  added.handling.way = {.algorithm = Algorithm::instant, .rebuild = Way::Rebuild::no};
  added.changes = {{.object = "table orders",
                    .lines = core::compare_lines(
                        "CREATE TABLE `orders` (\n  `id` int(10) unsigned NOT NULL\n  `total` "
                        "decimal(8,2) NOT NULL\n) ENGINE=InnoDB",
                        "CREATE TABLE `orders` (\n  `id` int(10) unsigned NOT NULL\n  `total` "
                        "decimal(8,2) NOT NULL\n  `note` text DEFAULT NULL COMMENT "
                        "'</script><img src=x onerror=alert(1)>'\n) ENGINE=InnoDB")}};
  StatementImpact& copied = maker.statement(
      core::Effect::schema, "ALTER TABLE orders MODIFY total DECIMAL(12, 2) NOT NULL -- ``` | |",
      "orders", Handling::Kind::asked);
  copied.handling.way = {.algorithm = Algorithm::copy,
                         .locking = Locking::shared,
                         .why = "Cannot change column type INPLACE"};
  copied.expected = {.time = std::chrono::seconds(65),
                     .basis = "no earlier run of this size: assuming 50 MB/s"};
  maker.step("20260108120000", "lower_emails", false);
  maker.statement(core::Effect::schema, "CREATE TABLE invoices (id INT PRIMARY KEY)", "invoices",
                  Handling::Kind::definition);
  maker.statement(core::Effect::data, "UPDATE customers SET email = LOWER(email)", "customers",
                  Handling::Kind::rows);
  StatementImpact& open =
      maker.statement(core::Effect::schema, "EXECUTE later", "", Handling::Kind::unknown);
  open.expected = {.basis = "how many rows it is at only the server can tell"};
  open.handling.words = "what it runs is known only when it runs";

  Impact& impact = *maker.plan.impact;
  impact.tables = {{.name = "customers", .rows = 900, .bytes = 65'536},
                   {.name = "invoices", .is_new = true},
                   {.name = "orders",
                    .rows = 12'345'678,
                    .bytes = std::uint64_t{3} << 30,
                    .triggers = {"orders_before_insert"}}};
  impact.links = {{"fk_orders_customer", "orders", "customers", {"customer_id"}, {"id"}, false},
                  {"fk_items_order", "order_items", "orders", {"order_id"}, {"id"}, false},
                  {"fk_invoices_order", "invoices", "orders", {"order_id"}, {"id"}, true}};
  impact.traffic.blockers = {{.connection_id = 42,
                              .user = "app",
                              .host = "web1",
                              .age_s = 95,
                              .statement = "SELECT * FROM orders WHERE note = '<i>'",
                              .tables = "orders",
                              .lock = "SHARED_READ",
                              .certainty = core::Blocker::Certainty::certain}};
  impact.traffic.unknown = {"how many replicas are connected: Access denied"};
}

}  // namespace

port::PlanShown plan_with_impact() {
  PlanMaker maker;
  fill(maker);
  maker.plan.warnings = {"as it stands, a run would be refused; approval: nobody has approved it"};
  maker.plan.checks_before = {"few-dead-letters"};
  maker.plan.checks_after = {"orders-without-customer"};
  return maker.take();
}

port::PlanShown large_plan() {
  PlanMaker maker;
  fill(maker);
  Impact& impact = *maker.plan.impact;
  const auto name = [](int number) { return fmt::format("table_with_a_long_name_{:02}", number); };
  for (int i = 0; i < 30; ++i) {
    impact.tables.push_back({.name = name(i), .rows = 100, .bytes = 16'384});
    if (i % 6 == 5) continue;  // stands alone
    if (i > 2)
      impact.links.push_back(
          {fmt::format("fk_{}", i), name(i), name(i / 3), {"parent_id"}, {"id"}});
  }
  impact.links.push_back({"fk_self", name(4), name(4), {"boss_id"}, {"id"}});
  impact.links.push_back({"fk_circle", name(1), name(9), {"last_id"}, {"id"}});
  StatementImpact& wide =
      maker.statement(core::Effect::schema,
                      "ALTER TABLE orders ADD CONSTRAINT a_constraint_with_a_long_name CHECK "
                      "(total >= 0 AND total < "
                      "1000000000 AND customer_id IS NOT NULL AND LENGTH(note) < 65535 AND status "
                      "IN ('new', 'paid'))",
                      "orders", Handling::Kind::fails);
  wide.handling.words = "Unknown column 'status' in 'CHECK'";
  return maker.take();
}

}  // namespace migrate::output::samples
