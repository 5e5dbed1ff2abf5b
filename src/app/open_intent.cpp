#include "open_intent.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/locked_sessions.h"
#include "core/mark.h"
#include "core/plan.h"

namespace migrate::app {
namespace {

/// Whether the log has the statement as it was sent, mark and all, if it ran. Of most others a
/// server logs a text of its own making.
bool logged_as_sent(const core::Witness& witness) {
  return !witness.objects.empty() &&
         std::ranges::all_of(witness.objects, [](const core::ObjectBefore& before) {
           const core::Change change = before.changed.change;
           return before.changed.object.kind == core::ObjectKind::table &&
                  change != core::Change::created && change != core::Change::dropped;
         });
}

/// Whether the first `settlement.applied` and the one behind them are all that the log has to tell:
/// a statement that needs it travels alone.
void ask_binary_log(port::Session& session, const core::JournalRow& intent,
                    core::Settlement& settlement) {
  if (intent.log_position.file.empty() || intent.hashes.size() != 1) return;
  const std::string mark = fmt::format("migrate {} {}", intent.run_id,
                                       core::mark_of(intent.id, intent.direction, intent.first));
  switch (session.binary_log().find(intent.log_position, mark)) {
    case port::BinaryLog::Found::yes:
      settlement = {.applied = 1, .seen = "the server's binary log has it"};
      return;
    case port::BinaryLog::Found::no:
      if (!logged_as_sent(intent.witnesses.front())) return;
      settlement = {.applied = 0, .seen = "the server's binary log does not have it"};
      return;
    case port::BinaryLog::Found::unreadable:
      return;
  }
}

/// A table that changed may have been changed by somebody else.
void compare_with_rehearsal(port::Session& session, const core::Witness& witness,
                            core::Settlement& settlement) {
  const core::ObjectName& table = witness.objects.front().changed.object;
  const auto rehearsed = session.schema().rehearse(table, *witness.rehearsal);
  if (rehearsed != port::Schema::Rehearsed::otherwise) return;
  settlement = {.decided = false,
                .seen = fmt::format("table `{}` has changed, but not as the statement would "
                                    "change it: somebody else did",
                                    table.name)};
}

/// A server that died in the statement may have left a table half done whose engine has no atomic
/// DDL (https://dev.mysql.com/doc/refman/8.4/en/atomic-ddl.html; on MariaDB all engines are
/// crash-safe, https://mariadb.com/kb/en/atomic-ddl/).
void distrust_engine(port::Session& session, const core::JournalRow& intent,
                     core::Settlement& settlement) {
  if (session.info().family != core::ServerFamily::mysql) return;
  std::vector<core::ObjectName> names;
  for (const core::ObjectBefore& before : intent.witnesses[settlement.applied - 1].objects)
    names.push_back(before.changed.object);
  const auto definitions = session.schema().definitions(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string engine = definitions[i] ? definitions[i]->engine : "";
    if (engine.empty() || engine == "InnoDB" || engine == "ndbcluster") continue;
    if (!session.restarted_since(intent.at)) return;
    settlement = {
        .applied = settlement.applied - 1,
        .decided = false,
        .seen = fmt::format("table `{}` has changed, but the server was started anew since, and "
                            "the engine {} may leave a statement half done",
                            names[i].name, engine)};
    return;
  }
}

/// The objects that tell of the intent, as they are now.
std::vector<core::ObjectNow> witnesses_now(port::Schema& live, const core::JournalRow& intent) {
  std::vector<core::ObjectName> names = core::witnesses_of(intent);
  std::vector<std::optional<std::string>> fingerprints;
  // Such a statement is the only one of its intent.
  if (intent.witnesses.front().evidence == core::Evidence::identities) {
    fingerprints = live.identities(names);
  } else {
    for (auto& definition : live.definitions(names))
      fingerprints.push_back(definition ? std::optional(std::move(definition->fingerprint))
                                        : std::nullopt);
  }
  std::vector<core::ObjectNow> now;
  for (std::size_t i = 0; i < names.size(); ++i)
    now.push_back({.object = std::move(names[i]), .fingerprint = std::move(fingerprints[i])});
  return now;
}

OpenIntent look_at(port::Session& session, const core::JournalRow& intent) {
  OpenIntent open{.intent = intent};
  if (intent.witnesses.empty()) {
    open.settlement = {.decided = false, .seen = "nothing in the history shows what became of it"};
    return open;
  }
  open.settlement = core::settle(intent, witnesses_now(session.schema(), intent));
  if (!open.settlement.decided && open.settlement.ask_binary_log)
    ask_binary_log(session, intent, open.settlement);
  // Such a statement is the only one of its intent.
  const core::Witness& first = intent.witnesses.front();
  if (first.rehearsal && open.settlement.applied == 1)
    compare_with_rehearsal(session, first, open.settlement);
  if (open.settlement.decided && open.settlement.applied > 0)
    distrust_engine(session, intent, open.settlement);
  return open;
}

}  // namespace

core::JournalWrite OpenIntent::verdict() const {
  if (settlement.applied == 0) {
    return core::journal::Withdrawn{
        .id = intent.id, .direction = intent.direction, .first = intent.first};
  }
  const auto applied = static_cast<std::ptrdiff_t>(settlement.applied);
  return core::journal::Done{.id = intent.id,
                             .direction = intent.direction,
                             .first = intent.first,
                             .hashes = {intent.hashes.begin(), intent.hashes.begin() + applied}};
}

core::JournalWrite OpenIntent::rest() const {
  const auto applied = static_cast<std::ptrdiff_t>(settlement.applied);
  return core::journal::Intended{
      .id = intent.id,
      .direction = intent.direction,
      .unit = intent.unit,
      .first = intent.first + settlement.applied,
      .hashes = {intent.hashes.begin() + applied, intent.hashes.end()},
      .witnesses = {intent.witnesses.begin() + applied, intent.witnesses.end()}};
}

std::string OpenIntent::words(const core::History& history) const {
  const core::LedgerRow* step = history.find(intent.id);
  const std::string name =
      step == nullptr ? intent.id.key : core::display_name(intent.id, step->name);
  const std::uint64_t count = intent.hashes.size();
  const std::uint64_t last = intent.first + count - 1;
  std::string text = count == 1 ? fmt::format("statement {}", intent.first)
                                : fmt::format("statements {} to {}", intent.first, last);
  if (step != nullptr && intent.direction == core::Direction::up)
    text += fmt::format(" of {}", step->statements_total);
  text += fmt::format(" of {} {} in flight when a run ended; {}", name, count == 1 ? "was" : "were",
                      settlement.seen);
  if (!settlement.decided) return text;
  if (!settlement.left_to_drop.empty()) return text + ", so what is left will be dropped";
  if (settlement.applied == count)
    return text + (count == 1 ? ", so it counts as applied" : ", so they count as applied");
  if (settlement.applied == 0)
    return text + (count == 1 ? ", so it will run again" : ", so they will run again");
  return text + fmt::format(", so it goes on at statement {}", intent.first + settlement.applied);
}

Standing look_at_history(port::Session& session) {
  Standing standing{.history = session.history().load()};
  const auto row = std::ranges::find_if(standing.history.journal, core::in_doubt);
  if (row == standing.history.journal.end()) return standing;
  if (const auto running = LockedSessions::other_run(session)) {
    standing.running = true;
    standing.open = OpenIntent{
        .intent = *row,
        .settlement = {.decided = false,
                       .seen = fmt::format("connection {} is at it now", running->connection_id)}};
    return standing;
  }
  standing.open = look_at(session, *row);
  if (!standing.open->settlement.decided) return standing;
  standing.settles = standing.open->words(standing.history);
  standing.history.settle(standing.open->intent, standing.open->settlement.applied);
  return standing;
}

}  // namespace migrate::app
