#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/history.h"
#include "core/journal_write.h"

namespace migrate::testing {

/// Who writes to the history, and when.
struct HistoryWriter {
  core::RunIdentity identity;
  std::uint64_t connection_id = 0;
  std::string account;
  std::string at;
  core::SessionValues session;  ///< all that the writing session holds
};

/// The history of a fake server: what the journal's SQL does to the tables, done to values.
struct FakeHistory {
  bool prepared = false;
  std::vector<core::LedgerRow> ledger;
  std::vector<core::JournalRow> journal;
  std::vector<core::LogRow> log;
  std::vector<core::rehearsal::Attestation> attestations;  ///< oldest first
  std::vector<core::schema::KeptObject> kept;
  std::vector<core::OpenRun> open_runs;  ///< that may have changed the schema
  std::string looked_at;                 ///< when what a look found was recorded last
  std::vector<std::string> drifted;
  std::vector<core::AppliedText> texts;          ///< of ddl files, applied or not
  std::map<std::uint64_t, core::RunPlan> plans;  ///< by number of the log's row

  void forget_schema();
  void apply(const core::JournalWrite& write, const HistoryWriter& writer);
  /// As HistoryStore::load() returns it.
  core::History loaded() const;
  /// As HistoryStore::applied_texts() returns it.
  std::vector<core::AppliedText> applied_texts() const;
  /// As HistoryStore::attestations() returns it.
  std::vector<core::rehearsal::Attestation> attestations_of(
      const std::vector<core::StepId>& steps) const;
  /// As HistoryStore::unfinished_run() returns it.
  std::optional<core::UnfinishedRun> unfinished_run() const;
};

}  // namespace migrate::testing
