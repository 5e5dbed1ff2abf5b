#include "app/backup/restore.h"

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "app/locked_sessions.h"
#include "core/fault.h"
#include "core/schema/schema.h"
#include "load.h"
#include "record.h"
#include "stopwatch.h"

namespace migrate::app {
namespace {

using core::backup::Manifest;

void drop_everything(port::Session& session) {
  for (const core::ObjectName& object : session.schema().objects()) session.schema().drop(object);
}

/// What is said behind the message of a restore that failed.
std::string what_is_left(port::Session& session) {
  try {
    drop_everything(session);
    return "What was restored until then is dropped again: the schema is empty.";
  } catch (const core::Fault& fault) {
    return fmt::format(
        "What was restored until then is still there, and not whole ({}): say it again with "
        "--replace.",
        fault.what());
  }
}

class Restore {
 public:
  explicit Restore(const RestorePorts& ports)
      : ports_(ports), run_(ports.run), stopwatch_(ports.run.clock) {}

  core::ExitCode run(Existing existing) {
    if (const auto damage = damage_of(ports_.backup, run_.events, run_.cancellation)) {
      return refuse({.reason = fmt::format("{} is damaged: {}", ports_.backup.path(), *damage),
                     .way_out = "take another one: migrate backup list"});
    }
    auto opened = LockedSessions::open(run_.server.connect(), run_.server, run_.events,
                                       run_.cancellation, run_.patience);
    if (const auto* refusal = std::get_if<core::Refusal>(&opened)) return refuse(*refusal);
    auto& sessions = std::get<LockedSessions>(opened);
    if (const auto refusal = look(sessions.control(), existing)) return refuse(*refusal);
    run_.events.on(core::event::RunStarted{.run_id = run_.run_id,
                                           .command = run_.command,
                                           .server = sessions.control().info(),
                                           .steps = 0,
                                           .statements = 0});
    drop_everything(sessions.control());
    warn(sessions.control());
    load(sessions.control());
    record_it(sessions.control());
    return finish(core::ExitCode::done);
  }

 private:
  core::ExitCode finish(core::ExitCode code) {
    run_.events.on(core::event::RunFinished{.code = code, .duration_us = stopwatch_.elapsed_us()});
    return code;
  }

  core::ExitCode refuse(const core::Refusal& refusal) {
    run_.events.on(core::event::Refused{refusal});
    return finish(refusal.code);
  }

  const Manifest& manifest() const { return ports_.backup.manifest(); }

  std::optional<core::Refusal> look(port::Session& session, Existing existing) {
    const core::ServerInfo& server = session.info();
    if (server.family != manifest().server.family) {
      return core::Refusal{
          .reason = fmt::format("the backup is of {}, and this server is of the other family",
                                core::backup::server_text(manifest().server)),
          .way_out = "restore it into a server of its own family"};
    }
    const std::vector<core::ObjectName> objects = session.schema().objects();
    if (!objects.empty() && existing == Existing::refuse) {
      return core::Refusal{
          .reason = fmt::format("the schema {} is not empty: it has {} objects, the first is {}",
                                server.schema, objects.size(), objects.front().name),
          .way_out = "when all of them may go, add --replace"};
    }
    const core::Plan no_plan;
    judgement_ = run_.guards.judge({.command = run_.command,
                                    .plan = no_plan,
                                    .dropped = objects,
                                    .frozen = std::nullopt,
                                    .session = session,
                                    .steps = run_.steps});
    if (judgement_.allowed()) return std::nullopt;
    return judgement_.refusal();
  }

  void warn(port::Session& session) const {
    for (const std::string& warning : judgement_.warnings)
      run_.events.on(core::event::Warned{warning});
    if (!manifest().verified) {
      run_.events.on(core::event::Warned{
          "nobody verified this backup: migrate backup verify restores it elsewhere first"});
    }
    const std::string collation = session.schema().read().collation;
    if (collation != manifest().server.collation) {
      run_.events.on(core::event::Warned{fmt::format(
          "the default collation of this schema is {}, and was {}: programs, and tables "
          "that are made later, come out another way (ALTER DATABASE {} COLLATE {})",
          collation, manifest().server.collation, core::schema::quoted_name(session.info().schema),
          manifest().server.collation)});
    }
  }

  void load(port::Session& session) {
    try {
      const auto target = ports_.target();
      load_dump(ports_.backup, *target, run_.events, run_.cancellation);
    } catch (const core::Fault& fault) {
      throw core::Fault(fault.code(), fmt::format("{}\n{}", fault.what(), what_is_left(session)),
                        fault.hint());
    }
  }

  /// The history came with the backup, if it had one; that it is a restored one, it should tell.
  void record_it(port::Session& session) {
    const std::string words =
        fmt::format("{}, made {} of {} on {}", manifest().file, manifest().at,
                    manifest().server.schema, core::backup::server_text(manifest().server));
    if (!session.history().load().empty()) {
      session.history().prepare();
      std::vector<core::JournalWrite> writes = judgement_.record();
      writes.emplace_back(core::journal::Logged{
          .event = "restored", .duration_us = stopwatch_.elapsed_us(), .message = words});
      record(session, writes);
    }
    run_.events.on(core::event::Recorded{
        fmt::format("{}: {} tables, {} rows", words, manifest().tables.size(), manifest().rows())});
  }

  const RestorePorts& ports_;
  const RunPorts& run_;
  Stopwatch stopwatch_;
  core::guard::Judgement judgement_;
};

}  // namespace

core::ExitCode restore_backup(const RestorePorts& ports, Existing existing) {
  return Restore(ports).run(existing);
}

}  // namespace migrate::app
