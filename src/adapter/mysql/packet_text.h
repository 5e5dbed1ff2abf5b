#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/packet.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// A packet as the server reads it.
struct PacketText {
  std::string sql;
  std::vector<std::size_t>
      item_of;         ///< for each statement in `sql`, the index of the item it belongs to
  bool alone = false;  ///< one statement, to be sent with multi-statements off
};

/// What a statement's comment says, and what is looked for in the binary log: "migrate <run>
/// <mark>", as comment_text().
std::string binary_log_mark(std::string_view run_id, std::string_view mark);

/// `text` with nothing in it that could end a comment; done again it changes no more.
std::string comment_text(std::string text);

/// Of writes to the history that share a statement, that belongs to the last.
PacketText packet_text(const core::Packet& packet, const core::RunIdentity& identity,
                       const core::ServerInfo& server);

}  // namespace migrate::mysql
