#include "unit/adapter/output/samples.h"

namespace migrate::output::samples {

namespace {

core::StepId versioned(std::string key) {
  return {core::StepKind::versioned, std::move(key)};
}
core::StepId repeatable(std::string key) {
  return {core::StepKind::repeatable, std::move(key)};
}

core::StatusRow row(core::StepId id, std::string name, core::StepStatus status,
                    std::string applied_at = {}, std::uint64_t duration_us = 0,
                    std::string note = {}) {
  return {std::move(id),         std::move(name), status,
          std::move(applied_at), duration_us,     std::move(note)};
}

core::PlannedStep planned(core::StepId id, std::string name, std::string path,
                          core::ScriptShape shape) {
  core::PlannedStep planned;
  planned.step.id = std::move(id);
  planned.step.name = std::move(name);
  planned.step.up.path = std::move(path);
  planned.step.up.checksum.hex = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730";
  planned.script = {planned.step.up, shape};
  return planned;
}

const core::StepId backfill = versioned("20260107110000");
constexpr const char* backfill_name = "backfill_customer_emails";
constexpr const char* backfill_path = "migrations/20260107110000_backfill_customer_emails.up.sql";

}  // namespace

core::Status status() {
  using core::StepStatus;
  core::Status status;
  status.rows = {
      row(repeatable("outbox"), "outbox", StepStatus::applied, "2026-01-05 09:00:01.000120",
          35'400),
      row(versioned("20260105090000"), "align_collation", StepStatus::baselined,
          "2026-01-05 09:00:02.000000"),
      row(versioned("20260106100000"), "unsigned_ids_in_größen", StepStatus::changed,
          "2026-01-06 10:00:00.500000", 75'000'000, "checksum 7d865e95… was applied"),
      row(versioned("20260106120000"), "註文テーブル", StepStatus::partial,
          "2026-01-06 12:00:00.000000", 0, "statement 2 of 5 is the last that ran"),
      row(versioned("20260106130000"), "late_fix", StepStatus::out_of_order),
      row(backfill, backfill_name, StepStatus::pending),
      row(versioned("20260108120000"), "drop_orders_\x1b[31mold", StepStatus::pending),
  };
  status.schema = {.verdict = core::SchemaStatus::Verdict::as_left,
                   .words = "the schema was as the last run left it",
                   .at = "2026-01-06 12:00:00.250000"};
  return status;
}

std::vector<port::PlanView> plan() {
  port::PlanView outbox;
  outbox.planned =
      planned(repeatable("outbox"), "outbox", "ddl/outbox.sql", {.schema_statements = 1});
  outbox.planned.reason = core::Reason::changed_repeatable;
  outbox.statements = {{1,
                        {0, 3, 1},
                        core::Effect::schema,
                        "CREATE TABLE IF NOT EXISTS outbox ( id BIGINT UNSIGNED NOT NULL "
                        "AUTO_INCREMENT PRIMARY KEY COMMENT 'order of arrival', payload JSON )"}};

  port::PlanView emails;
  emails.planned = planned(backfill, backfill_name, backfill_path,
                           {.schema_statements = 1,
                            .data_statements = 1,
                            .session_statements = 1,
                            .neutral_statements = 1});
  emails.planned.reason = core::Reason::continues;
  emails.planned.first_statement = 2;
  emails.statements = {
      {2, {80, 5, 1}, core::Effect::session, "SET @batch = 1000"},
      {3, {99, 6, 1}, core::Effect::data, "UPDATE customers SET email = LOWER(email)"},
      {4, {150, 7, 3}, core::Effect::neutral, "CREATE USER app IDENTIFIED BY 'tiger'"},
  };

  port::PlanView bulk;
  bulk.planned =
      planned(versioned("20260108120000"), "load_countries",
              "migrations/20260108120000_load_countries.up.sql", {.data_statements = 12'000});
  bulk.statements = {
      {1, {0, 1, 1}, core::Effect::data, "INSERT INTO countries VALUES ('AD', 'Andorra')"}};
  bulk.truncated = true;
  return {outbox, emails, bulk};
}

core::event::RunStarted run_started() {
  core::ServerInfo server;
  server.family = core::ServerFamily::mariadb;
  server.version = "10.11.6-MariaDB-0+deb12u1";
  server.account = "deploy@%";
  server.schema = "shop";
  server.connection_id = 42;
  return {"20260109T081500Z-1f3a", "up", server, 4, 11};
}

core::event::StepFailed half_applied() {
  core::event::StepFailed failed;
  failed.id = backfill;
  failed.name = backfill_name;
  failed.path = backfill_path;
  failed.position = {210, 12, 1};
  failed.index = 3;
  failed.total = 5;
  failed.statement =
      "ALTER TABLE customers\n\tADD UNIQUE KEY uq_customers_email (email),\n\tADD COLUMN "
      "email_verified_at DATETIME NULL COMMENT 'set when the customer clicked the link in the "
      "message'";
  failed.error = {1062, "23000", "Duplicate entry 'ada@example.org' for key 'uq_customers_email'"};
  failed.committed = 2;
  return failed;
}

core::event::StepFailed rolled_back() {
  core::event::StepFailed failed = half_applied();
  failed.statement = "UPDATE customers SET emial = LOWER(email)";
  failed.error = {1054, "42S22", "Unknown column 'emial' in 'field list'"};
  failed.committed = 0;
  failed.rolled_back = true;
  return failed;
}

core::event::StepFailed cancelled() {
  core::event::StepFailed failed = half_applied();
  failed.error = {1317, "70100", "Query execution was interrupted"};
  failed.cancelled = true;
  return failed;
}

core::event::StepFailed lost() {
  core::event::StepFailed failed = half_applied();
  failed.error = {2013, "HY000", "Lost connection to server during query"};
  return failed;
}

core::event::StepFailed full() {
  core::event::StepFailed failed = half_applied();
  failed.error = {1114, "HY000", "The table 'customers' is full"};
  return failed;
}

core::RunReport done() {
  core::RunReport report;
  report.add(run_started());
  for (const port::PlanView& view : plan()) {
    report.add(core::event::StepStarted{view.planned, 1});
    report.add(core::event::StatementDone{1, 1'204, 2, 20'000});
    report.add(core::event::StepDone{view.planned.step.id, view.planned.step.name,
                                     core::Direction::up, 35'000});
  }
  report.planned_steps = 3;
  report.add(core::event::Warned{"lock_wait_timeout of the server is one year"});
  report.add(core::event::RunFinished{core::ExitCode::done, 1'210'000});
  return report;
}

core::RunReport exec_done() {
  core::RunReport report;
  report.add(core::event::RunStarted{.command = "exec", .steps = 0, .statements = 3});
  report.add(core::event::StatementDone{1, 0, 0, 20'000});
  report.add(core::event::Recorded{"checks/smoke.sql: 3 statements ran"});
  report.add(core::event::RunFinished{core::ExitCode::done, 21'000});
  return report;
}

core::RunReport exec_failed() {
  core::RunReport report;
  report.add(core::event::RunStarted{.command = "exec", .steps = 0, .statements = 3});
  core::event::StepFailed failed;
  failed.name = failed.path = "checks/smoke.sql";
  failed.position = {40, 3, 1};
  failed.statement = "SELECT (SELECT 1 UNION ALL SELECT 2)";
  failed.error = {1242, "21000", "Subquery returns more than 1 row"};
  report.add(failed);
  report.add(core::event::RunFinished{core::ExitCode::statement_failed, 21'000});
  return report;
}

core::RunReport failed(const core::event::StepFailed& failed) {
  core::RunReport report;
  report.add(run_started());
  const std::vector<port::PlanView> views = plan();
  report.add(core::event::StepStarted{views[0].planned, 1});
  report.add(core::event::StatementDone{1, 0, 0, 20'000});
  report.add(
      core::event::StepDone{views[0].planned.step.id, "outbox", core::Direction::up, 35'000});
  report.add(core::event::StepStarted{views[1].planned, 2});
  report.add(core::event::StatementDone{1, 0, 0, 20'000});
  report.add(core::event::StatementDone{2, 812, 0, 20'000});
  report.add(failed);
  report.add(core::event::RunFinished{
      failed.cancelled ? core::ExitCode::interrupted : core::ExitCode::statement_failed,
      4'800'000});
  return report;
}

std::vector<core::LogRow> history() {
  core::LogRow started;
  started.number = 1;
  started.at = "2026-01-05 09:00:00.000000";
  started.run_id = "20260105T090000Z-77aa";
  started.command = "up";
  started.event = "run started";
  started.account = "deploy@%";
  started.connection_id = 42;
  started.client = "ada@build-7";
  started.tool_version = "0.1.0";

  core::LogRow applied = started;
  applied.number = 2;
  applied.at = "2026-01-05 09:00:01.000120";
  applied.event = "applied";
  applied.step = repeatable("outbox");
  applied.step_name = "outbox";
  applied.duration_us = 35'400;

  core::LogRow failed = started;
  failed.number = 3;
  failed.at = "2026-01-05 09:00:02.250000";
  failed.event = "failed";
  failed.step = backfill;
  failed.step_name = backfill_name;
  failed.statement = 3;
  failed.message = "1062 (23000): Duplicate entry 'ada@example.org' for key 'uq_customers_email'";
  return {started, applied, failed};
}

core::schema::Drift drift() {
  using core::schema::Repair;
  using Kind = core::schema::Difference::Kind;
  const std::string run = "run 20260105T090000Z-1a2b3c4d at 2026-01-05 09:00:02.250000";
  return {
      .against = "the history",
      .objects = 12,
      .differences =
          {{.object = {.kind = core::ObjectKind::table, .name = "orders"},
            .words = {"column total is decimal(10,2), expected decimal(12,2)",
                      "index by_note is not expected: KEY `by_note` (`note`)"},
            .repairs = {{.phase = Repair::Phase::alter_tables,
                         .sql = "ALTER TABLE `orders`\n  DROP INDEX `by_note`,\n  MODIFY COLUMN "
                                "`total` decimal(12,2) NOT NULL"}}},
           {.object = {.kind = core::ObjectKind::table, .name = "stray\x1b"},
            .kind = Kind::unexpected,
            .repairs = {{.phase = Repair::Phase::drop_tables, .sql = "DROP TABLE `stray\x1b`"}}},
           {.object = {.kind = core::ObjectKind::procedure, .name = "p"},
            .kind = Kind::missing,
            .repairs = {{.phase = Repair::Phase::create_routines,
                         .sql = "CREATE PROCEDURE `p`()\nBEGIN SELECT 1; END",
                         .creation = {.sql_mode = "ANSI_QUOTES", .collation = "latin1_bin"}}}}},
      .seen = {run, "", run}};
}

core::lint::Report lint() {
  using core::lint::Severity;
  core::lint::Report report;
  report.files = 12;
  report.statements = 1300;
  report.findings = {{.rule = "drop-column",
                      .severity = Severity::error,
                      .path = "migrations/2_prices.up.sql",
                      .position = {60, 3, 24},
                      .column_in_characters = 22,
                      .statement = 2,
                      .message = "column teas.price is dropped with its values",
                      .advice = "drop it in a step of its own when no program names it any more",
                      .excerpt = "  COMMENT 'größe', DROP COLUMN price"},
                     {.rule = "integer-display-width",
                      .severity = Severity::notice,
                      .path = "migrations/2_prices.up.sql",
                      .position = {99, 7, 5},
                      .column_in_characters = 5,
                      .statement = 3,
                      .message = "INT(11) of teas.stock limits nothing",
                      .advice = "write INT",
                      .excerpt = "  a INT(11)"},
                     {.rule = "missing-down",
                      .severity = Severity::warning,
                      .path = "migrations/3_a, 100%.up.sql",
                      .position = {0, 1, 1},
                      .statement = 1,
                      .message = "the step has no down file: it cannot be undone",
                      .advice = "write one, with the same name and .down.sql",
                      .excerpt = "CREATE USER x IDENTIFIED BY 'secret'"},
                     {.rule = "drop-table",
                      .severity = Severity::error,
                      .path = "migrations/4_old.up.sql",
                      .position = {0, 1, 1},
                      .statement = 1,
                      .message = "table teas_old is dropped with its rows",
                      .advice = "rename it away first",
                      .excerpt = "DROP TABLE teas_old",
                      .allowed_because = "nobody missed it for a year"}};
  return report;
}

core::audit::Report audit() {
  using core::ObjectKind;
  using core::audit::Severity;
  return {.canon = {"utf8mb4", "utf8mb4_unicode_520_ci", "DYNAMIC"},
          .tables = 12,
          .findings = {{"column-collation",
                        Severity::error,
                        {ObjectKind::table, "teas.name",
                         "the column is latin1_swedish_ci, expected utf8mb4_unicode_520_ci",
                         "convert it together with the columns that it is compared with"},
                        {}},
                       {"table-collation",
                        Severity::warning,
                        {ObjectKind::table, "stray\x1b", "the table's default is latin1_swedish_ci",
                         "change the table's default together with its columns"},
                        {}},
                       {"nullable-unique-key",
                        Severity::notice,
                        {ObjectKind::index, "teas.name", "unique key name of teas takes NULL",
                         "make the column NOT NULL if that is not meant"},
                        {}},
                       {"engine-not-innodb",
                        Severity::error,
                        {ObjectKind::table, "words", "table words is in MyISAM, expected InnoDB",
                         "ALTER TABLE … ENGINE=InnoDB"},
                        "filled anew each night"}},
          .unseen = {"whether definers exist: no SELECT on mysql.user"}};
}

port::AuditFix audit_fix() {
  const core::audit::Report report = audit();
  return {.up = "migrations/3_align_schema.up.sql",
          .down = "migrations/3_align_schema.down.sql",
          .mended = 2,
          .statements = 5,
          .probes = 9,
          .losses = {{{"teas", "name", "values come more than once", "SELECT COUNT(*) FROM `teas`"},
                      1200}},
          .left = {{report.findings[2], report.findings[2].remark.advice}}};
}

core::rehearsal::Verification verification() {
  using core::rehearsal::Proof;
  using core::rehearsal::ProofState;
  using core::rehearsal::StepVerification;
  const auto versioned = [](const char* key, const char* name) {
    return core::Step{
        .id = {core::StepKind::versioned, key},
        .name = name,
        .up = {.path = std::string("migrations/") + key + ".up.sql", .checksum = {.hex = "ab"}}};
  };
  StepVerification ddl{.step = {.id = {core::StepKind::repeatable, "outbox"}, .name = "outbox"},
                       .proofs = {{Proof::up, ProofState::proven},
                                  {Proof::down, ProofState::not_applicable},
                                  {Proof::up_again, ProofState::not_applicable},
                                  {Proof::stepwise, ProofState::not_applicable},
                                  {Proof::idempotent, ProofState::proven},
                                  {Proof::deterministic, ProofState::proven}},
                       .notes = {"what it makes of the shape before is not known"},
                       .duration_us = 120'000};
  StepVerification index{.step = versioned("20260107100000", "order_index"),
                         .proofs = {{Proof::up, ProofState::proven},
                                    {Proof::down, ProofState::failed},
                                    {Proof::stepwise, ProofState::not_applicable},
                                    {Proof::idempotent, ProofState::not_applicable},
                                    {Proof::converges, ProofState::not_applicable},
                                    {Proof::deterministic, ProofState::proven}},
                         .duration_us = 80'000};
  index.findings.push_back(
      {.proof = Proof::down,
       .message = "its down file does not bring the schema back to what it was",
       .differences = {{.object = {.name = "orders"},
                        .words = {"index by_day is there, and not expected: KEY `by_day` (`day`)"}},
                       {.object = {.kind = core::ObjectKind::view, .name = "days"},
                        .kind = core::schema::Difference::Kind::missing}},
       .place = core::rehearsal::Place{.path = "migrations/20260107100000_order_index.up.sql",
                                       .position = {.line = 4, .column = 1},
                                       .statement = 2,
                                       .text = "CREATE INDEX by_day ON orders (day)"}});
  StepVerification moment{
      .step = versioned("20260107110000", "moment"),
      .proofs = {{Proof::up, ProofState::proven}, {Proof::deterministic, ProofState::failed}},
      .duration_us = 60'000};
  moment.findings.push_back(
      {.proof = Proof::deterministic,
       .message = "it leaves other rows with another clock and other session settings",
       .rows = {"table orders: other values in paid_at"},
       .place = core::rehearsal::Place{.path = "migrations/20260107110000_moment.up.sql",
                                       .position = {.line = 1, .column = 1},
                                       .statement = 1,
                                       .text = "UPDATE orders SET paid_at = NOW()"},
       .causes = {"NOW gives another value on each run"}});
  StepVerification unique{.step = versioned("20260107120000", "unique"),
                          .proofs = {{Proof::up, ProofState::failed}},
                          .duration_us = 20'000};
  unique.findings.push_back(
      {.proof = Proof::up,
       .message = "it cannot be applied",
       .error = core::ServerError{1062, "23000", "Duplicate entry 'a@b' for key 'email'"},
       .place = core::rehearsal::Place{.path = "migrations/20260107120000_unique.up.sql",
                                       .position = {.line = 1, .column = 1},
                                       .statement = 1,
                                       .text = "ALTER TABLE customers ADD UNIQUE (email)"}});
  return {.server = {.family = core::ServerFamily::mariadb, .version = "10.11.6-MariaDB"},
          .where = "the private server",
          .origin = "the schema of production",
          .rows = "50 made-up rows a table",
          .warnings = {"production is MariaDB 10.6.2-MariaDB, this rehearsal ran on MariaDB "
                       "10.11.6-MariaDB"},
          .steps = {ddl, index, moment, unique, {.step = versioned("20260107130000", "last")}},
          .duration_us = 300'000};
}

core::rehearsal::Verification verification_passed() {
  core::rehearsal::Verification verification = samples::verification();
  verification.steps.resize(1);
  verification.warnings.clear();
  verification.attestation = "/home/dev/.local/state/migrate/shop/attestations/x.json";
  verification.recorded_in = {"production"};
  return verification;
}

}  // namespace migrate::output::samples
