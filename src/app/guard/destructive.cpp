#include "app/guard/destructive.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "app/lint.h"
#include "core/lint/linter.h"
#include "core/schema_change.h"

namespace migrate::app {
namespace {

using core::guard::Destruction;
using core::guard::Destructions;
using core::lint::Finding;
using core::lint::Linter;

/// Goes through the files of a run in its order.
class Look {
 public:
  Look(const GuardedRun& run, const std::vector<std::string>& protected_objects)
      : run_(run), protected_(protected_objects), tables_(tables_of(run.session.schema())) {}

  /// A file as if it stood alone: what it takes back, it takes away here.
  void at(const core::StepId& id, const core::Script& script, std::uint64_t first,
          const std::vector<Finding>* but_for) {
    if (!script.shape.touched.any()) return;
    Linter linter(core::guard::destructive_rules(), read());
    linter.replace_tables(std::move(tables_));
    const core::ScriptFile& file = script;
    linter.look_at({.id = id, .name = file.path, .up = file}, Linter::Telling::everything);
    tables_ = linter.tables();
    std::map<std::uint64_t, std::vector<Finding>> found;
    for (Finding& finding : linter.take_report().findings)
      found[finding.statement].push_back(std::move(finding));
    const auto statements = run_.steps.open(script);
    while (const auto numbered = statements->next()) {
      if (numbered->index < first) continue;
      add(script, *numbered, found[numbered->index], but_for);
    }
  }

  /// What of a way back is no more than that.
  std::vector<Finding> beyond_way_back(const core::Step& step) const {
    Linter linter(core::guard::destructive_rules(), read());
    linter.replace_tables(core::lint::Tables::over(tables_));
    linter.look_at(step, Linter::Telling::everything);
    return linter.take_report().findings;
  }

  Destructions take() { return std::move(destructions_); }

 private:
  core::lint::ReadFile read() const {
    return [this](const core::ScriptFile& file, const auto& take) { run_.steps.read(file, take); };
  }

  void add(const core::Script& script, const core::NumberedStatement& numbered,
           const std::vector<Finding>& findings, const std::vector<Finding>* but_for) {
    std::vector<core::ObjectName> objects;
    std::vector<Destruction> renamed;
    const std::string where = fmt::format("{}:{}", script.path, numbered.statement.position.line);
    for (const auto& [object, change] : core::schema_change(numbered.statement.text).objects) {
      if (change == core::Change::created || change == core::Change::renamed_here) continue;
      objects.push_back(object);
      if (change != core::Change::renamed_away || !core::guard::is_protected(object, protected_))
        continue;
      renamed.push_back({.where = where,
                         .what = fmt::format("{} is renamed", object.name),
                         .word = Destruction::Word::plain,
                         .objects = {object}});
    }
    for (const Finding& finding : findings) {
      if (finding.severity == core::lint::Severity::notice) {
        if (!finding.is_allowed()) ++destructions_.unseen;
        continue;
      }
      destructions_.found.push_back(
          {.where = fmt::format("{}:{}", script.path, finding.position.line),
           .what = finding.message,
           .rule = finding.rule,
           .word = word(finding, but_for),
           .objects = objects});
    }
    std::ranges::move(renamed, std::back_inserter(destructions_.found));
  }

  static Destruction::Word word(const Finding& finding, const std::vector<Finding>* but_for) {
    if (finding.is_allowed()) return Destruction::Word::said;
    const auto place = [](const Finding& one) {
      return std::tuple(std::string_view(one.path), one.statement, std::string_view(one.rule),
                        one.position.line, one.position.column);
    };
    const bool is_way_back =
        but_for != nullptr && std::ranges::find(*but_for, place(finding), place) == but_for->end();
    return is_way_back ? Destruction::Word::plain : Destruction::Word::needed;
  }

  const GuardedRun& run_;
  const std::vector<std::string>& protected_;
  core::lint::Tables tables_;
  Destructions destructions_;
};

}  // namespace

core::guard::Verdict DestructiveGuard::ask(const GuardedRun& run) const {
  Look look(run, policy_.protected_objects);
  for (const core::PlannedStep& planned : run.plan.steps) {
    std::vector<Finding> beyond;
    const bool is_back = planned.direction == core::Direction::down;
    if (is_back) beyond = look.beyond_way_back(planned.step);
    look.at(planned.step.id, planned.script, planned.first_statement, is_back ? &beyond : nullptr);
  }
  if (run.file != nullptr)
    look.at({core::StepKind::repeatable, run.file->path}, *run.file, 1, nullptr);
  Destructions destructions = look.take();
  if (!run.dropped.empty()) {
    destructions.found.push_back(
        {.what = fmt::format("everything in the schema is dropped: {} objects", run.dropped.size()),
         .word = Destruction::Word::plain,
         .objects = run.dropped});
  }
  return core::guard::destructive_verdict(destructions, policy_);
}

}  // namespace migrate::app
