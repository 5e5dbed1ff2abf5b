#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/catalog.h"
#include "core/exit_code.h"
#include "core/history.h"
#include "core/open_run.h"
#include "core/step.h"
#include "core/unfinished_run.h"

namespace migrate::core {

enum class Reason {
  pending,             ///< not in the history
  changed_repeatable,  ///< a ddl file whose checksum is not the one that ran last
  continues,           ///< an earlier run stopped in the middle of it
  turned_back,         ///< half applied; stepwise, so that what ran of it is undone
  undo,                ///< down
};

struct PlannedStep {
  Step step;
  Script script;  ///< its file in `direction`
  Direction direction = Direction::up;
  Reason reason = Reason::pending;
  std::uint64_t first_statement = 1;  ///< where it starts; above 1 when it goes on
  SessionValues session;              ///< what its session held, as near to there as it was kept

  /// That would run.
  std::uint64_t statements() const { return script.shape.statements() + 1 - first_statement; }
};

/// What a run would do, in order.
struct Plan {
  std::vector<PlannedStep> steps;
  std::vector<std::string> warnings;  ///< worth reading before it runs; nothing that stops it
  /// So many steps were asked for, of the newest ones: the log must keep what they are, since a
  /// plan made behind the first of them would name others.
  std::optional<std::uint64_t> asked;
  /// The history does not keep what the schema is: behind the run all of it is looked at.
  bool looks_at_whole_schema = false;
  /// Runs that did not come to look at what they changed: that is done even if there is nothing
  /// else to do.
  std::vector<OpenRun> left_schema_open;
  /// Why objects that are not as the history has them were accepted, and which; empty: none were.
  std::string accepted_drift;
  /// Of a run that was cut off nothing is left; that it ended is still to be recorded.
  bool ends_cut_off_run = false;

  /// Of all steps.
  std::uint64_t statements() const;
};

/// Why a run must not start.
struct Refusal {
  ExitCode code = ExitCode::refused;
  std::string reason;
  std::string way_out;  ///< the next command to type, or what to mend
  std::string detail;   ///< lines to be shown as they are, e.g. a difference; may be empty
};

using PlanResult = std::variant<Plan, Refusal>;

enum class OutOfOrder { refuse, allow };

/// What `up` does about a step that failed.
enum class OnFailure {
  stop,      ///< leaves it half applied, to be mended and finished
  rollback,  ///< undoes what ran of it
};

struct UpRequest {
  std::optional<Version> to;           ///< last version to apply
  std::optional<std::uint64_t> steps;  ///< at most so many versioned steps
  OutOfOrder out_of_order = OutOfOrder::refuse;
  OnFailure on_failure = OnFailure::stop;
  /// Why objects that are not as the history has them do not matter; nothing: they do.
  std::optional<std::string> accept_drift;
  std::vector<std::string> ignored_objects;  ///< patterns: what of them differs is no drift
};

struct DownRequest {
  enum class Extent { steps, to, all };
  Extent extent = Extent::steps;
  std::uint64_t steps = 1;
  std::optional<Version> to;  ///< undo everything applied after this version
};

/// Whether this row is an open intent whose outcome the history alone cannot tell. A transaction of
/// the file's own that did not record its end was rolled back.
bool in_doubt(const JournalRow& row);

/// The hashes of the first statements of a file as it is on disk now; index 0 is statement 1.
using StatementHashes = std::vector<std::string>;

/// Splits a file; asked for nothing but what a plan is going to run, and undo if it fails.
using Examine = std::function<Script(const ScriptFile&)>;

/// Plans `up`: repeatable steps that are new or changed, then versioned steps that are not applied.
/// Refuses: an applied file that changed (drift), a lower version than the highest applied one, an
/// open intent (in doubt), a half-undone step (but one that an `up` was undoing when it was cut off
/// is undone first), a step that goes on but whose finished statements changed; with
/// OnFailure::rollback a step that could not be undone from its middle. `partial_hashes` are those
/// of the step that is partly up, if there is one; `cut_off` is the newest run, if it was: the way
/// out of a half-undone step.
PlanResult plan_up(const Catalog& catalog, const History& history, const UpRequest& request,
                   const StatementHashes& partial_hashes, const Examine& examine,
                   const std::optional<UnfinishedRun>& cut_off = std::nullopt);

/// Plans `down`: applied versioned steps, latest applied first; of a number of steps that were
/// asked for before, by a run that was cut off, those that are left. A half-applied step is turned
/// back where it is stepwise. Refuses a step without a down file or without its files on disk, a
/// half-applied step that is not stepwise, an open intent, an unknown version.
PlanResult plan_down(const Catalog& catalog, const History& history, const DownRequest& request,
                     const StatementHashes& partial_hashes, const Examine& examine,
                     const std::optional<UnfinishedRun>& cut_off = std::nullopt);

/// Plans `redo`: the step applied last is undone and applied again, or what is left of that when
/// the run that began it was cut off. Refuses what plan_down refuses.
PlanResult plan_redo(const Catalog& catalog, const History& history,
                     const StatementHashes& partial_hashes, const Examine& examine,
                     const std::optional<UnfinishedRun>& cut_off = std::nullopt);

/// What the log keeps of a plan that another run must not make anew; nothing for the others.
std::optional<RunPlan> run_plan(const Plan& plan);

/// Undoes what ran of a half-applied step. The step must be in the catalog and stepwise.
PlannedStep turn_back(const Catalog& catalog, const LedgerRow& half_applied,
                      const Examine& examine);

/// What is left of a plan whose run was broken off: `done` of its steps are known to be recorded as
/// done; of the next ones the history knows, since it has no open intent.
Plan remaining(const Plan& plan, std::size_t done, const History& history);

}  // namespace migrate::core
