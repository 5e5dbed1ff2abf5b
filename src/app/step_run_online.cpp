// The way of a statement of a step through the environment's tool.
#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "step_run.h"

namespace migrate::app {
namespace {

const core::Witness& witness_in(const core::Packet& packet) {
  const auto found = std::ranges::find_if(packet, [](const core::PacketItem& item) {
    const auto* write = std::get_if<core::JournalWrite>(&item);
    return write != nullptr && std::holds_alternative<core::journal::Intended>(*write);
  });
  return std::get<core::journal::Intended>(std::get<core::JournalWrite>(*found)).witnesses.front();
}

std::string last_of(const core::ProgramEnding& ending) {
  constexpr std::size_t most = 3;
  std::string text;
  const auto& lines = ending.last_lines;
  for (std::size_t i = lines.size() - std::min(lines.size(), most); i < lines.size(); ++i)
    text += (text.empty() ? "" : " | ") + lines[i];
  return text;
}

}  // namespace

std::optional<core::ExitCode> StepRun::run_online(core::NumberedStatement numbered,
                                                  const core::OnlineAlter& alter) {
  port::Schema& live = sessions_.control().schema();
  core::UnitPart part{.kind = core::UnitKind::statement, .statements = {}, .changes = {}};
  part.changes.push_back(core::schema_change(numbered.statement.text));
  part.statements.push_back(std::move(numbered));
  const core::NumberedStatement& statement = part.statements.front();
  if (const auto code = cancellation_.requested()) return stop_before(part, *code);
  auto in_the_way = boundaries_.in_front_of(part.statements);
  if (!in_the_way) in_the_way = online_.in_the_way_at(alter.table, live);
  if (in_the_way) return refuse_before(part, *in_the_way);

  unit_ = OpenUnit{.first = statement.index};
  core::Packet packet;
  begin_unit(part, packet);
  const core::Witness before = witness_in(packet);
  packet.emplace_back(core::CommitTransaction{});
  if (auto stop = send_items(part, packet)) return stop;
  ends_.clear();
  carried_.clear();
  announce(statement);
  const core::ProgramEnding ending =
      online_.run(alter, sessions_.work().info().family, events_, cancellation_);

  const core::ObjectBefore& table = before.objects.front();
  const auto now = live.definitions({table.changed.object}).front();
  const bool changed = !now || now->fingerprint != table.fingerprint;
  using Rehearsed = port::Schema::Rehearsed;
  const auto as_meant = before.rehearsal ? live.rehearse(table.changed.object, *before.rehearsal)
                                         : Rehearsed::unknown;
  if (ending.succeeded() ? changed || as_meant != Rehearsed::otherwise : changed) {
    unit_.done = 1;
    unit_.durable = 1;
    unit_.hashes = {statement.hash};
  }
  if (!ending.succeeded() || unit_.done == 0) {
    core::ServerError error;
    error.message = ending.succeeded()
                        ? fmt::format(
                              "{} ended well, and the table is not altered: does its "
                              "command say that it is to be done (--execute)?",
                              online_.name())
                        : fmt::format("{}: {}; it said at the end: {}", online_.name(),
                                      ending.words, last_of(ending));
    // Somebody else may have been at the table: settled as if the connection had been lost.
    if (changed && as_meant == Rehearsed::otherwise) return lose(part, error);
    return fail(part, error);
  }
  events_.on(core::event::StatementDone{.index = statement.index,
                                        .affected_rows = 0,
                                        .warnings = 0,
                                        .duration_us = ending.duration_us});
  through_ = statement.index;
  carried_.emplace_back(done(unit_.hashes));
  return std::nullopt;
}

}  // namespace migrate::app
