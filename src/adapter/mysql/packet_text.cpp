#include "packet_text.h"

#include <fmt/format.h>

#include "core/table_locks.h"
#include "history_tables.h"
#include "journal_sql.h"

namespace migrate::mysql {
namespace {

std::string statement_text(const core::Statement& statement, const core::RunIdentity& identity,
                           const core::ServerInfo& server) {
  const std::string text = statement.locks_history
                               ? core::with_locks(statement.text, history_locks(server.schema))
                               : statement.text;
  if (statement.mark.empty()) return text;
  return fmt::format("/* {} */ {}", binary_log_mark(identity.run_id, statement.mark), text);
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
  return comment_text(fmt::format("migrate {} {}", run_id, mark));
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
  const auto add = [&text](const std::string& statement, std::size_t item) {
    // The line break ends a comment that a statement may end with.
    if (!text.sql.empty()) text.sql += "\n;";
    text.sql += statement;
    text.item_of.push_back(item);
  };
  for (std::size_t item = 0; item < packet.size();) {
    const auto writes = journal_writes(packet, item);
    for (const JournalStatement& statement : journal_sql(writes, identity, server))
      add(statement.sql, item + statement.last);
    item += writes.size();
    if (!writes.empty()) continue;
    if (const auto* statement = std::get_if<core::Statement>(&packet[item])) {
      add(statement_text(*statement, identity, server), item);
    } else {
      for (const std::string& bracket : bracket_texts(packet[item])) add(bracket, item);
    }
    ++item;
  }
  return text;
}

}  // namespace migrate::mysql
