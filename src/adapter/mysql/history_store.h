#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "connection.h"
#include "core/journal_write.h"
#include "history_tables.h"
#include "port/history_store.h"

namespace migrate::mysql {

/// The history in six tables of the schema; see history_tables.h.
class TableHistoryStore : public port::HistoryStore {
 public:
  /// `connection` must outlive it.
  TableHistoryStore(Connection& connection, std::string schema, std::string tool_version);

  core::History load() override;
  void prepare() override;
  std::vector<core::schema::KeptObject> kept_schema() override;
  std::vector<core::schema::KeptObject> kept_schema(
      const std::vector<core::ObjectName>& objects) override;
  std::vector<core::AppliedText> applied_texts() override;
  std::vector<core::LogRow> log(std::uint64_t limit) override;
  std::vector<core::LogRow> log_of_plan(const std::string& hash) override;
  std::vector<core::estimate::Measurement> measurements() override;
  std::vector<core::rehearsal::Attestation> attestations(
      const std::vector<core::StepId>& steps) override;
  std::optional<core::UnfinishedRun> unfinished_run() override;

 private:
  struct Found {
    std::optional<unsigned> format;  ///< nothing when there is no history yet
    core::History history;           ///< without the journal where that has an older layout
  };
  /// Everything in one round trip, if the tables have this layout.
  Found read(unsigned layout);
  std::vector<core::schema::KeptObject> kept_where(const std::string& condition);
  /// `rows`: WHERE, ORDER BY and LIMIT.
  std::vector<core::LogRow> log_where(const std::string& rows);
  std::string format_query() const;
  void refuse_newer(unsigned format, std::string_view tool_version) const;
  /// The format of the history; nothing when there is none yet.
  std::optional<unsigned> read_format();
  /// The columns of those of these tables that are there.
  std::map<std::string, std::set<std::string>> columns_of(const std::set<std::string_view>& tables);

  Connection& connection_;
  std::string schema_;
  std::string tool_version_;
  std::optional<unsigned> format_;  ///< as it was read or made; nothing: there was none
  bool prepared_ = false;
};

}  // namespace migrate::mysql
