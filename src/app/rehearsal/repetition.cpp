#include "repetition.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/schema/difference.h"
#include "culprit.h"
#include "findings.h"

namespace migrate::app {

using core::rehearsal::Finding;
using core::rehearsal::Proof;
using core::rehearsal::ProofState;
using core::rehearsal::RowDifference;
using core::rehearsal::StepVerification;

namespace {

/// What a column is filled with where nobody gives it a value.
void add_defaults(const core::schema::Schema& schema, const std::vector<RowDifference>& rows,
                  std::vector<std::string>& causes) {
  for (const RowDifference& difference : rows) {
    const core::schema::Table* table = schema.find_table(difference.table);
    for (const std::string& name : difference.columns) {
      const core::schema::Column* column = table == nullptr ? nullptr : table->find_column(name);
      if (column == nullptr) continue;
      const bool computed =
          column->default_value && column->default_value->find_first_of("(") != std::string::npos;
      const bool moment =
          column->default_value && column->default_value->starts_with("CURRENT_TIMESTAMP");
      if (computed || moment) {
        causes.push_back(fmt::format("{}.{} takes its default, {}, where it is not given a value",
                                     difference.table, name, *column->default_value));
      }
    }
  }
}

}  // namespace

Repetition::Repetition(const RehearsalPorts& ports, const VerifyRequest& request)
    : ports_(ports),
      request_(request),
      plain_(ports, request, {}, "on a fresh schema"),
      moved_(ports, request, other_clock_and_session(),
             "with another clock and other session settings"),
      counted_(ports, request, other_counters(),
               "with gaps between the ids (auto_increment_increment 7, auto_increment_offset 3)") {}

StageRun Repetition::Repeated::up(const core::Step& step, const VerifyRequest& request) {
  if (request.rows > 0) filling.fill(stage, stage.schema());
  stage.steps().add(step);
  StageRun run = stage.up();
  broken = !run.succeeded();
  return run;
}

void Repetition::apply(const core::Step& step) {
  // What differs from here on is not the doing of those behind it.
  StepVerification untold;
  prove(step, untold);
}

void Repetition::prove(const core::Step& step, StepVerification& verification) {
  if (plain_.broken || (moved_.broken && counted_.broken)) return;
  const StageRun run = plain_.up(step, request_);
  if (!run.succeeded()) {
    add(verification, failed(Proof::deterministic,
                             "applied on a fresh schema, it fails where it did not before", run));
    return;
  }
  verification.proofs[Proof::deterministic] = ProofState::proven;
  for (Repeated* other : {&moved_, &counted_}) {
    if (!other->broken) compare_with(*other, step, verification);
  }
}

void Repetition::compare_with(Repeated& other, const core::Step& step,
                              StepVerification& verification) {
  const StageRun run = other.up(step, request_);
  if (!run.succeeded()) {
    add(verification, failed(Proof::deterministic, fmt::format("it fails {}", other.words), run));
    return;
  }
  const core::schema::Schema expected = plain_.stage.schema();
  const core::schema::Schema found = other.stage.schema();
  auto differences = core::schema::differences(expected, found);
  std::erase_if(differences, [&](const core::schema::Difference& difference) {
    return !other.told.insert(core::schema::words_for(difference.object)).second;
  });
  if (!differences.empty()) {
    Finding finding{.proof = Proof::deterministic,
                    .message = fmt::format("it leaves another schema {}", other.words)};
    finding.place = culprit(step.up, ports_.steps, differences);
    finding.differences = std::move(differences);
    add(verification, std::move(finding));
  }
  compare_rows(other, step, expected, found, verification);
}

void Repetition::compare_rows(Repeated& other, const core::Step& step,
                              const core::schema::Schema& expected,
                              const core::schema::Schema& found, StepVerification& verification) {
  auto rows = core::rehearsal::row_differences(plain_.stage.scratch().facts().digests(expected),
                                               other.stage.scratch().facts().digests(found));
  std::erase_if(rows, [&](const RowDifference& difference) {
    return !other.told.insert("rows of " + difference.table).second;
  });
  if (rows.empty()) return;
  std::vector<std::string> words;
  words.reserve(rows.size());
  for (const RowDifference& difference : rows)
    words.push_back(fmt::format("table {}: {}", difference.table, difference.words));
  // Ids that the server gives are nobody's promise; that they refer to each other is.
  const bool only_ids =
      &other == &counted_ && std::ranges::all_of(rows, [](const RowDifference& difference) {
        return difference.only_counters;
      });
  if (only_ids) {
    verification.notes.push_back(
        fmt::format("the ids that it leaves to AUTO_INCREMENT depend on the server: {}",
                    fmt::join(words, "; ")));
    return;
  }
  Finding finding{.proof = Proof::deterministic,
                  .message = fmt::format("it leaves other rows {}", other.words)};
  DataCulprit culprit = data_culprit(step, ports_.steps, rows);
  finding.rows = std::move(words);
  finding.place = std::move(culprit.place);
  finding.causes = std::move(culprit.causes);
  if (finding.causes.empty()) add_defaults(expected, rows, finding.causes);
  add(verification, std::move(finding));
}

}  // namespace migrate::app
