#include "packet_text.h"

#include <utility>

#include "core/table_locks.h"
#include "history_tables.h"
#include "journal_sql.h"

namespace migrate::mysql {
namespace {

/// Straight into the packet, because a statement may be long.
void append(std::string& sql, const core::Statement& statement, const core::RunIdentity& identity,
            const core::ServerInfo& server) {
  if (!statement.mark.empty()) {
    sql += "/* ";
    sql += binary_log_mark(identity.run_id, statement.mark);
    sql += " */ ";
  }
  if (statement.locks_history) {
    sql += core::with_locks(statement.text, history_locks(server.schema));
  } else {
    sql += statement.text;
  }
}

/// Of its statements, and what usually stands between them.
std::size_t likely_size(const core::Packet& packet) {
  constexpr std::size_t mark_and_separator = 128;
  std::size_t size = 0;
  for (const core::PacketItem& item : packet) {
    const auto* statement = std::get_if<core::Statement>(&item);
    size += mark_and_separator + (statement != nullptr ? statement->text.size() : 0);
  }
  return size;
}

/// What opens and closes transactions.
std::vector<std::string> bracket_texts(const core::PacketItem& item) {
  if (const auto* begin = std::get_if<core::BeginTransaction>(&item)) {
    // READ WRITE: a step may have made the session read-only.
    if (begin->locks == core::TableLocks::none) return {"START TRANSACTION READ WRITE"};
    return {"COMMIT", "SET @migrate_autocommit = @@autocommit, autocommit = 0"};
  }
  if (const auto* commit = std::get_if<core::CommitTransaction>(&item)) {
    if (commit->locks == core::TableLocks::none) return {"COMMIT"};
    return {"COMMIT", "SET autocommit = @migrate_autocommit"};
  }
  return {"ROLLBACK"};
}

/// The writes to the history that `packet` has from `item` on.
std::vector<const core::JournalWrite*> journal_writes(const core::Packet& packet,
                                                      std::size_t item) {
  std::vector<const core::JournalWrite*> writes;
  for (; item < packet.size(); ++item) {
    const auto* write = std::get_if<core::JournalWrite>(&packet[item]);
    if (write == nullptr) break;
    writes.push_back(write);
  }
  return writes;
}

}  // namespace

std::string binary_log_mark(std::string_view run_id, std::string_view mark) {
  std::string text = "migrate ";
  text.append(run_id).append(1, ' ').append(mark);
  return comment_text(std::move(text));
}

std::string comment_text(std::string text) {
  for (char& c : text) {
    if (c == '*' || c == '/' || static_cast<unsigned char>(c) < ' ') c = '_';
  }
  return text;
}

PacketText packet_text(const core::Packet& packet, const core::RunIdentity& identity,
                       const core::ServerInfo& server) {
  PacketText text;
  if (packet.size() == 1) {
    const auto* statement = std::get_if<core::Statement>(&packet.front());
    text.alone = statement != nullptr && statement->travel == core::Travel::alone;
  }
  text.sql.reserve(likely_size(packet));
  const auto begin = [&text](std::size_t item) {
    // The line break ends a comment that a statement may end with.
    if (!text.sql.empty()) text.sql += "\n;";
    text.item_of.push_back(item);
  };
  const auto add = [&](const std::string& sql, std::size_t item) {
    begin(item);
    text.sql += sql;
  };
  for (std::size_t item = 0; item < packet.size();) {
    const auto writes = journal_writes(packet, item);
    for (const JournalStatement& statement : journal_sql(writes, identity, server))
      add(statement.sql, item + statement.last);
    item += writes.size();
    if (!writes.empty()) continue;
    if (const auto* statement = std::get_if<core::Statement>(&packet[item])) {
      begin(item);
      append(text.sql, *statement, identity, server);
    } else {
      for (const std::string& bracket : bracket_texts(packet[item])) add(bracket, item);
    }
    ++item;
  }
  return text;
}

}  // namespace migrate::mysql
