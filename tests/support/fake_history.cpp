#include "support/fake_history.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "core/schema/difference.h"

namespace migrate::testing {
namespace {

using core::Direction;
using core::JournalRow;
using core::LedgerRow;
using core::LedgerState;

class Writing {
 public:
  Writing(FakeHistory& history, const HistoryWriter& writer) : history_(history), writer_(writer) {}

  void operator()(const core::journal::StepOpened& write) {
    if (write.direction == Direction::up) {
      put(write.id, write.name, LedgerState::partly_up, write.checksum, write.total, 0);
    } else if (LedgerRow* row = step(write.id)) {
      row->state = LedgerState::partly_down;
    }
  }

  void operator()(const core::journal::StepAbandoned& write) {
    if (write.direction == Direction::up) {
      if (write.id.kind == core::StepKind::repeatable) be_what_was_applied(write.id);
      std::erase_if(history_.ledger, [&](const LedgerRow& row) {
        return row.id == write.id && row.state == LedgerState::partly_up;
      });
    } else if (LedgerRow* row = step(write.id); row && row->state == LedgerState::partly_down) {
      row->state = LedgerState::applied;
    }
    forget_units(write.id);
  }

  void operator()(const core::journal::Intended& write) {
    JournalRow row{.id = write.id,
                   .direction = write.direction,
                   .state = JournalRow::State::intended,
                   .unit = write.unit,
                   .first = write.first,
                   .hashes = write.hashes,
                   .witnesses = write.witnesses,
                   .log_position = write.log_position,
                   .connection_id = writer_.connection_id,
                   .run_id = writer_.identity.run_id,
                   .at = writer_.at};
    if (JournalRow* there = unit(write.id, write.first)) {
      row.direction = there->direction;
      row.session = there->session;
      *there = std::move(row);
    } else {
      history_.journal.push_back(std::move(row));
    }
  }

  void operator()(const core::journal::Done& write) {
    JournalRow* row = unit(write.id, write.first);
    if (row == nullptr) return;
    row->state = JournalRow::State::done;
    row->hashes = write.hashes;
    row->witnesses.clear();
  }

  void operator()(const core::journal::ValuesKept& write) {
    JournalRow* row = unit(write.id, write.first);
    if (row == nullptr) return;
    row->session = {.next = write.next};
    for (const std::string& name : write.variables) {
      const auto& held = writer_.session.variables;
      const auto found = std::ranges::find(held, name, &core::UserVariable::name);
      row->session.variables.push_back(found == held.end() ? core::UserVariable{.name = name}
                                                           : *found);
    }
  }

  void operator()(const core::journal::Withdrawn& write) {
    std::erase_if(history_.journal, [&](const JournalRow& row) {
      return row.id == write.id && row.first == write.first &&
             row.state == JournalRow::State::intended;
    });
  }

  void operator()(const core::journal::StepClosed& write) {
    const bool up = write.direction == Direction::up;
    LedgerRow* row = step(write.id);
    const LedgerState open = up ? LedgerState::partly_up : LedgerState::partly_down;
    if (row != nullptr && row->state == open) {
      const std::string& run_id = write.run_id.empty() ? writer_.identity.run_id : write.run_id;
      log({.event = up ? "applied" : "undone",
           .step = write.id,
           .step_name = row->name,
           .duration_us = write.duration_us.value_or(0),
           .message = row->checksum.rule + " " + row->checksum.hex},
          run_id);
      row->state = LedgerState::applied;
      row->changed_at = writer_.at;
      row->duration_us = write.duration_us.value_or(0);
      if (!up)
        std::erase_if(history_.ledger, [&](const LedgerRow& one) { return one.id == write.id; });
    }
    forget_units(write.id);
  }

  void operator()(const core::journal::TurnedBack& write) {
    forget_units(write.id);
    if (LedgerRow* row = step(write.id)) {
      row->state = LedgerState::partly_down;
    }
    if (write.skipped.empty()) return;
    history_.journal.push_back({.id = write.id,
                                .direction = Direction::down,
                                .state = JournalRow::State::done,
                                .unit = core::UnitKind::session,
                                .first = 1,
                                .hashes = write.skipped,
                                .connection_id = writer_.connection_id,
                                .run_id = writer_.identity.run_id,
                                .at = writer_.at});
  }

  void operator()(const core::journal::Baselined& write) {
    put(write.id, write.name, LedgerState::baselined, write.checksum, write.total, 0);
    (*this)(core::journal::Logged{.event = "baselined", .step = write.id, .step_name = write.name});
  }

  void operator()(const core::journal::SchemaOpened& write) {
    const std::string& run_id = writer_.identity.run_id;
    const auto there = std::ranges::find(history_.open_runs, run_id, &core::OpenRun::run_id);
    if (there == history_.open_runs.end()) {
      history_.open_runs.push_back({run_id, write.objects, write.standing});
    } else {
      *there = {.run_id = run_id};
    }
  }

  void operator()(const core::journal::SchemaForgotten& write) {
    if (!write.objects) return forget_all_but(write.except);
    std::erase_if(history_.drifted, [&write](const std::string& drifted) {
      return std::ranges::find(*write.objects, drifted, core::schema::words_for) !=
             write.objects->end();
    });
    std::erase_if(history_.kept, [&write](const core::schema::KeptObject& object) {
      const bool named = std::ranges::any_of(*write.objects, [&](const core::ObjectName& name) {
        return core::schema::is_named(object, name);
      });
      return named || std::ranges::find(write.gone_tables, object.table) != write.gone_tables.end();
    });
  }

  void operator()(const core::journal::SchemaKept& write) {
    for (core::schema::KeptObject object : write.objects) {
      std::erase_if(history_.kept, [&object](const core::schema::KeptObject& there) {
        return there.kind == object.kind && there.name == object.name;
      });
      object.run_id = writer_.identity.run_id;
      object.at = writer_.at;
      history_.kept.push_back(std::move(object));
    }
  }

  void operator()(const core::journal::SchemaClosed&) { history_.open_runs.clear(); }

  void operator()(const core::journal::DriftSeen& write) {
    history_.looked_at = writer_.at;
    history_.drifted.clear();
    for (const core::ObjectName& object : write.objects) {
      std::string words = core::schema::words_for(object);
      if (std::ranges::find(history_.drifted, words) == history_.drifted.end())
        history_.drifted.push_back(std::move(words));
    }
  }

  void operator()(const core::journal::TextKept& write) {
    const LedgerRow* row = step(write.id);
    std::erase_if(history_.texts, [&](const core::AppliedText& text) {
      const bool needed = row != nullptr &&
                          (row->checksum == text.checksum || row->state == LedgerState::partly_up);
      return text.id == write.id && (!needed || text.checksum == write.checksum);
    });
    history_.texts.push_back({write.id, write.checksum, write.text});
  }

  void operator()(const core::journal::Logged& write) { log(write, writer_.identity.run_id); }

  void operator()(const core::journal::Attested& write) {
    log({.event = core::rehearsal::attested_event,
         .step = write.attestation.id,
         .step_name = write.attestation.name},
        writer_.identity.run_id);
    core::rehearsal::Attestation kept = write.attestation;
    kept.at = writer_.at;
    kept.by = writer_.identity.client;
    kept.tool_version = writer_.identity.tool_version;
    history_.attestations.push_back(std::move(kept));
  }

 private:
  void forget_all_but(const std::vector<core::ObjectName>& except) {
    std::erase_if(history_.drifted, [&except](const std::string& drifted) {
      return std::ranges::find(except, drifted, core::schema::words_for) == except.end();
    });
    if (history_.drifted.empty()) history_.looked_at.clear();
    std::erase_if(history_.kept, [&except](const core::schema::KeptObject& object) {
      return std::ranges::none_of(except, [&object](const core::ObjectName& name) {
        return core::schema::is_named(object, name);
      });
    });
  }

  void log(const core::journal::Logged& write, const std::string& run_id) {
    history_.log.push_back({.number = history_.log.size() + 1,
                            .at = writer_.at,
                            .run_id = run_id,
                            .command = writer_.identity.command,
                            .event = write.event,
                            .step = write.step,
                            .step_name = write.step_name,
                            .statement = write.statement,
                            .duration_us = write.duration_us,
                            .message = write.message,
                            .account = writer_.account,
                            .connection_id = writer_.connection_id,
                            .client = writer_.identity.client,
                            .tool_version = writer_.identity.tool_version});
    if (write.plan) history_.plans[history_.log.size()] = *write.plan;
  }

  void be_what_was_applied(const core::StepId& id) {
    LedgerRow* row = step(id);
    const auto applied = std::find_if(
        history_.log.rbegin(), history_.log.rend(),
        [&id](const core::LogRow& one) { return one.step == id && one.event == "applied"; });
    const bool open = row != nullptr && row->state == LedgerState::partly_up;
    if (!open || applied == history_.log.rend()) return;
    const std::size_t space = applied->message.find(' ');
    row->state = LedgerState::applied;
    row->name = applied->step_name;
    row->checksum = {applied->message.substr(0, space), applied->message.substr(space + 1)};
    row->statements_total = 0;
    row->changed_at = applied->at;
    row->duration_us = applied->duration_us;
  }

  LedgerRow* step(const core::StepId& id) {
    const auto found =
        std::ranges::find_if(history_.ledger, [&](const LedgerRow& row) { return row.id == id; });
    return found == history_.ledger.end() ? nullptr : &*found;
  }

  JournalRow* unit(const core::StepId& id, std::uint64_t first) {
    const auto found = std::ranges::find_if(history_.journal, [&](const JournalRow& row) {
      return row.id == id && row.first == first;
    });
    return found == history_.journal.end() ? nullptr : &*found;
  }

  void forget_units(const core::StepId& id) {
    std::erase_if(history_.journal, [&](const JournalRow& row) { return row.id == id; });
  }

  void put(const core::StepId& id, const std::string& name, LedgerState state,
           const core::Checksum& checksum, std::uint64_t total, std::uint64_t duration_us) {
    LedgerRow* row = step(id);
    if (row == nullptr) {
      std::uint64_t order = 0;
      for (const LedgerRow& other : history_.ledger) order = std::max(order, other.order);
      row = &history_.ledger.emplace_back(LedgerRow{.id = id, .order = order + 1});
    }
    row->name = name;
    row->state = state;
    row->checksum = checksum;
    row->statements_total = total;
    row->changed_at = writer_.at;
    row->duration_us = duration_us;
  }

  FakeHistory& history_;
  const HistoryWriter& writer_;
};

}  // namespace

void FakeHistory::forget_schema() {
  kept.clear();
  open_runs.clear();
  looked_at.clear();
  drifted.clear();
}

void FakeHistory::apply(const core::JournalWrite& write, const HistoryWriter& writer) {
  std::visit(Writing(*this, writer), write);
}

core::History FakeHistory::loaded() const {
  core::History history{
      .ledger = ledger,
      .journal = journal,
      .keeps_schema = std::ranges::any_of(
          kept, [](const auto& object) { return object.kind == core::schema::KeptKind::schema; }),
      .left_schema_open = open_runs,
      .schema_seen = {.at = looked_at, .drifted = drifted, .drifted_at = looked_at}};
  for (const core::schema::KeptObject& object : kept)
    history.schema_seen.at = std::max(history.schema_seen.at, object.at);
  history.arrange();
  return history;
}

std::vector<core::AppliedText> FakeHistory::applied_texts() const {
  std::vector<core::AppliedText> applied;
  std::ranges::copy_if(texts, std::back_inserter(applied), [this](const core::AppliedText& text) {
    return std::ranges::any_of(ledger, [&text](const LedgerRow& row) {
      return row.id == text.id && row.checksum == text.checksum &&
             row.state == LedgerState::applied;
    });
  });
  return applied;
}

std::vector<core::rehearsal::Attestation> FakeHistory::attestations_of(
    const std::vector<core::StepId>& steps) const {
  std::vector<core::rehearsal::Attestation> found;
  std::copy_if(attestations.rbegin(), attestations.rend(), std::back_inserter(found),
               [&](const core::rehearsal::Attestation& one) {
                 return std::ranges::find(steps, one.id) != steps.end();
               });
  return found;
}

std::optional<core::UnfinishedRun> FakeHistory::unfinished_run() const {
  const auto started =
      std::ranges::find(log.rbegin(), log.rend(), "run started", &core::LogRow::event);
  if (started == log.rend() || !plans.contains(started->number)) return std::nullopt;
  core::UnfinishedRun run{
      .command = started->command, .at = started->at, .plan = plans.at(started->number)};
  for (auto row = started.base(); row != log.end(); ++row) {
    if (row->run_id != started->run_id) continue;
    if (row->event == "run finished") return std::nullopt;
    if (row->event == "applied" || row->event == "undone") ++run.done;
  }
  return run;
}

}  // namespace migrate::testing
