#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/audit/alignment.h"
#include "core/audit/audit.h"
#include "core/audit/rule.h"
#include "core/backup/manifest.h"
#include "core/catalog.h"
#include "core/check/result.h"
#include "core/history.h"
#include "core/impact/impact.h"
#include "core/impact/risk.h"
#include "core/lint/linter.h"
#include "core/lint/rule.h"
#include "core/plan.h"
#include "core/preflight/preflight.h"
#include "core/rehearsal/verification.h"
#include "core/report.h"
#include "core/schema/drift.h"
#include "core/status.h"

namespace migrate::port {

/// One line of `migrate config`.
struct SettingRow {
  std::string name;
  std::string value;   ///< secrets masked
  std::string origin;  ///< "flag --host", "MIGRATE_HOST", "migrate.yaml:12", "default"
};

/// A statement as a plan shows it.
struct PlannedStatement {
  std::uint64_t index = 1;
  core::Position position;
  core::Effect effect = core::Effect::data;
  std::string text;  ///< first 200 bytes, white space folded
};

/// A planned step with the statements it would run (at most the first 1,000).
struct PlanView {
  core::PlannedStep planned;
  std::vector<PlannedStatement> statements;
  bool truncated = false;
};

/// What checking every file showed.
struct Validation {
  core::Catalog catalog;
  std::uint64_t statements = 0;
  std::vector<core::Problem> problems;
};

/// Where a plan was frozen.
struct FrozenFile {
  std::string path;
  std::string hash;
};

/// How a plan is written.
enum class PlanFormat {
  own,       ///< the presenter's
  markdown,  ///< a run sheet for the ticket of a change
  html,      ///< one page that needs nothing beside it
};

/// What a plan is shown with.
struct PlanShown {
  std::vector<PlanView> steps;
  std::vector<std::string> warnings;
  std::optional<FrozenFile> frozen;  ///< where it was; nothing: it was not
  /// What it will do to the server; nothing: nobody looked.
  std::optional<core::impact::Impact> impact;
  std::vector<core::impact::Risk> risks;
  std::vector<std::string> checks_before;  ///< by name, that a run asks
  std::vector<std::string> checks_after;
  PlanFormat format = PlanFormat::own;
};

/// What `audit --fix-into` wrote.
struct AuditFix {
  std::string up;  ///< path; empty: nothing was written
  std::string down;
  std::uint64_t mended = 0;  ///< findings
  std::uint64_t statements = 0;
  std::uint64_t probes = 0;  ///< SELECTs that looked for what would be lost
  std::vector<core::audit::Loss> losses;
  std::vector<core::audit::Left> left;
};

/// How the findings of a look at files are written.
enum class LintFormat {
  own,     ///< the presenter's
  sarif,   ///< SARIF 2.1.0, for tools that show findings of many programs
  github,  ///< workflow commands of GitHub Actions, which it shows beside the lines
};

/// How the answers of checks are written.
enum class CheckFormat {
  own,         ///< the presenter's
  junit,       ///< JUnit XML, for tools that show tests
  prometheus,  ///< the text format of Prometheus, version 0.0.4
};

/// A look that is shown, and among what.
struct CheckView {
  std::string environment;  ///< empty: none was chosen
  core::check::Severity fail_on = core::check::Severity::error;
  CheckFormat format = CheckFormat::own;
  enum class Occasion {
    once,
    watching,  ///< one of many
  };
  Occasion occasion = Occasion::once;
  /// While watching the look before it, of the same checks: only what changed is of interest.
  const core::check::Look* before = nullptr;
};

/// Puts results on stdout, as tables for people or as JSON for programs; one call a command;
/// `check --watch` calls once a look.
class Presenter {
 public:
  virtual ~Presenter() = default;
  virtual void status(const core::Status& status) = 0;
  virtual void plan(const PlanShown& plan) = 0;
  virtual void refusal(const core::Refusal& refusal) = 0;
  virtual void report(const core::RunReport& report) = 0;
  virtual void history(const std::vector<core::LogRow>& rows) = 0;
  virtual void validation(const Validation& validation) = 0;
  virtual void verification(const core::rehearsal::Verification& verification) = 0;
  /// `fail_on`: the least severity that makes the command fail.
  virtual void lint(const core::lint::Report& report, core::lint::Severity fail_on,
                    LintFormat format) = 0;
  /// What rules look for and why. One alone is shown in full.
  virtual void lint_rules(const std::vector<core::lint::Rule>& rules) = 0;
  /// `fix`: null, unless a step was asked for.
  virtual void audit(const core::audit::Report& report, core::audit::Severity fail_on,
                     const AuditFix* fix) = 0;
  virtual void audit_rules(const std::vector<core::audit::Rule>& rules) = 0;
  virtual void checks(const core::check::Look& look, const CheckView& view) = 0;
  /// What is asked, when and why. One alone is shown in full.
  virtual void check_list(const std::vector<core::check::Check>& checks) = 0;
  /// One that was made a moment ago.
  virtual void backup(const std::string& path, const core::backup::Manifest& manifest) = 0;
  virtual void backup_verification(const core::backup::Verification& verification) = 0;
  virtual void backups(const std::vector<core::backup::Found>& backups,
                       const std::string& folder) = 0;
  virtual void preflight(const core::preflight::Preflight& preflight) = 0;
  virtual void settings(const std::vector<SettingRow>& rows) = 0;
  /// Name-value pairs, e.g. of `version` and `sandbox status`. `kind` names the document in JSON.
  virtual void facts(const std::string& kind,
                     const std::vector<std::pair<std::string, std::string>>& facts) = 0;
  /// The text itself; in JSON, in a document.
  virtual void snapshot(const std::string& sql) = 0;
  virtual void drift(const core::schema::Drift& drift) = 0;
  /// A fault: on stderr for people; a JSON document on stdout for programs.
  virtual void fault(core::ExitCode code, const std::string& message, const std::string& hint) = 0;
};

}  // namespace migrate::port
