#include "app/lint.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema/schema.h"
#include "core/version.h"

namespace migrate::app {
namespace {

using core::lint::Linter;

std::string_view without_dot(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return path;
}

/// Which files are asked for.
class Choice {
 public:
  explicit Choice(const std::vector<std::string>& words) : words_(words) {}

  bool is_everything() const { return words_.empty(); }
  /// Notes the files of the step that a word names, and whether there is one.
  bool takes(const core::Step& step) {
    bool taken = false;
    for (const std::string& word : words_) {
      if (names(word, step)) {
        taken = note(word, step.up);
        if (step.down) note(word, *step.down);
      } else if (is_path_of(word, step.up)) {
        taken = note(word, step.up);
      } else if (step.down && is_path_of(word, *step.down)) {
        taken = note(word, *step.down);
      }
    }
    return taken;
  }
  bool has(const std::string& path) const { return is_everything() || paths_.contains(path); }
  /// Words that no step answers to.
  std::vector<std::string> rest() const {
    std::vector<std::string> rest;
    std::ranges::copy_if(words_, std::back_inserter(rest),
                         [&](const std::string& word) { return !known_.contains(word); });
    return rest;
  }
  void add(const std::string& path) { paths_.insert(path); }

 private:
  bool note(const std::string& word, const core::ScriptFile& file) {
    known_.insert(word);
    paths_.insert(file.path);
    return true;
  }
  static bool is_path_of(const std::string& word, const core::ScriptFile& file) {
    return without_dot(word) == without_dot(file.path);
  }
  static bool names(const std::string& word, const core::Step& step) {
    const auto version = core::Version::parse(word);
    const bool by_version =
        step.id.kind == core::StepKind::versioned && version && version->canonical() == step.id.key;
    return by_version || word == core::display_name(step.id, step.name);
  }

  const std::vector<std::string>& words_;
  std::set<std::string> known_;
  std::set<std::string> paths_;
};

/// One outside the catalog: nothing is known of a step that it may belong to.
core::Step step_of(const std::string& path) {
  if (!path.ends_with(".sql")) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("'{}' is no step, and no .sql file", path),
                      "name a version, a step or a file; see them with: migrate status");
  }
  return {.id = {core::StepKind::repeatable, path}, .name = path, .up = {.path = path}};
}

/// Each once: a directive in a header is read with the catalog and by the linter.
void refuse(const std::vector<core::Problem>& loaded, const std::vector<core::Problem>& found) {
  std::vector<std::string> lines;
  for (const auto* problems : {&loaded, &found}) {
    for (const core::Problem& problem : *problems) {
      std::string line = core::to_string(problem);
      if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
    }
  }
  if (lines.empty()) return;
  throw core::Fault(core::ExitCode::configuration, fmt::format("{}", fmt::join(lines, "\n")),
                    "mend the files and run: migrate lint");
}

}  // namespace

LintFacts facts_of(port::Session& session) {
  LintFacts facts;
  for (const core::LedgerRow& row : session.history().load().ledger) {
    if (row.state == core::LedgerState::applied || row.state == core::LedgerState::baselined)
      facts.applied.insert(row.id);
  }
  facts.tables = tables_of(session.schema());
  return facts;
}

core::lint::Tables tables_of(port::Schema& schema) {
  core::lint::Tables tables;
  for (const core::schema::Table& table : schema.read_with_sizes().tables)
    core::lint::declare(tables, table.definition, table.estimated_rows);
  return tables;
}

core::lint::Report lint(port::StepSource& steps, const LintRequest& request,
                        const LintFacts* facts) {
  const core::CatalogResult loaded = steps.load();
  Linter linter(request.severities,
                [&](const core::ScriptFile& file, const auto& take) { steps.read(file, take); });
  Choice choice(request.which);
  bool asked = false;
  const auto look_at = [&](const core::Step& step) {
    const bool pending = facts != nullptr && !facts->applied.contains(step.id);
    if (pending && step.id.kind == core::StepKind::versioned && !std::exchange(asked, true))
      linter.replace_tables(facts->tables);
    const bool wanted =
        choice.takes(step) || (choice.is_everything() && (facts == nullptr || pending));
    linter.look_at(step, wanted ? Linter::Telling::everything : Linter::Telling::nothing);
  };
  std::ranges::for_each(loaded.catalog.repeatable, look_at);
  std::ranges::for_each(loaded.catalog.versioned, look_at);
  for (const std::string& path : choice.rest()) {
    choice.add(path);
    linter.look_at(step_of(path), Linter::Telling::everything);
  }
  core::lint::Report report = linter.take_report();
  refuse(loaded.problems, report.problems);
  std::erase_if(report.findings,
                [&](const core::lint::Finding& finding) { return !choice.has(finding.path); });
  return report;
}

}  // namespace migrate::app
