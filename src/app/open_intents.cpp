#include "open_intents.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

/// Of the tables and triggers that the statement which is to run again would create, and of the
/// triggers that the one in front of it dropped.
std::vector<core::ObjectName> find_remnants(port::Session& session, const core::JournalRow& intent,
                                            const core::Settlement& settlement) {
  std::vector<core::ObjectName> asked;
  const auto ask_of = [&asked, &intent](std::size_t statement, core::Change change,
                                        core::ObjectKind kind) {
    for (const core::ObjectBefore& before : intent.witnesses[statement].objects) {
      // What was there, and is to be replaced, leaves nothing behind that is in the way.
      const bool replaces = kind == core::ObjectKind::table && !before.fingerprint.empty();
      if (before.changed.change == change && before.changed.object.kind == kind && !replaces)
        asked.push_back(before.changed.object);
    }
  };
  if (settlement.applied < intent.witnesses.size())
    ask_of(settlement.applied, core::Change::created, core::ObjectKind::table);
  // They cannot be seen, so they are looked for only where there may be one.
  if (session.restarted_since(intent.at)) {
    if (settlement.applied < intent.witnesses.size())
      ask_of(settlement.applied, core::Change::created, core::ObjectKind::trigger);
    if (settlement.applied > 0)
      ask_of(settlement.applied - 1, core::Change::dropped, core::ObjectKind::trigger);
  }
  std::vector<core::ObjectName> remnants;
  for (const core::ObjectName& object : asked) {
    for (core::ObjectName& remnant : session.schema().remnants(object))
      remnants.push_back(std::move(remnant));
  }
  return remnants;
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
  now.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i)
    now.push_back({.object = std::move(names[i]), .fingerprint = std::move(fingerprints[i])});
  return now;
}

core::Settlement look_at(port::Session& session, const core::JournalRow& intent) {
  if (intent.witnesses.empty())
    return {.decided = false, .seen = "nothing in the history shows what became of it"};
  core::Settlement settlement = core::settle(intent, witnesses_now(session.schema(), intent));
  if (!settlement.decided && settlement.ask_binary_log) ask_binary_log(session, intent, settlement);
  // Such a statement is the only one of its intent.
  const core::Witness& first = intent.witnesses.front();
  if (first.rehearsal && settlement.applied == 1)
    compare_with_rehearsal(session, first, settlement);
  if (settlement.decided && settlement.applied > 0) distrust_engine(session, intent, settlement);
  if (!settlement.left_to_drop.empty()) ++settlement.applied;
  if (settlement.decided) settlement.remnants = find_remnants(session, intent, settlement);
  return settlement;
}

std::string name_of(const core::JournalRow& intent, const core::History& history) {
  const core::LedgerRow* step = history.find(intent.id);
  return step == nullptr ? intent.id.key : core::display_name(intent.id, step->name);
}

std::string what_follows(const core::Settlement& settlement, std::uint64_t count,
                         const std::string& next) {
  if (!settlement.left_to_drop.empty()) return "what is left will be dropped";
  const std::string first =
      settlement.remnants.empty()
          ? ""
          : "what the server may have left of it when it died is dropped, and ";
  if (settlement.applied == count)
    return first + (count == 1 ? "it counts as applied" : "they count as applied");
  if (settlement.applied == 0)
    return first + (count == 1 ? "it will run again" : "they will run again");
  return first + "it goes on at " + next;
}

std::string words_of_one(const core::JournalRow& intent, const core::Settlement& settlement,
                         const core::History& history) {
  const core::LedgerRow* step = history.find(intent.id);
  const std::uint64_t count = intent.hashes.size();
  const std::uint64_t last = intent.first + count - 1;
  std::string text = count == 1 ? fmt::format("statement {}", intent.first)
                                : fmt::format("statements {} to {}", intent.first, last);
  if (step != nullptr && intent.direction == core::Direction::up)
    text += fmt::format(" of {}", step->statements_total);
  text += fmt::format(" of {} {} in flight when a run ended; {}", name_of(intent, history),
                      count == 1 ? "was" : "were", settlement.seen);
  if (!settlement.decided) return text;
  return text + ", so " +
         what_follows(settlement, count,
                      fmt::format("statement {}", intent.first + settlement.applied));
}

std::string words_of_several(const std::vector<core::JournalRow>& intents,
                             const core::Settlement& settlement, const core::History& history) {
  std::string next;
  std::uint64_t count = 0;
  for (const core::JournalRow& intent : intents) {
    const std::uint64_t before = count;
    count += intent.hashes.size();
    if (settlement.applied < before || settlement.applied >= count) continue;
    next = fmt::format("statement {} of {}", intent.first + settlement.applied - before,
                       name_of(intent, history));
  }
  std::string text = fmt::format(
      "the statements of {} steps, {} to {}, were in flight or next when a run ended; {}",
      intents.size(), name_of(intents.front(), history), name_of(intents.back(), history),
      settlement.seen);
  if (!settlement.decided) return text;
  return text + ", so " + what_follows(settlement, count, next);
}

}  // namespace

const core::JournalRow& OpenIntents::where_it_goes_on() const {
  std::uint64_t count = 0;
  for (const core::JournalRow& intent : intents) {
    count += intent.hashes.size();
    if (settlement.applied < count) return intent;
  }
  return intents.back();
}

std::vector<core::JournalWrite> OpenIntents::verdict(const core::History& history) const {
  using enum core::IntentVerdict::Outcome;
  std::vector<core::JournalWrite> writes;
  for (const core::IntentVerdict& verdict : core::verdicts(intents, settlement, history)) {
    const core::JournalRow& intent = verdict.intent;
    const auto behind = intent.hashes.begin() + static_cast<std::ptrdiff_t>(verdict.applied);
    switch (verdict.outcome) {
      case closed:
        writes.emplace_back(core::journal::StepClosed{.id = intent.id,
                                                      .direction = intent.direction,
                                                      .duration_us = 0,
                                                      .run_id = intent.run_id});
        break;
      case done:
        writes.emplace_back(core::journal::Done{.id = intent.id,
                                                .direction = intent.direction,
                                                .first = intent.first,
                                                .hashes = {intent.hashes.begin(), behind}});
        if (settlement.decided || behind == intent.hashes.end()) break;
        writes.emplace_back(core::journal::Intended{
            .id = intent.id,
            .direction = intent.direction,
            .unit = intent.unit,
            .first = intent.first + verdict.applied,
            .hashes = {behind, intent.hashes.end()},
            .witnesses = {intent.witnesses.begin() + static_cast<std::ptrdiff_t>(verdict.applied),
                          intent.witnesses.end()}});
        break;
      case withdrawn:
        writes.emplace_back(core::journal::Withdrawn{
            .id = intent.id, .direction = intent.direction, .first = intent.first});
        break;
      case abandoned:
        writes.emplace_back(
            core::journal::StepAbandoned{.id = intent.id, .direction = intent.direction});
        break;
      case open:
        break;
    }
  }
  return writes;
}

std::string OpenIntents::words(const core::History& history) const {
  return intents.size() == 1 ? words_of_one(intents.front(), settlement, history)
                             : words_of_several(intents, settlement, history);
}

std::vector<core::JournalRow> open_intents(const core::History& history) {
  std::vector<core::JournalRow> open;
  std::ranges::copy_if(history.journal, std::back_inserter(open), core::in_doubt);
  return open;
}

Standing look_at_history(port::Session& session) {
  Standing standing{.history = session.history().load()};
  std::vector<core::JournalRow> intents = open_intents(standing.history);
  if (intents.empty()) return standing;
  if (const auto running = LockedSessions::other_run(session)) {
    standing.running = true;
    standing.open = OpenIntents{
        .intents = std::move(intents),
        .settlement = {.decided = false,
                       .seen = fmt::format("connection {} is at it now", running->connection_id)}};
    standing.told = standing.open->words(standing.history);
    return standing;
  }
  standing.open = OpenIntents{.intents = std::move(intents)};
  OpenIntents& open = *standing.open;
  open.settlement = look_at(session, core::joined(open.intents));
  standing.verdict = open.verdict(standing.history);
  standing.told = open.words(standing.history);
  if (!open.settlement.decided) return standing;
  for (const core::IntentVerdict& verdict :
       core::verdicts(open.intents, open.settlement, standing.history))
    standing.history.settle(verdict);
  return standing;
}

}  // namespace migrate::app
