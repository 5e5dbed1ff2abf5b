#include "load.h"

#include <variant>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/splitter.h"
#include "movement.h"
#include "stopping.h"

namespace migrate::app {
namespace {

/// A signal cancels what runs on this connection, as long as this is there.
class Watched {
 public:
  Watched(port::Cancellation& cancellation, std::uint64_t connection_id)
      : cancellation_(cancellation) {
    cancellation_.watch(connection_id);
  }
  ~Watched() { cancellation_.watch(0); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

 private:
  port::Cancellation& cancellation_;
};

class Loading {
 public:
  Loading(const port::StoredBackup& backup, port::RestoreTarget& target,
          const port::Cancellation& cancellation)
      : backup_(backup), target_(target), cancellation_(cancellation) {}

  void feed(std::string_view bytes) {
    splitter_.feed(bytes);
    run_pieces();
  }

  void finish() {
    splitter_.finish();
    run_pieces();
  }

 private:
  void run_pieces() {
    for (;;) {
      const core::SplitResult result = splitter_.next();
      if (const auto* error = std::get_if<core::SplitError>(&result)) {
        throw core::Fault(core::ExitCode::configuration,
                          fmt::format("{}, line {} of the dump: {}", backup_.path(),
                                      error->position.line, error->message));
      }
      const auto* piece = std::get_if<core::Piece>(&result);
      if (piece == nullptr) return;
      if (piece->kind == core::Piece::Kind::statement) run(*piece);
    }
  }

  void run(const core::Piece& piece) {
    try {
      stop_if_asked(cancellation_, "not everything was restored");
      target_.run(piece.text);
    } catch (const core::Fault& fault) {
      // The signal had the server end the statement.
      stop_if_asked(cancellation_, "not everything was restored");
      if (fault.code() != core::ExitCode::statement_failed) throw;
      throw core::Fault(fault.code(), fmt::format("{}, line {} of the dump: {}", backup_.path(),
                                                  piece.position.line, fault.what()));
    }
  }

  const port::StoredBackup& backup_;
  port::RestoreTarget& target_;
  const port::Cancellation& cancellation_;
  core::Splitter splitter_;
};

}  // namespace

std::optional<std::string> damage_of(port::StoredBackup& backup, port::EventSink& events,
                                     const port::Cancellation& cancellation) {
  Movement movement(events, "reading " + backup.manifest().file, backup.manifest().bytes);
  const auto file = backup.raw();
  for (;;) {
    stop_if_asked(cancellation, "nothing was restored");
    const auto bytes = file->next();
    if (!bytes) continue;
    if (bytes->empty()) return backup.damage();
    movement.add(bytes->size());
  }
}

void load_dump(port::StoredBackup& backup, port::RestoreTarget& target, port::EventSink& events,
               port::Cancellation& cancellation) {
  Movement movement(events, "restoring " + backup.manifest().file, backup.manifest().dump_bytes);
  Loading loading(backup, target, cancellation);
  const Watched watched(cancellation, target.connection_id());
  const auto dump = backup.dump();
  for (;;) {
    const auto bytes = dump->next();
    if (!bytes) continue;
    if (bytes->empty()) break;
    loading.feed(*bytes);
    movement.add(bytes->size());
  }
  loading.finish();
}

}  // namespace migrate::app
