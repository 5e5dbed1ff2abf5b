#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/estimate/measurement.h"
#include "core/history.h"
#include "core/object_name.h"
#include "core/rehearsal/attestation.h"
#include "core/schema/kept.h"
#include "core/unfinished_run.h"

namespace migrate::port {

/// The history on the server. All its other writes ride along in packets as core::JournalWrite.
class HistoryStore {
 public:
  virtual ~HistoryStore() = default;

  /// Everything a plan needs. An absent history is an empty one: reading never writes. Throws
  /// Fault(configuration) when a newer `migrate` wrote it, naming that version; Fault(unavailable)
  /// when the server is lost.
  virtual core::History load() = 0;

  /// Creates the tables, or brings them up to date; does nothing when they are. Safe to repeat
  /// after a kill at any moment.
  virtual void prepare() = 0;

  /// What it keeps of the schema's objects; empty where it does not. A name without schema is one
  /// of the session's own.
  virtual std::vector<core::schema::KeptObject> kept_schema() = 0;
  virtual std::vector<core::schema::KeptObject> kept_schema(
      const std::vector<core::ObjectName>& objects) = 0;

  /// What ddl files were when they were applied last, by name; without those of which that is not
  /// kept, and empty when there is no history.
  virtual std::vector<core::AppliedText> applied_texts() = 0;

  /// The newest `limit` rows of the log, newest last; 0: all. Empty when there is no history.
  virtual std::vector<core::LogRow> log(std::uint64_t limit) = 0;

  /// The rows whose message begins with the hash of a frozen plan: its approvals, its runs. Oldest
  /// first; empty when there is no history.
  virtual std::vector<core::LogRow> log_of_plan(const std::string& hash) = 0;

  /// How long statements took that went over whole tables: the newest 100, newest first.
  /// Empty when there is no history.
  virtual std::vector<core::estimate::Measurement> measurements() = 0;

  /// What rehearsals have proven of these steps, newest first, in one round trip. Empty when there
  /// is no history.
  virtual std::vector<core::rehearsal::Attestation> attestations(
      const std::vector<core::StepId>& steps) = 0;

  /// The newest run of the log ("run started"), if it kept its plan there and the log does not say
  /// how it ended ("run finished"). It may be under way: whoever has the locks knows better.
  virtual std::optional<core::UnfinishedRun> unfinished_run() = 0;
};

}  // namespace migrate::port
