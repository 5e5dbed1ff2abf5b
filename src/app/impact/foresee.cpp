#include "app/impact/foresee.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "app/outlook.h"
#include "core/impact/touched_rows.h"
#include "core/impact/way.h"
#include "core/lint/linter.h"
#include "core/lint/tables.h"
#include "core/schema_change.h"

namespace migrate::app {
namespace {

using core::Change;
using core::ChangedObject;
using core::ObjectKind;
using core::ObjectName;
using core::estimate::TableSize;
using core::impact::Handling;
using core::impact::StatementImpact;
using core::impact::StepImpact;
using core::impact::TouchedTable;

constexpr std::size_t most_statements = 1000;

/// The tables that there are while a plan goes on.
class TablesOfPlan {
 public:
  TablesOfPlan(const core::schema::Schema& schema, std::string own) : schema_name_(std::move(own)) {
    for (const core::schema::Table& table : schema.tables) filled_.insert(table.name);
  }

  bool is_own(const ObjectName& object) const {
    return object.schema.empty() || object.schema == schema_name_;
  }
  bool is_new(const std::string& table) const { return new_.contains(table); }
  bool is_there(const std::string& table) const { return filled_.contains(table); }

  void follow(const std::vector<ChangedObject>& objects) {
    const ChangedObject* from = nullptr;
    for (const ChangedObject& changed : objects) {
      if (changed.object.kind != ObjectKind::table || !is_own(changed.object)) continue;
      const std::string& name = changed.object.name;
      switch (changed.change) {
        case Change::created:
          if (!filled_.contains(name)) new_.insert(name);
          break;
        case Change::dropped:
          filled_.erase(name);
          new_.erase(name);
          break;
        case Change::renamed_away:
          from = &changed;
          break;
        case Change::renamed_here:
          if (from != nullptr) rename(from->object.name, name);
          break;
        case Change::altered:
          break;
      }
    }
  }

 private:
  void rename(const std::string& from, const std::string& to) {
    if (filled_.erase(from) > 0) filled_.insert(to);
    if (new_.erase(from) > 0) new_.insert(to);
  }

  std::string schema_name_;
  std::set<std::string> filled_;  ///< that were there before the plan
  std::set<std::string> new_;
};

Handling unknown(std::string words) {
  return {.kind = Handling::Kind::unknown, .words = std::move(words)};
}

/// How a schema statement runs, as far as nobody was asked.
Handling handling_of(std::string_view text, const core::SchemaChange& change,
                     const TablesOfPlan& tables) {
  if (change.objects.empty()) return unknown("what it runs is known only when it runs");
  if (!core::impact::AlterStatement::read(text))
    return {.kind = change.may_take_long ? Handling::Kind::rows : Handling::Kind::definition};
  const ObjectName& table = change.objects.front().object;
  if (!tables.is_own(table)) return unknown("the table is in another schema");
  Handling handling;
  if (tables.is_new(table.name)) handling.kind = Handling::Kind::new_table;
  if (tables.is_there(table.name)) handling.kind = Handling::Kind::not_asked;
  if (handling.kind != Handling::Kind::unknown) return handling;
  return unknown(fmt::format("table {} is not there", table.name));
}

class Foreseeing {
 public:
  Foreseeing(Foresight& foresight, std::string schema)
      : foresight_(foresight), tables_(foresight.schema, std::move(schema)) {}

  void look_at(const core::PlannedStep& planned, port::StepSource& steps) {
    StepImpact step{.name = core::display_name(planned.step.id, planned.step.name),
                    .path = planned.script.path,
                    .is_versioned = planned.step.id.kind == core::StepKind::versioned};
    if (planned.step.down) step.down_path = planned.step.down->path;
    const auto stream = steps.open(planned.script);
    while (const auto numbered = stream->next()) {
      if (numbered->index < planned.first_statement) continue;
      if (step.statements.size() == most_statements) break;
      step.statements.push_back(look_at(*numbered));
    }
    foresight_.impact.steps.push_back(std::move(step));
  }

  const std::map<std::string, bool>& touched() const { return touched_; }

 private:
  StatementImpact look_at(const core::NumberedStatement& numbered) {
    const core::Statement& statement = numbered.statement;
    StatementImpact impact{.index = numbered.index,
                           .text = statement.text.substr(0, StatementImpact::text_bytes),
                           .cut = statement.text.size() > StatementImpact::text_bytes};
    switch (statement.effect) {
      case core::Effect::schema:
        look_at_schema_statement(statement.text, impact);
        break;
      case core::Effect::data:
        impact.handling.kind = Handling::Kind::rows;
        if (auto table = core::impact::touched_by_rows(statement.text)) touch(*table, impact);
        break;
      case core::Effect::session:
        impact.handling.kind = Handling::Kind::session;
        break;
      case core::Effect::neutral:
        impact.handling.kind = Handling::Kind::session;
        if (core::impact::rebuilds_by_name(statement.text))
          impact.handling = unknown("OPTIMIZE TABLE takes no ALGORITHM that could be asked for");
        break;
    }
    return impact;
  }

  void look_at_schema_statement(const std::string& text, StatementImpact& impact) {
    foresight_.has_schema_statements = true;
    const core::SchemaChange change = core::schema_change(text);
    impact.handling = handling_of(text, change, tables_);
    tables_.follow(change.objects);
    for (const ChangedObject& changed : change.objects) touch(changed.object, impact);
  }

  void touch(const ObjectName& object, StatementImpact& impact) {
    if (std::ranges::find(impact.touches, object) == impact.touches.end())
      impact.touches.push_back(object);
    if (object.kind == ObjectKind::table && tables_.is_own(object))
      touched_.try_emplace(object.name, tables_.is_new(object.name));
  }

  Foresight& foresight_;
  TablesOfPlan tables_;
  std::map<std::string, bool> touched_;  ///< by name: whether the plan makes it
};

void describe_tables(Foresight& foresight, const std::map<std::string, bool>& touched,
                     const std::vector<TableSize>& sizes) {
  core::impact::Impact& impact = foresight.impact;
  for (const auto& [name, is_new] : touched) {
    TouchedTable table{.name = name, .is_new = is_new};
    if (foresight.schema.find_table(name) != nullptr) {
      table.is_new = false;
      if (const TableSize* size = core::estimate::size_of({.name = name}, sizes)) {
        table.rows = size->rows;
        table.bytes = size->bytes();
      }
    } else if (!is_new) {
      continue;  // a view, or what nobody knows of
    }
    for (const core::schema::Trigger& trigger : foresight.schema.triggers) {
      if (trigger.table == name) table.triggers.push_back(trigger.name);
    }
    impact.tables.push_back(std::move(table));
  }
}

/// With nothing but what the server says of its tables.
std::vector<core::lint::Finding> findings_of(const core::Plan& plan, port::StepSource& steps,
                                             const Foresight& foresight,
                                             const core::lint::Severities& severities) {
  core::lint::Linter linter(
      severities, [&](const core::ScriptFile& file, const auto& take) { steps.read(file, take); });
  core::lint::Tables tables;
  for (const core::schema::Table& table : foresight.schema.tables) {
    const TouchedTable* touched = foresight.impact.find_table(table.name);
    core::lint::declare(tables, table.definition,
                        touched == nullptr ? std::nullopt : touched->rows);
  }
  linter.replace_tables(std::move(tables));
  std::set<std::string> paths;
  for (const core::PlannedStep& planned : plan.steps) {
    paths.insert(planned.script.path);
    linter.look_at(planned.step, core::lint::Linter::Telling::everything);
  }
  std::vector<core::lint::Finding> findings = linter.take_report().findings;
  std::erase_if(findings, [&](const auto& finding) { return !paths.contains(finding.path); });
  return findings;
}

/// As far as the texts tell. A statement that the outlook does not name takes a moment.
void expect_times(core::impact::Impact& impact, const core::estimate::Outlook& outlook) {
  for (std::size_t i = 0; i < impact.steps.size(); ++i) {
    for (StatementImpact& statement : impact.steps[i].statements) {
      const auto* known = outlook.steps[i].find(statement.index);
      statement.expected.time = std::chrono::milliseconds(0);
      if (known != nullptr) statement.expected = known->estimate;
    }
  }
}

}  // namespace

bool Foresight::leaves_open() const {
  return std::ranges::any_of(impact.steps, [](const StepImpact& step) {
    return std::ranges::any_of(step.statements, [](const StatementImpact& statement) {
      return statement.handling.kind == Handling::Kind::not_asked;
    });
  });
}

Foresight foresee(const core::Plan& plan, port::Session& session, port::Traffic& traffic,
                  port::StepSource& steps, const core::lint::Severities& severities) {
  Foresight foresight;
  foresight.schema = session.schema().read();
  core::impact::Impact& impact = foresight.impact;
  impact.server = session.info();
  Foreseeing foreseeing(foresight, session.info().schema);
  for (const core::PlannedStep& planned : plan.steps) foreseeing.look_at(planned, steps);
  std::vector<ObjectName> there;
  std::vector<std::string> names;
  for (const auto& [name, is_new] : foreseeing.touched()) {
    if (foresight.schema.find_table(name) == nullptr) continue;
    there.push_back({.name = name});
    names.push_back(name);
  }
  describe_tables(foresight, foreseeing.touched(), session.schema().sizes(there));
  impact.links = core::impact::links_of(foresight.schema.tables, impact.tables);
  expect_times(impact, outlook_of(plan, session, steps));
  impact.traffic = traffic.at(names);
  foresight.findings = findings_of(plan, steps, foresight, severities);
  return foresight;
}

}  // namespace migrate::app
