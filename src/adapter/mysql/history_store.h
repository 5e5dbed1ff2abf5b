#pragma once

#include <optional>
#include <string>

#include "connection.h"
#include "core/journal_write.h"
#include "history_tables.h"
#include "port/history_store.h"

namespace migrate::mysql {

/// The history in four tables of the schema; see history_tables.h.
class TableHistoryStore : public port::HistoryStore {
 public:
  /// `connection` must outlive it.
  TableHistoryStore(Connection& connection, std::string schema, std::string tool_version);

  core::History load() override;
  void prepare() override;
  std::vector<core::LogRow> log(std::uint64_t limit) override;
  std::optional<core::UnfinishedRun> unfinished_run() override;

 private:
  /// The format of the history; nothing when there is none yet.
  std::optional<unsigned> read_format();
  void read_ledger(core::History& history);
  void read_journal(core::History& history, unsigned format);
  bool has(const TableColumn& column);

  Connection& connection_;
  std::string schema_;
  std::string tool_version_;
  bool prepared_ = false;
};

}  // namespace migrate::mysql
