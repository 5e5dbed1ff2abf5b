#include <utility>

#include <nlohmann/json.hpp>

#include "adapter/output/presenters.h"
#include "audit_json.h"
#include "backup_json.h"
#include "check_json.h"
#include "check_junit.h"
#include "check_prometheus.h"
#include "impact_json.h"
#include "lint_github.h"
#include "lint_json.h"
#include "run_json.h"
#include "secrets.h"
#include "units.h"
#include "verification_json.h"
#include "words.h"

namespace migrate::output {

namespace {

/// Keeps its keys in the order of insertion, which is the documented one.
using Json = nlohmann::ordered_json;

constexpr int format = 1;

Json document(std::string_view kind) {
  return {{"format", format}, {"kind", kind}};
}

Json document(std::string_view kind, core::ExitCode code) {
  Json out = document(kind);
  out["exit_code"] = static_cast<int>(code);
  return out;
}

Json time_or_null(const std::string& utc) {
  return utc.empty() ? Json() : Json(iso_time(utc));
}

Json step_report_json(const core::StepReport& step) {
  Json out = step_json(step.id, step.name);
  out["direction"] = word(step.direction);
  out["done"] = step.done;
  out["statements_run"] = step.statements_run;
  out["affected_rows"] = step.affected_rows;
  out["warnings"] = step.warnings;
  out["duration_us"] = step.duration_us;
  return out;
}

/// `step`: null, unless somebody looked.
Json planned_json(const port::PlanView& view, const core::impact::StepImpact* step) {
  const core::PlannedStep& planned = view.planned;
  const core::Script& script = planned.script;
  Json out = step_json(planned.step.id, planned.step.name);
  out["direction"] = word(planned.direction);
  out["reason"] = word(planned.reason);
  out["path"] = script.path;
  out["checksum"] = {{"rule", script.checksum.rule}, {"hex", script.checksum.hex}};
  out["one_transaction"] = core::runs_in_one_transaction(script);
  out["first_statement"] = planned.first_statement;
  out["statements_total"] = script.shape.statements();
  out["truncated"] = view.truncated;
  out["statements"] = Json::array();
  for (std::size_t i = 0; i < view.statements.size(); ++i) {
    const port::PlannedStatement& statement = view.statements[i];
    Json shown = {{"statement", statement.index},
                  {"line", statement.position.line},
                  {"column", statement.position.column},
                  {"effect", word(statement.effect)},
                  {"text", without_passwords(statement.text)}};
    if (step != nullptr && i < step->statements.size()) add_impact(shown, step->statements[i]);
    out["statements"].push_back(std::move(shown));
  }
  return out;
}

Json log_row_json(const core::LogRow& row) {
  Json out{{"number", row.number},
           {"at", time_or_null(row.at)},
           {"run_id", row.run_id},
           {"command", row.command},
           {"event", row.event}};
  out["step"] = row.step ? Json(core::display_name(*row.step, row.step_name)) : Json();
  out["statement"] = row.statement == 0 ? Json() : Json(row.statement);
  out["duration_us"] = row.duration_us;
  out["message"] = row.message;
  out["account"] = row.account;
  out["connection_id"] = row.connection_id;
  out["client"] = row.client;
  out["tool_version"] = row.tool_version;
  return out;
}

class JsonPresenter : public port::Presenter {
 public:
  explicit JsonPresenter(std::ostream& out) : out_(out) {}

  void status(const core::Status& status) override {
    Json out = document("status", status.exit_code());
    out["steps"] = Json::array();
    for (const core::StatusRow& row : status.rows) {
      Json step = step_json(row.id, row.name);
      step["status"] = word(row.status);
      step["applied_at"] = time_or_null(row.applied_at);
      step["duration_us"] = row.duration_us;
      step["note"] = row.note;
      out["steps"].push_back(std::move(step));
    }
    out["schema"] = {{"verdict", word(status.schema.verdict)},
                     {"words", status.schema.words},
                     {"looked", word(status.schema.looked)},
                     {"looked_at", time_or_null(status.schema.at)}};
    if (!status.draft.empty()) out["draft"] = status.draft;
    print(out);
  }

  void plan(const port::PlanShown& plan) override {
    Json out =
        document("plan", plan.steps.empty() ? core::ExitCode::done : core::ExitCode::pending);
    out["warnings"] = plan.warnings;
    out["steps"] = Json::array();
    for (std::size_t i = 0; i < plan.steps.size(); ++i)
      out["steps"].push_back(
          planned_json(plan.steps[i], plan.impact ? &plan.impact->steps[i] : nullptr));
    out["impact"] = plan.impact ? impact_json(*plan.impact, plan.risks) : Json();
    if (plan.frozen) out["frozen"] = {{"path", plan.frozen->path}, {"hash", plan.frozen->hash}};
    print(out);
  }

  void refusal(const core::Refusal& refusal) override {
    Json out = document("refusal", refusal.code);
    out.update(refusal_json(refusal));
    print(out);
  }

  void report(const core::RunReport& report) override {
    Json out = document("report", report.code);
    out["run_id"] = report.run_id;
    out["command"] = report.command;
    out["server"] = server_json(report.server);
    out["duration_us"] = report.duration_us;
    out["planned_steps"] = report.planned_steps;
    out["steps"] = Json::array();
    for (const core::StepReport& step : report.steps) {
      out["steps"].push_back(step_report_json(step));
    }
    out["failure"] = report.failure ? failure_json(*report.failure) : Json();
    out["refusal"] = report.refusal ? refusal_json(*report.refusal) : Json();
    out["settled"] = report.settled;
    out["reconnects"] = report.reconnects;
    out["lock_retries"] = report.lock_retries;
    out["recorded"] = report.recorded;
    out["warnings"] = report.warnings;
    out["checks"] = Json::array();
    for (const core::event::Checked& checked : report.checks) {
      Json result = check_result_json(checked.result);
      result["when"] = name_of(checked.moment);
      out["checks"].push_back(std::move(result));
    }
    print(out);
  }

  void history(const std::vector<core::LogRow>& rows) override {
    Json out = document("history", core::ExitCode::done);
    out["rows"] = Json::array();
    for (const core::LogRow& row : rows) out["rows"].push_back(log_row_json(row));
    print(out);
  }

  void validation(const port::Validation& validation) override {
    Json out = document("validate", validation.problems.empty() ? core::ExitCode::done
                                                                : core::ExitCode::configuration);
    out["versioned_steps"] = validation.catalog.versioned.size();
    out["repeatable_steps"] = validation.catalog.repeatable.size();
    out["problems"] = Json::array();
    for (const core::Problem& problem : validation.problems) {
      Json item{{"path", problem.path}};
      item["line"] = problem.position ? Json(problem.position->line) : Json();
      item["column"] = problem.position ? Json(problem.position->column) : Json();
      item["message"] = problem.message;
      out["problems"].push_back(std::move(item));
    }
    print(out);
  }

  void verification(const core::rehearsal::Verification& verification) override {
    Json out = document("verify", verification.code());
    out.update(verification_json(verification));
    print(out);
  }

  void lint(const core::lint::Report& report, core::lint::Severity fail_on,
            port::LintFormat as) override {
    if (as == port::LintFormat::github) {
      out_ << lint_github(report) << std::flush;
    } else if (as == port::LintFormat::sarif) {
      print(sarif_log(report));
    } else {
      Json out = document(
          "lint", report.has_at_least(fail_on) ? core::ExitCode::refused : core::ExitCode::done);
      add_lint(out, report);
      print(out);
    }
  }

  void lint_rules(const std::vector<core::lint::Rule>& rules) override {
    print_rules("lint_rules", rules);
  }

  void audit(const core::audit::Report& report, core::audit::Severity fail_on,
             const port::AuditFix* fix) override {
    Json out = document(
        "audit", report.has_at_least(fail_on) ? core::ExitCode::refused : core::ExitCode::done);
    add_audit(out, report, fix);
    print(out);
  }

  void audit_rules(const std::vector<core::audit::Rule>& rules) override {
    print_rules("audit_rules", rules);
  }

  void checks(const core::check::Look& look, const port::CheckView& view) override {
    if (view.format == port::CheckFormat::junit) {
      out_ << check_junit(look, view) << std::flush;
    } else if (view.format == port::CheckFormat::prometheus) {
      out_ << check_prometheus(look, view) << std::flush;
    } else {
      Json out = document("check", look.has_at_least(view.fail_on) ? core::ExitCode::check_failed
                                                                   : core::ExitCode::done);
      add_look(out, look, view.environment);
      if (view.occasion == port::CheckView::Occasion::watching) return print_line(out);
      print(out);
    }
  }

  void check_list(const std::vector<core::check::Check>& checks) override {
    Json out = document("check_list", core::ExitCode::done);
    out["checks"] = Json::array();
    for (const core::check::Check& check : checks) out["checks"].push_back(check_json(check));
    print(out);
  }

  void backup(const std::string& path, const core::backup::Manifest& manifest) override {
    Json out = document("backup", core::ExitCode::done);
    out.update(backup_json(path, manifest));
    print(out);
  }

  void backup_verification(const core::backup::Verification& verification) override {
    Json out = document("backup_verification", verification.code());
    out["backup"] = backup_json(verification.path, verification.manifest);
    out["restored_into"] = verification.server.empty() ? Json() : Json(verification.server);
    out["differences"] = verification.differences;
    out["warnings"] = verification.warnings;
    print(out);
  }

  void backups(const std::vector<core::backup::Found>& backups,
               const std::string& folder) override {
    Json out = document("backup_list", core::ExitCode::done);
    out["folder"] = folder;
    out["backups"] = Json::array();
    for (const core::backup::Found& one : backups) {
      Json item{{"path", one.path}};
      if (one.manifest) item = backup_json(one.path, *one.manifest);
      item["problem"] = one.problem.empty() ? Json() : Json(one.problem);
      out["backups"].push_back(std::move(item));
    }
    print(out);
  }

  void preflight(const core::preflight::Preflight& preflight) override {
    Json out = document("preflight", preflight.exit_code());
    out["items"] = Json::array();
    for (const core::preflight::Item& item : preflight.items) {
      out["items"].push_back({{"name", item.name},
                              {"outcome", word(item.outcome)},
                              {"saw", item.saw},
                              {"way_out", item.way_out}});
    }
    print(out);
  }

  void settings(const std::vector<port::SettingRow>& rows) override {
    Json out = document("config", core::ExitCode::done);
    out["settings"] = Json::array();
    for (const port::SettingRow& row : rows) {
      out["settings"].push_back({{"name", row.name}, {"value", row.value}, {"origin", row.origin}});
    }
    print(out);
  }

  // How such a command ends depends on more than its facts, so there is no exit_code.
  void facts(const std::string& kind,
             const std::vector<std::pair<std::string, std::string>>& facts) override {
    Json out = document(kind);
    out["facts"] = Json::object();
    for (const auto& [name, value] : facts) out["facts"][key(name)] = value;
    print(out);
  }

  void snapshot(const std::string& sql) override {
    Json out = document("snapshot", core::ExitCode::done);
    out["sql"] = sql;
    print(out);
  }

  void drift(const core::schema::Drift& drift) override {
    Json out = document("drift", drift.exit_code());
    out["against"] = drift.against;
    out["objects"] = drift.objects;
    out["hidden"] = drift.hidden;
    out["differences"] = Json::array();
    for (std::size_t i = 0; i < drift.differences.size(); ++i) {
      const core::schema::Difference& difference = drift.differences[i];
      Json repairs = Json::array();
      for (const core::schema::Repair& repair : core::schema::repair_script({difference}))
        repairs.push_back(repair.sql);
      out["differences"].push_back({{"object", core::schema::words_for(difference.object)},
                                    {"difference", word(difference.kind)},
                                    {"words", difference.words},
                                    {"seen", i < drift.seen.size() ? Json(drift.seen[i]) : Json()},
                                    {"repairs", std::move(repairs)}});
    }
    print(out);
  }

  void fault(core::ExitCode code, const std::string& message, const std::string& hint) override {
    Json out = document("fault", code);
    out["message"] = message;
    out["hint"] = hint;
    print(out);
  }

 private:
  template <class Rules>
  void print_rules(const std::string& kind, const Rules& rules) {
    Json out = document(kind, core::ExitCode::done);
    out["rules"] = Json::array();
    for (const auto& rule : rules) {
      out["rules"].push_back(
          {{"rule", rule.name}, {"severity", name_of(rule.severity)}, {"reason", rule.reason}});
    }
    print(out);
  }

  /// "data directory" -> "data_directory"
  static std::string key(std::string name) {
    for (char& c : name) {
      if (c == ' ' || c == '-') c = '_';
    }
    return name;
  }

  // SQL may hold any bytes; what is not UTF-8 becomes U+FFFD, so that the document stays readable.
  void print(const Json& document) {
    out_ << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
  }

  /// For who reads one document after the other.
  void print_line(const Json& document) {
    out_ << document.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
  }

  std::ostream& out_;
};

}  // namespace

std::unique_ptr<port::Presenter> make_json_presenter(std::ostream& out) {
  return std::make_unique<JsonPresenter>(out);
}

}  // namespace migrate::output
