#include "app/planning.h"

#include <algorithm>
#include <functional>
#include <future>
#include <map>
#include <string>

#include <fmt/format.h>

#include "app/locked_sessions.h"
#include "app/shape_check.h"
#include "core/temporary_table.h"
#include "drift_check.h"
#include "examination.h"
#include "open_intents.h"

namespace migrate::app {
namespace {

constexpr std::size_t detail_bytes = 1000;

/// Of the statements that a half-done step already ran, as its file has them now.
core::StatementHashes hashes_of_partial_step(port::StepSource& steps, const core::Catalog& catalog,
                                             const core::History& history) {
  core::StatementHashes hashes;
  for (const core::LedgerRow& row : history.ledger) {
    const bool up = row.state == core::LedgerState::partly_up;
    if (!up && row.state != core::LedgerState::partly_down) continue;
    const core::Step* step = catalog.find(row.id);
    if (step == nullptr || (!up && !step->down)) continue;
    const core::ScriptFile& file = step->file(up ? core::Direction::up : core::Direction::down);
    std::vector<core::Problem> problems;
    steps.examine(file, problems);
    if (!problems.empty()) continue;  // nothing of it will run
    const auto stream = steps.open(file);
    while (hashes.size() < row.statements_done) {
      auto statement = stream->next();
      if (!statement) break;
      hashes.push_back(std::move(statement->hash));
    }
  }
  return hashes;
}

std::optional<core::Refusal> refuse_oversized(const core::Plan& plan, std::uint64_t limit) {
  for (const core::PlannedStep& planned : plan.steps) {
    const core::Script& script = planned.script;
    if (script.shape.longest_statement <= limit) continue;
    return core::Refusal{
        .reason = fmt::format(
            "{}:{}:{}: a statement of {} bytes is longer than the server takes in one packet "
            "(max_allowed_packet leaves {} bytes)",
            script.path, script.shape.longest_statement_at.line,
            script.shape.longest_statement_at.column, script.shape.longest_statement, limit),
        .way_out = "cut it into shorter statements, or raise max_allowed_packet on the server"};
  }
  return std::nullopt;
}

/// Adds to a refusal what a person has to look for: the statement in doubt, as its file has it.
void show_statement_in_doubt(core::Refusal& refusal, port::StepSource& steps,
                             const core::Catalog& catalog, const core::History& history) {
  for (const core::JournalRow& row : history.journal) {
    const core::Step* step = catalog.find(row.id);
    const bool has_file = step != nullptr && (row.direction == core::Direction::up || step->down);
    if (!core::in_doubt(row) || !has_file) continue;
    const core::ScriptFile& script = step->file(row.direction);
    const auto stream = steps.open(script);
    while (auto statement = stream->next()) {
      if (statement->index < row.first) continue;
      refusal.reason =
          fmt::format("{}:{}: {}", script.path, statement->statement.position.line, refusal.reason);
      refusal.detail = statement->statement.text.substr(0, detail_bytes);
      return;
    }
  }
}

/// A temporary table dies with its connection: refuses a step that goes on behind the statement
/// that made one, when a statement that is still to run mentions it.
std::optional<core::Refusal> refuse_lost_temporary_table(const core::PlannedStep& planned,
                                                         port::StepSource& steps) {
  const bool goes_on = planned.reason == core::Reason::continues && planned.first_statement > 1;
  if (!goes_on) return std::nullopt;
  const core::Script& script = planned.script;
  const auto stream = steps.open(script);
  std::map<std::string, std::uint64_t> made;  // name to the statement that made it
  while (auto numbered = stream->next()) {
    const std::string& text = numbered->statement.text;
    for (const std::string& name : core::temporary_tables_dropped(text)) made.erase(name);
    if (numbered->index < planned.first_statement) {
      for (const std::string& name : core::temporary_tables_made(text))
        made[name] = numbered->index;
      continue;
    }
    for (const std::string& name : core::temporary_tables_made(text)) made.erase(name);
    for (const auto& [name, statement] : made) {
      if (!core::mentions(text, name)) continue;
      return core::Refusal{
          .code = core::ExitCode::in_doubt,
          .reason = fmt::format("{}:{}: statement {} uses the temporary table `{}`, which "
                                "statement {} made and which "
                                "went with the connection of the run that ended",
                                script.path, numbered->statement.position.line, numbered->index,
                                name, statement),
          .way_out = fmt::format(
              "make it again in the file, by a CREATE TEMPORARY TABLE in front of statement {}, "
              "then run the same command",
              planned.first_statement)};
    }
  }
  return std::nullopt;
}

/// The newest run, if it did not come to its end. One that is under way has not been cut off.
std::optional<core::UnfinishedRun> cut_off_run(port::Session& session) {
  auto unfinished = session.history().unfinished_run();
  if (unfinished && LockedSessions::other_run(session)) return std::nullopt;
  return unfinished;
}

bool is_half_undone(const core::LedgerRow& row) {
  return row.state == core::LedgerState::partly_down;
}

core::PlanResult guarded(core::PlanResult result, const Standing& standing,
                         const core::Catalog& catalog, port::Session& session,
                         port::StepSource& steps) {
  if (auto* refusal = std::get_if<core::Refusal>(&result)) {
    if (refusal->code == core::ExitCode::in_doubt && standing.open) {
      refusal->reason = standing.told;
      if (standing.running) {
        refusal->code = core::ExitCode::locked;
        refusal->way_out = "wait until it has ended, then look again";
        return result;
      }
      show_statement_in_doubt(*refusal, steps, catalog, standing.history);
    }
    return result;
  }
  auto* plan = std::get_if<core::Plan>(&result);
  plan->looks_at_whole_schema = !standing.history.keeps_schema;
  plan->left_schema_open = standing.history.left_schema_open;
  if (standing.settles())
    plan->warnings.insert(plan->warnings.begin(), "will be settled first: " + standing.told);
  for (const core::PlannedStep& planned : plan->steps) {
    if (auto refusal = refuse_lost_temporary_table(planned, steps)) return *refusal;
  }
  if (auto refusal = refuse_oversized(*plan, session.packet_limit())) return *refusal;
  if (auto refusal = refuse_other_shape(*plan, session.schema(), steps)) return *refusal;
  return result;
}

}  // namespace

core::Catalog load_catalog(port::StepSource& steps) {
  core::CatalogResult result = steps.load();
  // What is due is not known then, so all is told that is wrong with any file.
  if (!result.problems.empty()) refuse_problems(examine_all(result, steps).problems);
  return std::move(result.catalog);
}

core::Catalog load_catalog_while(port::StepSource& steps, port::Background& background,
                                 const std::function<void()>& meanwhile) {
  std::future<void> asked = background.begin(meanwhile);
  core::Catalog catalog = load_catalog(steps);
  asked.get();
  return catalog;
}

std::optional<core::History> history_at_rest(port::Session& session) {
  // In this order: whatever had the locks before has written its history by now.
  if (LockedSessions::other_run(session)) return std::nullopt;
  core::History history = session.history().load();
  if (!history.journal.empty() || !history.left_schema_open.empty()) return std::nullopt;
  return history;
}

std::optional<core::Plan> empty_plan_up(const core::History& at_rest, port::StepSource& steps,
                                        const core::Catalog& catalog,
                                        const core::UpRequest& request) {
  Examination examination(steps);
  core::PlanResult result = core::plan_up(catalog, at_rest, request, {}, std::ref(examination));
  refuse_problems(examination.problems());
  auto* plan = std::get_if<core::Plan>(&result);
  if (plan == nullptr || !plan->steps.empty()) return std::nullopt;
  return std::move(*plan);
}

core::PlanResult plan_up_on(port::Session& session, port::StepSource& steps,
                            const core::Catalog& catalog, const core::UpRequest& request) {
  const Standing standing = look_at_history(session);
  std::optional<core::UnfinishedRun> cut_off;
  if (std::ranges::any_of(standing.history.ledger, is_half_undone)) cut_off = cut_off_run(session);
  Examination examination(steps);
  core::PlanResult plan = core::plan_up(catalog, standing.history, request,
                                        hashes_of_partial_step(steps, catalog, standing.history),
                                        std::ref(examination), cut_off);
  refuse_problems(examination.problems());
  plan = guarded(std::move(plan), standing, catalog, session, steps);
  if (auto* accepted = std::get_if<core::Plan>(&plan)) {
    if (auto refusal = refuse_drift(*accepted, standing.history, session, request)) return *refusal;
  }
  return plan;
}

core::PlanResult plan_down_on(port::Session& session, port::StepSource& steps,
                              const core::Catalog& catalog, const core::DownRequest& request) {
  const Standing standing = look_at_history(session);
  Examination examination(steps);
  core::PlanResult plan = core::plan_down(catalog, standing.history, request,
                                          hashes_of_partial_step(steps, catalog, standing.history),
                                          std::ref(examination), cut_off_run(session));
  refuse_problems(examination.problems());
  return guarded(std::move(plan), standing, catalog, session, steps);
}

core::PlanResult plan_redo_on(port::Session& session, port::StepSource& steps,
                              const core::Catalog& catalog) {
  const Standing standing = look_at_history(session);
  Examination examination(steps);
  core::PlanResult plan = core::plan_redo(catalog, standing.history,
                                          hashes_of_partial_step(steps, catalog, standing.history),
                                          std::ref(examination), cut_off_run(session));
  refuse_problems(examination.problems());
  return guarded(std::move(plan), standing, catalog, session, steps);
}

core::PlanResult go_on_with(const core::Plan& plan, std::size_t done, port::Session& session,
                            port::StepSource& steps) {
  const Standing standing = look_at_history(session);
  if (standing.open && !standing.open->settlement.decided) {
    return core::Refusal{.code = core::ExitCode::in_doubt,
                         .reason = standing.told,
                         .way_out = "see what to look for with: migrate plan"};
  }
  core::Plan left = core::remaining(plan, done, standing.history);
  for (const core::PlannedStep& planned : left.steps) {
    if (auto refusal = refuse_lost_temporary_table(planned, steps)) return *refusal;
  }
  return left;
}

}  // namespace migrate::app
