
#include <gtest/gtest.h>

#include "unit/adapter/output/golden.h"
#include "unit/adapter/output/samples.h"
#include "unit/adapter/output/shown.h"

namespace migrate::output {
namespace {

constexpr Style in_a_file{};
constexpr Style on_a_terminal{Colour::on, Medium::terminal, 80, Verbosity::normal};
constexpr Style narrow{Colour::off, Medium::terminal, 72, Verbosity::normal};
constexpr Style quiet{Colour::off, Medium::file, 100, Verbosity::quiet};

const auto show_status = [](port::Presenter& to) { to.status(samples::status()); };
const auto show_plan = [](port::Presenter& to) {
  to.plan({.steps = samples::plan(),
           .warnings = {"order_items has 120 million rows: step 2 rewrites it"}});
};
const auto show_done = [](port::Presenter& to) { to.report(samples::done()); };
const auto show_half_applied = [](port::Presenter& to) {
  to.report(samples::failed(samples::half_applied()));
};
const auto show_rolled_back = [](port::Presenter& to) {
  to.report(samples::failed(samples::rolled_back()));
};
const auto show_cancelled = [](port::Presenter& to) {
  to.report(samples::failed(samples::cancelled()));
};
const auto show_full = [](port::Presenter& to) { to.report(samples::failed(samples::full())); };
const auto show_lost = [](port::Presenter& to) { to.report(samples::failed(samples::lost())); };
const auto show_exec = [](port::Presenter& to) { to.report(samples::exec_done()); };
const auto show_exec_failed = [](port::Presenter& to) { to.report(samples::exec_failed()); };
const auto show_refusal = [](port::Presenter& to) {
  to.refusal({core::ExitCode::locked,
              "another run holds the lock: connection 42 (app@web1, since 2026-01-05 09:00:00 UTC)",
              "wait for it, or stop it on the server: KILL 42"});
};
const auto show_refusal_with_a_command = [](port::Presenter& to) {
  to.refusal({core::ExitCode::in_doubt, "statement 3 of 20260107110000_x was in flight",
              "look at the objects it names, then: migrate resolve --applied --reason \"…\""});
};
const auto show_history = [](port::Presenter& to) { to.history(samples::history()); };
const auto show_problems = [](port::Presenter& to) {
  to.validation(
      {.problems = {{"migrations/2_b.up.sql", core::Position{10, 4, 2}, "the string never ends"},
                    {"ddl/x.sql", {}, "cannot be read: Permission denied"}}});
};
const auto show_verification = [](port::Presenter& to) {
  to.verification(samples::verification());
};
const auto show_verification_passed = [](port::Presenter& to) {
  to.verification(samples::verification_passed());
};
const auto show_nothing_to_verify = [](port::Presenter& to) { to.verification({}); };
const auto show_lint = [](port::Presenter& to) {
  to.lint(samples::lint(), core::lint::Severity::error, port::LintFormat::own);
};
const auto show_sarif = [](port::Presenter& to) {
  to.lint(samples::lint(), core::lint::Severity::error, port::LintFormat::sarif);
};
const auto show_github = [](port::Presenter& to) {
  to.lint(samples::lint(), core::lint::Severity::error, port::LintFormat::github);
};
const auto show_nothing_found = [](port::Presenter& to) {
  to.lint({.files = 2, .statements = 1}, core::lint::Severity::error, port::LintFormat::own);
};
const auto show_rule = [](port::Presenter& to) {
  const auto rules = core::lint::all_rules();
  to.lint_rules({*core::lint::find_rule(rules, "drop-table")});
};
const auto show_audit = [](port::Presenter& to) {
  to.audit(samples::audit(), core::audit::Severity::error, nullptr);
};
const auto show_audit_fix = [](port::Presenter& to) {
  const port::AuditFix fix = samples::audit_fix();
  to.audit(samples::audit(), core::audit::Severity::error, &fix);
};
const auto show_audit_fix_of_nothing = [](port::Presenter& to) {
  const port::AuditFix fix{.left = samples::audit_fix().left};
  to.audit(samples::audit(), core::audit::Severity::error, &fix);
};
const auto show_audit_of_nothing = [](port::Presenter& to) {
  to.audit({.canon = samples::audit().canon, .tables = 12}, core::audit::Severity::error, nullptr);
};
const auto show_audit_rule = [](port::Presenter& to) {
  to.audit_rules({core::audit::all_rules().front()});
};
const auto show_settings = [](port::Presenter& to) {
  to.settings(
      {{"host", "db1.example.org", "migrate.yaml:12"}, {"password", "***", "MIGRATE_PASSWORD"}});
};
const auto show_drift = [](port::Presenter& to) { to.drift(samples::drift()); };
const auto show_no_drift = [](port::Presenter& to) {
  to.drift({.against = "schema.sql", .objects = 12});
};
const auto show_drifted_status = [](port::Presenter& to) {
  core::Status status = samples::status();
  status.schema = {.verdict = core::SchemaStatus::Verdict::drifted,
                   .looked = core::SchemaStatus::Looked::now,
                   .words = "the schema is not as the last run left it: table orders"};
  to.status(status);
};
const auto show_status_of_remembered_drift = [](port::Presenter& to) {
  core::Status status;
  status.schema = {.verdict = core::SchemaStatus::Verdict::drifted,
                   .words = "the schema was not as the last run left it: table orders",
                   .at = "2026-01-07 06:00:00.000000"};
  to.status(status);
};
const auto show_status_without_a_look = [](port::Presenter& to) {
  core::Status status;
  status.schema.words = "the history does not know what the schema is to be";
  to.status(status);
};
const auto show_facts = [](port::Presenter& to) {
  to.facts("version", {{"migrate", "0.1.0"}, {"client library", "MariaDB 3.3.20"}});
};
const auto show_fault = [](port::Presenter& to) {
  to.fault(core::ExitCode::unavailable, "cannot connect to db1:3306: Connection refused",
           "see where it looks for the server: migrate config");
};

TEST(TablePresenter, Drift) {
  expect_golden("drift.txt", table(in_a_file, show_drift));
  expect_golden("drift.colour.txt", table(on_a_terminal, show_drift));
  expect_golden("drift.none.txt", table(in_a_file, show_no_drift));
  EXPECT_EQ(table(quiet, show_no_drift), "");
}

TEST(TablePresenter, StatusWithDrift) {
  expect_golden("status.drift.txt", table(in_a_file, show_drifted_status));
}

TEST(TablePresenter, StatusTellsOfTheSchemaWhatIsRemembered) {
  expect_golden("status.remembered_drift.txt", table(in_a_file, show_status_of_remembered_drift));
  expect_golden("status.unknown_schema.txt", table(in_a_file, show_status_without_a_look));
  EXPECT_NE(table(quiet, show_status_of_remembered_drift).find("table orders"), std::string::npos);
  EXPECT_EQ(table(quiet, show_status_without_a_look), "");
}

TEST(JsonPresenter, Drift) {
  expect_golden("drift.json", json(show_drift));
  expect_golden("status.drift.json", json(show_drifted_status));
  expect_golden("status.remembered_drift.json", json(show_status_of_remembered_drift));
}

TEST(TablePresenter, Status) {
  expect_golden("status.txt", table(in_a_file, show_status));
  expect_golden("status.colour.txt", table(on_a_terminal, show_status));
  expect_golden("status.narrow.txt", table(narrow, show_status));
  expect_golden("status.quiet.txt", table(quiet, show_status));
}

TEST(TablePresenter, Plan) {
  expect_golden("plan.txt", table(in_a_file, show_plan));
  expect_golden("plan.colour.txt", table(on_a_terminal, show_plan));
}

TEST(TablePresenter, ReportOfARunThatGotThrough) {
  expect_golden("report.done.txt", table(in_a_file, show_done));
  expect_golden("report.done.colour.txt", table(on_a_terminal, show_done));
  EXPECT_EQ(table(quiet, show_done), "");
}

TEST(TablePresenter, ReportOfAFailure) {
  expect_golden("report.half_applied.txt", table(in_a_file, show_half_applied));
  expect_golden("report.half_applied.colour.txt", table(on_a_terminal, show_half_applied));
  expect_golden("report.rolled_back.txt", table(in_a_file, show_rolled_back));
  expect_golden("report.cancelled.txt", table(in_a_file, show_cancelled));
  expect_golden("report.lost.txt", table(in_a_file, show_lost));
  expect_golden("report.full.txt", table(in_a_file, show_full));
}

TEST(TablePresenter, ReportOfAFileOutsideTheCatalog) {
  expect_golden("report.exec.txt", table(in_a_file, show_exec));
  expect_golden("report.exec_failed.txt", table(in_a_file, show_exec_failed));
}

TEST(TablePresenter, Verification) {
  expect_golden("verify.txt", table(in_a_file, show_verification));
  expect_golden("verify.colour.txt", table(on_a_terminal, show_verification));
  expect_golden("verify.quiet.txt", table(quiet, show_verification));
  expect_golden("verify.passed.txt", table(in_a_file, show_verification_passed));
  expect_golden("verify.nothing.txt", table(in_a_file, show_nothing_to_verify));
}

TEST(TablePresenter, Lint) {
  constexpr Style verbose{Colour::off, Medium::file, 100, Verbosity::verbose};
  expect_golden("lint.txt", table(in_a_file, show_lint));
  expect_golden("lint.colour.txt", table(on_a_terminal, show_lint));
  expect_golden("lint.verbose.txt", table(verbose, show_lint));
  expect_golden("lint.quiet.txt", table(quiet, show_lint));
  expect_golden("lint.nothing.txt", table(in_a_file, show_nothing_found));
  expect_golden("lint.rule.txt", table(in_a_file, show_rule));
}

TEST(TablePresenter, Audit) {
  constexpr Style verbose{Colour::off, Medium::file, 100, Verbosity::verbose};
  expect_golden("audit.txt", table(in_a_file, show_audit));
  expect_golden("audit.colour.txt", table(on_a_terminal, show_audit_fix));
  expect_golden("audit.verbose.txt", table(verbose, show_audit));
  expect_golden("audit.quiet.txt", table(quiet, show_audit));
  expect_golden("audit.fix.txt", table(in_a_file, show_audit_fix));
  expect_golden("audit.unmended.txt", table(in_a_file, show_audit_fix_of_nothing));
  expect_golden("audit.nothing.txt", table(in_a_file, show_audit_of_nothing));
  expect_golden("audit.rule.txt", table(in_a_file, show_audit_rule));
}

TEST(Presenters, LintForOtherProgramsIsTheSameFromBoth) {
  expect_golden("lint.sarif", table(in_a_file, show_sarif));
  expect_golden("lint.github.txt", table(in_a_file, show_github));
  EXPECT_EQ(json(show_sarif), table(in_a_file, show_sarif));
  EXPECT_EQ(json(show_github), table(in_a_file, show_github));
}

TEST(TablePresenter, Others) {
  expect_golden("refusal.txt", table(in_a_file, show_refusal));
  expect_golden("refusal.command.txt", table(in_a_file, show_refusal_with_a_command));
  expect_golden("history.txt", table(in_a_file, show_history));
  expect_golden("validate.txt", table(in_a_file, show_problems));
  expect_golden("config.txt", table(in_a_file, show_settings));
  expect_golden("version.txt", table(in_a_file, show_facts));
  expect_golden("fault.txt", table(in_a_file, show_fault));
}

TEST(TablePresenter, NeverSendsControlCharactersOfOthersToATerminal) {
  core::event::StepFailed failed = samples::half_applied();
  failed.name = "a\033[2Jb";
  failed.statement = "SELECT '\033]0;title\a', '\xff', '\u202e'";
  failed.error.message = "bad\r\033[1A";
  const std::string text =
      table(in_a_file, [&](port::Presenter& to) { to.report(samples::failed(failed)); });
  EXPECT_EQ(text.find_first_of("\033\a\r\xff"), std::string::npos) << text;
  EXPECT_NE(text.find("\\x1b]0;title\\x07', '\\xff', '\\u202e'"), std::string::npos) << text;
}

TEST(Presenters, HidePasswordsInSqlAndInWhatTheServerQuotes) {
  core::event::StepFailed failed = samples::half_applied();
  failed.statement = "CREATE USER 'app'@'%' IDENTIFED WITH x IDENTIFIED BY 'tiger\\'s'";
  failed.error.message = "syntax error near 'IDENTIFED WITH x IDENTIFIED BY 'tiger\\'s'' at line 1";
  const auto show = [&](port::Presenter& to) { to.report(samples::failed(failed)); };
  EXPECT_EQ(table(in_a_file, show).find("tiger"), std::string::npos) << table(in_a_file, show);
  EXPECT_EQ(json(show).find("tiger"), std::string::npos) << json(show);
  EXPECT_NE(table(in_a_file, show).find("'app'@'%'"), std::string::npos);
}

TEST(TablePresenter, LinesOfATableFitTheTerminal) {
  for (const std::size_t width : {80U, 100U, 120U}) {
    const Style style{Colour::off, Medium::terminal, width, Verbosity::normal};
    std::istringstream lines(table(style, show_history));
    const std::size_t bytes_of_ellipsis = 3;
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(line.size(), width + 2 * (bytes_of_ellipsis - 1)) << width << " columns: " << line;
    }
  }
}

TEST(TablePresenter, WhatIsLeftOutOfANarrowTableIsWhoNotWhat) {
  const Style style{Colour::off, Medium::terminal, 80, Verbosity::normal};
  const std::string text = table(style, show_history);
  EXPECT_EQ(text.find("WHO"), std::string::npos) << text;
  EXPECT_NE(text.find("EVENT"), std::string::npos) << text;
  EXPECT_NE(text.find("MESSAGE"), std::string::npos) << text;
}

TEST(JsonPresenter, EveryKind) {
  expect_golden("status.json", json(show_status));
  expect_golden("plan.json", json(show_plan));
  expect_golden("report.done.json", json(show_done));
  expect_golden("report.half_applied.json", json(show_half_applied));
  expect_golden("refusal.json", json(show_refusal));
  expect_golden("history.json", json(show_history));
  expect_golden("validate.json", json(show_problems));
  expect_golden("verify.json", json(show_verification));
  expect_golden("audit.json", json(show_audit_fix));
  expect_golden("audit_rules.json", json(show_audit_rule));
  expect_golden("lint.json", json(show_lint));
  expect_golden("lint_rules.json", json(show_rule));
  expect_golden("config.json", json(show_settings));
  expect_golden("version.json", json(show_facts));
  expect_golden("fault.json", json(show_fault));
}

}  // namespace
}  // namespace migrate::output
