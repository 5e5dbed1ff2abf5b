#pragma once

#include <set>
#include <vector>

#include "core/journal_write.h"
#include "core/plan.h"
#include "core/touched_objects.h"
#include "port/event_sink.h"
#include "port/session.h"

namespace migrate::app {

/// What the history learns of the schema around a run. An object that somebody else changed before
/// the run, and that the run left as it found it, stays drift; as far as such a run was cut off,
/// the next one knows of it.
class SchemaKeeping {
 public:
  /// Looks at the whole schema where the plan may change objects that it does not name.
  SchemaKeeping(port::Session& session, const core::Plan& plan);

  /// Records `first`, in front of the run, in one transaction with the word that it may change
  /// objects. A history that keeps nothing yet learns of the whole schema: now, when the run has
  /// not filled it, so that behind it only what may have changed is to be looked at. Throws as
  /// record().
  void open(port::Session& session, std::vector<core::JournalWrite> first);

  /// What there is to record, already while the run goes on, of tables that nothing in it changes
  /// any more; nothing where that has to wait for its end. Throws as Schema::read().
  std::vector<core::JournalWrite> records_of(port::Session& session,
                                             const std::vector<core::ObjectName>& tables) const;
  /// That is recorded, so that these need not be looked at behind the run.
  void note_recorded(const std::vector<core::ObjectName>& tables);

  /// Records `last`, behind the run, in one transaction with what the history has to keep from now
  /// on: of the objects that may have changed, or of all where any may have. Where the server does
  /// not show them, only `last` is recorded, and told why: an account that may not look keeps
  /// nothing; in any other case the next run looks. `session` may be another one than in front.
  void keep(port::Session& session, std::vector<core::JournalWrite> last,
            port::EventSink& events) const;

 private:
  /// The run may change something, or an earlier one did not come to look.
  bool any() const { return touched_.any() || looks_first_; }
  core::JournalWrite opened() const;
  bool keep_what_is_there(port::Session& session, const std::vector<core::JournalWrite>& first);

  core::TouchedObjects touched_;
  std::set<core::ObjectName> settled_;
  bool looks_first_;  ///< the history keeps nothing
  bool looks_at_all_;
  std::vector<core::schema::StandingDrift> standing_;
  std::uint64_t packet_limit_;
};

/// Records `last` with the whole schema as it is. Faults are told, as above.
void keep_whole_schema(port::Session& session, std::vector<core::JournalWrite> last,
                       port::EventSink& events);

/// The same where that is all there is to do. Throws Fault, and records nothing, where the history
/// cannot keep it.
void accept_whole_schema(port::Session& session, const std::vector<core::JournalWrite>& last);

}  // namespace migrate::app
