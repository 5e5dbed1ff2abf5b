#pragma once

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

  /// Whether the run may change anything, or an earlier one did not come to look.
  bool any() const { return touched_.any(); }

  /// To be recorded in front of the run, if there is any.
  core::JournalWrite opened() const;

  /// Records `last` in one transaction with what the history has to keep from now on: of the
  /// objects that may have changed, or of all where any may have. Where the server does not show
  /// them, only `last` is recorded, and told why: an account that may not look keeps nothing; in
  /// any other case the next run looks. `session` may be another one than in front.
  void keep(port::Session& session, std::vector<core::JournalWrite> last,
            port::EventSink& events) const;

 private:
  core::TouchedObjects touched_;
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
