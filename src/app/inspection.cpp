#include "app/inspection.h"

#include <algorithm>

#include "app/planning.h"
#include "examination.h"
#include "open_intents.h"

namespace migrate::app {
namespace {

constexpr std::size_t most_statements = 1000;
constexpr std::size_t text_bytes = 200;

std::string folded(const std::string& text) {
  std::string line;
  for (const char c : text.substr(0, text_bytes)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  return line;
}

/// Splits what `up` (or `down`, of a step that it stopped in) would run.
void examine_due(const core::Status& status, const core::Catalog& catalog,
                 const core::History& history, Examination& examination) {
  using core::StepStatus;
  for (const core::StatusRow& row : status.rows) {
    const bool due = row.status == StepStatus::pending || row.status == StepStatus::out_of_order ||
                     row.status == StepStatus::partial;
    const core::Step* step = due ? catalog.find(row.id) : nullptr;
    if (step == nullptr) continue;
    const core::LedgerRow* ledger =
        row.status == StepStatus::partial ? history.find(row.id) : nullptr;
    if (ledger == nullptr || ledger->state == core::LedgerState::partly_up) {
      examination(step->up);
    } else if (step->down) {
      examination(*step->down);
    }
  }
}

}  // namespace

core::Status inspect(const std::function<std::unique_ptr<port::Session>()>& connect,
                     port::StepSource& steps, port::Background& background) {
  Standing standing;
  const core::Catalog catalog =
      load_catalog_while(steps, background, [&] { standing = look_at_history(*connect()); });
  core::Status status = core::make_status(catalog, standing.history);
  Examination examination(steps);
  examine_due(status, catalog, standing.history, examination);
  refuse_problems(examination.problems());
  if (!standing.open) return status;
  for (core::StatusRow& row : status.rows) {
    const bool open =
        std::ranges::any_of(standing.open->intents,
                            [&row](const core::JournalRow& intent) { return intent.id == row.id; });
    if (open && standing.running) row.status = core::StepStatus::partial;
    if (row.id == standing.open->where_it_goes_on().id) row.note = standing.told;
  }
  return status;
}

port::Validation validate(port::StepSource& steps) {
  return examine_all(steps.load(), steps);
}

std::vector<port::PlanView> view(const core::Plan& plan, port::StepSource& steps) {
  std::vector<port::PlanView> views;
  for (const core::PlannedStep& planned : plan.steps) {
    port::PlanView view{.planned = planned};
    const auto stream = steps.open(planned.script);
    while (auto statement = stream->next()) {
      if (statement->index < planned.first_statement) continue;
      if (view.statements.size() == most_statements) {
        view.truncated = true;
        break;
      }
      view.statements.push_back({.index = statement->index,
                                 .position = statement->statement.position,
                                 .effect = statement->statement.effect,
                                 .text = folded(statement->statement.text)});
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace migrate::app
