#include "packet_text.h"

#include <fmt/format.h>

#include "core/table_locks.h"
#include "history_tables.h"
#include "journal_sql.h"

namespace migrate::mysql {
namespace {

std::vector<std::string> statements_of(const core::PacketItem& item,
                                       const core::RunIdentity& identity,
                                       const core::ServerInfo& server) {
  struct Render {
    const core::RunIdentity& identity;
    const core::ServerInfo& server;
    std::vector<std::string> operator()(const core::Statement& statement) const {
      const std::string text = statement.locks_history
                                   ? core::with_locks(statement.text, history_locks(server.schema))
                                   : statement.text;
      if (statement.mark.empty()) return {text};
      return {fmt::format("/* {} */ {}", binary_log_mark(identity.run_id, statement.mark), text)};
    }
    std::vector<std::string> operator()(const core::JournalWrite& write) const {
      return journal_sql(write, identity, server);
    }
    std::vector<std::string> operator()(core::BeginTransaction begin) const {
      // READ WRITE: a step may have made the session read-only.
      if (begin.locks == core::TableLocks::none) return {"START TRANSACTION READ WRITE"};
      return {"COMMIT", "SET @migrate_autocommit = @@autocommit, autocommit = 0"};
    }
    std::vector<std::string> operator()(core::CommitTransaction commit) const {
      if (commit.locks == core::TableLocks::none) return {"COMMIT"};
      return {"COMMIT", "SET autocommit = @migrate_autocommit"};
    }
    std::vector<std::string> operator()(core::RollbackTransaction) const { return {"ROLLBACK"}; }
  };
  return std::visit(Render{identity, server}, item);
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
  for (std::size_t item = 0; item < packet.size(); ++item) {
    for (const std::string& statement : statements_of(packet[item], identity, server)) {
      // The line break ends a comment that a statement may end with.
      if (!text.sql.empty()) text.sql += "\n;";
      text.sql += statement;
      text.item_of.push_back(item);
    }
  }
  return text;
}

}  // namespace migrate::mysql
