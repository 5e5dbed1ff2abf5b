#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "adapter/output/presenters.h"
#include "advice.h"
#include "audit_text.h"
#include "backup_text.h"
#include "check_text.h"
#include "drift_text.h"
#include "lint_text.h"
#include "paint.h"
#include "plan_html.h"
#include "plan_markdown.h"
#include "plan_text.h"
#include "preflight_text.h"
#include "report_text.h"
#include "status_text.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "verdict_text.h"
#include "verification_text.h"
#include "words.h"

namespace migrate::output {

namespace {

class TablePresenter : public port::Presenter {
 public:
  TablePresenter(std::ostream& out, std::ostream& err, const Style& style, std::string program)
      : out_(out), err_(err), style_(style), program_(std::move(program)) {}

  void status(const core::Status& status) override { print(status_text(status, style_, program_)); }

  void plan(const port::PlanShown& plan) override;

  void refusal(const core::Refusal& refusal) override {
    print(VerdictText(style_, program_).refusal(refusal));
  }

  void report(const core::RunReport& report) override {
    print(report_text(report, style_, program_));
  }

  void history(const std::vector<core::LogRow>& rows) override;
  void validation(const port::Validation& validation) override;
  void verification(const core::rehearsal::Verification& verification) override {
    print(verification_text(verification, style_, program_));
  }
  void lint(const core::lint::Report& report, core::lint::Severity fail_on,
            port::LintFormat format) override;
  void lint_rules(const std::vector<core::lint::Rule>& rules) override {
    print(rules_text(rules, style_, program_));
  }
  void audit(const core::audit::Report& report, core::audit::Severity fail_on,
             const port::AuditFix* fix) override {
    print(audit_text(report, fail_on, fix, style_, program_));
  }
  void audit_rules(const std::vector<core::audit::Rule>& rules) override {
    print(audit_rules_text(rules, style_, program_));
  }
  void checks(const core::check::Look& look, const port::CheckView& view) override;
  void check_list(const std::vector<core::check::Check>& checks) override {
    print(check_list_text(checks, style_, program_));
  }
  void backup(const std::string& path, const core::backup::Manifest& manifest) override {
    print(backup_text(path, manifest, style_, program_));
  }
  void backup_verification(const core::backup::Verification& verification) override {
    print(backup_verification_text(verification, style_, program_));
  }
  void backups(const std::vector<core::backup::Found>& backups,
               const std::string& folder) override {
    print(backup_list_text(backups, folder, style_, program_));
  }
  void preflight(const core::preflight::Preflight& preflight) override {
    print(preflight_text(preflight, style_, program_));
  }
  void settings(const std::vector<port::SettingRow>& rows) override;
  void snapshot(const std::string& sql) override { print(sql); }
  void drift(const core::schema::Drift& drift) override {
    print(drift_text(drift, style_, program_));
  }
  void facts(const std::string& kind,
             const std::vector<std::pair<std::string, std::string>>& facts) override;
  void fault(core::ExitCode code, const std::string& message, const std::string& hint) override;

 private:
  void print(const std::string& text) { out_ << text << std::flush; }
  bool is_quiet() const { return style_.verbosity == Verbosity::quiet; }

  std::ostream& out_;
  std::ostream& err_;
  Style style_;
  std::string program_;
};

Tone history_tone(const std::string& event) {
  if (event == "failed" || event == "in doubt") return Tone::bad;
  if (event == "applied" || event == "undone" || event == "baselined") return Tone::good;
  if (event == "check failed") return Tone::waiting;
  return Tone::plain;
}

void TablePresenter::history(const std::vector<core::LogRow>& rows) {
  if (rows.empty()) {
    if (!is_quiet()) print("The history is empty: nothing was ever run here.\n");
    return;
  }
  const bool verbose = style_.verbosity == Verbosity::verbose;
  Table table({{"#", Align::right},
               {"WHEN (UTC)"},
               {"COMMAND", Align::left, Fit::left_out},
               {"EVENT"},
               {"STEP", Align::left, Fit::cut},
               {"TOOK", Align::right},
               {"WHO", Align::left, Fit::left_out},
               {"ACCOUNT"},
               {"CONNECTION", Align::right},
               {"VERSION"},
               {"RUN"},
               {"MESSAGE", Align::left, Fit::cut}});
  for (const core::LogRow& row : rows) {
    std::string step = row.step ? step_text(*row.step, row.step_name) : "";
    if (row.statement > 0) step += fmt::format(" (statement {})", row.statement);
    table.add(Cell{std::to_string(row.number), Tone::faint},
              Cell{one_line(human_time(row.at)), Tone::faint}, Cell{one_line(row.command)},
              Cell{one_line(row.event), history_tone(row.event)}, Cell{step},
              Cell{row.duration_us > 0 ? human_duration(row.duration_us) : "", Tone::faint},
              Cell{one_line(row.client)}, Cell{verbose ? one_line(row.account) : ""},
              Cell{verbose && row.connection_id > 0 ? std::to_string(row.connection_id) : ""},
              Cell{verbose ? one_line(row.tool_version) : ""},
              Cell{verbose ? one_line(row.run_id) : ""}, Cell{one_line(row.message)});
  }
  print(table.text(style_));
}

void TablePresenter::validation(const port::Validation& validation) {
  const auto& [catalog, statements, problems] = validation;
  std::string out;
  std::set<std::string> paths;
  for (const core::Problem& problem : problems) {
    paths.insert(problem.path);
    out += paint("✗ ", Tone::bad, style_.colour) + one_line(core::to_string(problem)) + '\n';
  }
  if (is_quiet()) return print(out);
  if (!problems.empty()) {
    out +=
        fmt::format("\n{} in {}; nothing was run\nNext: mend them and run: {} validate\n",
                    counted(problems.size(), "problem"), counted(paths.size(), "file"), program_);
    return print(out);
  }
  const auto with_down = std::ranges::count_if(
      catalog.versioned, [](const core::Step& step) { return step.down.has_value(); });
  out += fmt::format("{}{} ({} with a down file), {} repeatable, {}: no problems\n",
                     paint("✓ ", Tone::good, style_.colour),
                     counted(catalog.versioned.size(), "versioned step"), with_down,
                     catalog.repeatable.size(), counted(statements, "statement"));
  print(out);
}

void TablePresenter::lint(const core::lint::Report& report, core::lint::Severity fail_on,
                          port::LintFormat format) {
  if (format == port::LintFormat::own) return print(lint_text(report, fail_on, style_, program_));
  // For programs, in the one form that there is of each.
  make_json_presenter(out_)->lint(report, fail_on, format);
}

void TablePresenter::plan(const port::PlanShown& plan) {
  switch (plan.format) {
    case port::PlanFormat::own:
      return print(plan_text(plan, style_, program_));
    case port::PlanFormat::markdown:
      return print(plan_markdown(plan, program_));
    case port::PlanFormat::html:
      return print(plan_html(plan, program_));
  }
}

void TablePresenter::checks(const core::check::Look& look, const port::CheckView& view) {
  if (view.format == port::CheckFormat::own) return print(check_text(look, view, style_));
  make_json_presenter(out_)->checks(look, view);
}

void TablePresenter::settings(const std::vector<port::SettingRow>& rows) {
  Table table({{"SETTING"}, {"VALUE", Align::left, Fit::cut}, {"FROM", Align::left, Fit::cut}});
  for (const port::SettingRow& row : rows) {
    table.add(Cell{one_line(row.name)}, Cell{one_line(row.value), Tone::strong},
              Cell{one_line(row.origin), Tone::faint});
  }
  print(table.text(style_));
}

void TablePresenter::facts(const std::string&,
                           const std::vector<std::pair<std::string, std::string>>& facts) {
  Table table({{""}, {""}});
  for (const auto& [name, value] : facts) {
    table.add(Cell{one_line(name), Tone::faint}, Cell{one_line(value)});
  }
  print(table.text(style_));
}

void TablePresenter::fault(core::ExitCode, const std::string& message, const std::string& hint) {
  out_ << std::flush;
  std::string text;
  for (const std::string& line : safe_lines(message)) {
    text += text.empty() ? line : "\n  " + line;
  }
  text = paint("✗ ", Tone::bad, style_.colour) + text + '\n';
  const auto [words, command] = advice(hint, program_);
  if (!words.empty()) text += "  " + wrap("Next: " + words, style_.width, 2) + '\n';
  if (!command.empty()) text += "    " + command + '\n';
  err_ << text << std::flush;
}

}  // namespace

std::unique_ptr<port::Presenter> make_table_presenter(std::ostream& out, std::ostream& err,
                                                      const Style& style, std::string program) {
  return std::make_unique<TablePresenter>(out, err, style, std::move(program));
}

}  // namespace migrate::output
