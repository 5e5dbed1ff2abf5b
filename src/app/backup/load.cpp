#include "load.h"

#include <variant>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema/schema.h"
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

/// What a restore is to be like anything else that changes the schema: replicated.
bool switches_log_off(std::string_view statement) {
  return statement.starts_with("SET @MYSQLDUMP_TEMP_LOG_BIN") ||
         statement.starts_with("SET @@SESSION.SQL_LOG_BIN");
}

class Loading {
 public:
  Loading(const port::StoredBackup& backup, port::RestoreTarget& target,
          const port::Cancellation& cancellation)
      : backup_(backup),
        target_(target),
        cancellation_(cancellation),
        names_the_schema_("ALTER DATABASE " +
                          core::schema::quoted_name(backup.manifest().server.schema)) {}

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
      if (switches_log_off(piece.text)) return;
      if (piece.text.starts_with(names_the_schema_)) {
        // A trigger that was made under another collation: the tool means the schema that the dump
        // is loaded into, and not the one that it was made of.
        target_.run("ALTER DATABASE" + std::string(piece.text.substr(names_the_schema_.size())));
      } else {
        target_.run(piece.text);
      }
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
  std::string names_the_schema_;
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
  // A statement that only sleeps ends well when it is told to end.
  stop_if_asked(cancellation, "not everything was restored");
}

}  // namespace migrate::app
