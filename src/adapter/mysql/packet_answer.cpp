#include "packet_answer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::mysql {
namespace {

using End = core::PacketOutcome::End;
using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr std::size_t shown_bytes = 400;

}  // namespace

PacketAnswer::PacketAnswer(PacketText text, std::function<void(const core::ItemResult&)> on_result)
    : text_(std::move(text)), on_result_(std::move(on_result)), since_(Clock::now()) {}

void PacketAnswer::add(const StatementOutcome& statement) {
  const std::size_t statements = text_.item_of.size();
  // What a lone CALL returns beyond its first result still belongs to it.
  if (answered_ >= statements && !text_.alone) {
    throw core::Fault(core::ExitCode::internal,
                      fmt::format("the server saw more statements than the {} that were sent: {}",
                                  statements, text_.sql.substr(0, shown_bytes)));
  }
  const std::size_t item = text_.item_of[std::min(answered_, statements - 1)];
  ++answered_;
  if (statement.error) {
    outcome_.end = statement.lost ? End::lost : End::failed;
    outcome_.failed_item = item;
    outcome_.error = *statement.error;
    result_.error = statement.error;
  }
  result_.item = item;
  result_.affected_rows += statement.affected_rows;
  result_.warnings += statement.warnings;
  result_.in_transaction = statement.in_transaction;
  result_.session_changed = result_.session_changed || statement.session_changed;
  const bool item_ends =
      statement.error ||
      (!text_.alone && (answered_ == statements || text_.item_of[answered_] != item));
  if (item_ends) end_item();
}

core::PacketOutcome PacketAnswer::outcome() {
  if (text_.alone && outcome_.end == End::complete) end_item();
  if (outcome_.end == End::complete && answered_ < text_.item_of.size()) {
    throw core::Fault(
        core::ExitCode::internal,
        fmt::format("the server saw {} statements where {} were sent: {}", answered_,
                    text_.item_of.size(), text_.sql.substr(0, shown_bytes)));
  }
  return outcome_;
}

void PacketAnswer::end_item() {
  const auto now = Clock::now();
  result_.duration_us =
      static_cast<std::uint64_t>(std::chrono::duration_cast<microseconds>(now - since_).count());
  since_ = now;
  on_result_(std::exchange(result_, {}));
}

}  // namespace migrate::mysql
