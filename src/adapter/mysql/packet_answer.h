#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "connection.h"
#include "core/packet.h"
#include "packet_text.h"

namespace migrate::mysql {

/// What a server says of a packet, statement by statement, put together item by item.
class PacketAnswer {
 public:
  /// Made when the packet is sent: from then on it measures.
  PacketAnswer(PacketText text, std::function<void(const core::ItemResult&)> on_result);

  const PacketText& text() const { return text_; }

  /// The next statement's. Throws Fault(internal) where there should be none.
  void add(const StatementOutcome& statement);
  bool begun() const { return answered_ > 0; }

  /// Behind the last statement's. Throws Fault(internal) where one is missing.
  core::PacketOutcome outcome();

 private:
  void end_item();

  PacketText text_;
  std::function<void(const core::ItemResult&)> on_result_;
  core::PacketOutcome outcome_;
  core::ItemResult result_;
  std::size_t answered_ = 0;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace migrate::mysql
