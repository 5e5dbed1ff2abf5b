#include "app/impact/ask.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/impact/touched_rows.h"
#include "core/impact/way.h"
#include "core/rehearsal/attestation.h"
#include "core/rehearsal/reach.h"
#include "core/temporary_table.h"
#include "needed_schema.h"

namespace migrate::app {
namespace {

using core::impact::Algorithm;
using core::impact::AlterStatement;
using core::impact::Handling;
using core::impact::Impact;
using core::impact::Locking;
using core::impact::Rung;
using core::impact::StatementImpact;
using core::impact::Way;

// It cannot be done so; the second has the reason.
// https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html
constexpr unsigned er_alter_operation_not_supported = 1845;
constexpr unsigned er_alter_operation_not_supported_reason = 1846;

bool is_too_mild(const core::ServerError& error) {
  return error.code == er_alter_operation_not_supported ||
         error.code == er_alter_operation_not_supported_reason;
}

/// "ALGORITHM=INSTANT is not supported. Reason: … Try ALGORITHM=COPY." without what is only about
/// the asking.
std::string reason_in(const std::string& message) {
  const std::string_view begin = "Reason: ";
  const auto at = message.find(begin);
  if (at == std::string::npos) return {};
  std::string reason = message.substr(at + begin.size());
  return reason.substr(0, reason.find(". Try "));
}

/// The server's words, which quote the statement where they are about its syntax.
std::string shown_words(const core::ServerError& error, const core::Statement& statement) {
  const bool has_password =
      core::mentions(statement.text, "PASSWORD") || core::mentions(statement.text, "IDENTIFIED");
  return has_password
             ? fmt::format("error {}; its words are not shown, for the statement has a password",
                           error.code)
             : error.message;
}

/// Those that are kept from others of a server, or that would change more than the schema.
bool stays_here(const core::Statement& statement) {
  if (statement.effect == core::Effect::schema) return true;
  return statement.effect == core::Effect::session &&
         (statement.bracket == core::Bracket::none ||
          statement.bracket == core::Bracket::stops_autocommit ||
          statement.bracket == core::Bracket::resumes_autocommit);
}

/// The server's words against rungs.
class Reasons {
 public:
  /// The first one of each algorithm is about the algorithm, where nothing of it is to be had.
  void add(const Rung& rung, std::string reason) {
    if (!reason.empty()) reasons_.emplace_back(rung.algorithm, std::move(reason));
  }

  /// Why no milder lock; where that goes with the algorithm, why no milder algorithm: the last
  /// one that was asked for is the nearest.
  std::string against_milder(const Rung& taken) const {
    std::string of_lock = reason_of(taken.algorithm);
    if (taken.algorithm != Algorithm::copy && !of_lock.empty()) return of_lock;
    std::string why;
    for (const Algorithm milder : {Algorithm::instant, Algorithm::nocopy, Algorithm::inplace}) {
      const std::string reason = reason_of(milder);
      if (milder < taken.algorithm && !reason.empty()) why = reason;
    }
    return why;
  }

 private:
  std::string reason_of(Algorithm algorithm) const {
    const auto found =
        std::ranges::find(reasons_, algorithm, &std::pair<Algorithm, std::string>::first);
    return found == reasons_.end() ? std::string() : found->second;
  }

  std::vector<std::pair<Algorithm, std::string>> reasons_;
};

class Asking {
 public:
  Asking(Foresight& foresight, core::ServerFamily family, AskedServer where,
         const RehearsalPorts& ports)
      : impact_(foresight.impact),
        family_(family),
        where_(where),
        ports_(ports),
        schemas_(ports.scratch.schemas()) {
    if (!impact_.server.schema.empty()) schemas_.push_back(impact_.server.schema);
    const core::schema::Schema needed = needed_schema(foresight.schema, impact_);
    scratch_ = ports.scratch.create(needed.charset, needed.collation);
    scratch_->build(needed);
    session_ = scratch_->server().connect();
  }

  void ask(const core::PlannedStep& planned, core::impact::StepImpact& step) {
    const auto stream = ports_.steps.open(planned.script);
    auto next = step.statements.begin();
    while (next != step.statements.end()) {
      const auto numbered = stream->next();
      if (!numbered) break;
      if (numbered->index != next->index) continue;
      if (const auto stop = ports_.cancellation.requested())
        throw core::Fault(*stop, "stopped by a signal; the scratch schema is dropped");
      ask(numbered->statement, *next++);
    }
    session_->reset();
  }

  /// Foreign keys that the plan adds, or that tables have which it makes.
  void take_links() {
    const auto before = std::exchange(
        impact_.links, core::impact::links_of(session_->schema().read().tables, impact_.tables));
    for (core::impact::ForeignKeyLink& link : impact_.links)
      link.is_new = std::ranges::find(before, link) == before.end();
    for (const core::impact::ForeignKeyLink& link : before) {
      const bool stays = std::ranges::any_of(impact_.links, [&](const auto& now) {
        return now.name == link.name && now.from == link.from;
      });
      if (!stays) impact_.links.push_back(link);
    }
  }

 private:
  void ask(const core::Statement& statement, StatementImpact& impact) {
    if (!stays_here(statement)) return;
    if (std::string why = reaches_out(statement); !why.empty()) {
      if (statement.effect == core::Effect::schema)
        impact.handling = {.kind = Handling::Kind::unknown,
                           .words = fmt::format("not tried on a copy: {}", why)};
      return;
    }
    if (statement.effect != core::Effect::schema) {
      run(statement);
      return;
    }
    look_in_front(impact);
    const auto alter = AlterStatement::read(statement.text);
    if (alter && impact.handling.kind == Handling::Kind::not_asked) {
      impact.handling = climb(*alter, statement, impact.touches.front());
      const bool asked = impact.handling.kind == Handling::Kind::asked;
      if (asked && impact.handling.way.algorithm == Algorithm::instant)
        impact.expected = {.time = std::chrono::milliseconds(0), .basis = "INSTANT"};
    } else if (auto error = run(statement)) {
      impact.handling = {.kind = Handling::Kind::fails, .words = shown_words(*error, statement)};
    }
    look_behind(impact);
  }

  std::string reaches_out(const core::Statement& statement) const {
    std::string why = core::rehearsal::reaches_schema(statement, schemas_);
    if (why.empty() && where_ == AskedServer::real)
      why = core::rehearsal::reaches_server(statement);
    return why;
  }

  /// The first rung that the server takes, which has then been done.
  Handling climb(const AlterStatement& alter, const core::Statement& statement,
                 const core::ObjectName& table) {
    Reasons reasons;
    for (const Rung& rung : alter.rungs(family_)) {
      const auto number = number_of(table);
      core::Statement asked = statement;
      asked.text = alter.with(rung);
      const auto error = run(asked);
      if (!error) {
        Way found = way(rung, table, number);
        if (!found.is_harmless()) found.why = reasons.against_milder(rung);
        return {.kind = Handling::Kind::asked, .way = std::move(found)};
      }
      if (!is_too_mild(*error)) return as_written(statement, *error);
      reasons.add(rung, reason_in(error->message));
    }
    const auto error = run(statement);
    if (error) return {.kind = Handling::Kind::fails, .words = shown_words(*error, statement)};
    return {.kind = Handling::Kind::unknown,
            .words = "the server takes none of the ways to ask for it"};
  }

  /// Asking may be what it does not take: partitions have a grammar of their own.
  Handling as_written(const core::Statement& statement, const core::ServerError& of_asking) {
    if (const auto error = run(statement))
      return {.kind = Handling::Kind::fails, .words = shown_words(*error, statement)};
    return {.kind = Handling::Kind::unknown,
            .words = fmt::format("the server does not take ALGORITHM with it: {}",
                                 shown_words(of_asking, statement))};
  }

  Way way(const Rung& rung, const core::ObjectName& table,
          const std::optional<std::string>& number_before) {
    Way way{.algorithm = rung.algorithm,
            .rebuild = Way::Rebuild::no,
            .locking = rung.locking.value_or(Locking::none)};
    switch (rung.algorithm) {
      case Algorithm::instant:
        break;
      case Algorithm::nocopy:
        way.algorithm = Algorithm::inplace;
        break;
      case Algorithm::copy:
        way.rebuild = Way::Rebuild::yes;
        break;
      case Algorithm::inplace:
        way.rebuild = rebuilt(number_before, number_of(table));
        break;
    }
    return way;
  }

  /// MariaDB was asked for NOCOPY before. Of MySQL: a table that was rebuilt is another one for
  /// InnoDB.
  Way::Rebuild rebuilt(const std::optional<std::string>& before,
                       const std::optional<std::string>& behind) const {
    if (family_ == core::ServerFamily::mariadb) return Way::Rebuild::yes;
    const bool told = before && behind && !before->empty() && !behind->empty();
    if (!told) return Way::Rebuild::unknown;
    return *before == *behind ? Way::Rebuild::no : Way::Rebuild::yes;
  }

  std::optional<std::string> number_of(const core::ObjectName& table) {
    if (family_ == core::ServerFamily::mariadb) return std::nullopt;
    return session_->schema().identities({table}).at(0);
  }

  /// What the server says against it.
  std::optional<core::ServerError> run(const core::Statement& statement) {
    const core::PacketOutcome outcome = session_->run({statement}, [](const auto&) {});
    if (outcome.end == core::PacketOutcome::End::complete) return std::nullopt;
    if (outcome.end == core::PacketOutcome::End::lost) {
      throw core::Fault(
          core::ExitCode::unavailable,
          fmt::format("the server that was asked is gone: {}", outcome.error.message));
    }
    return outcome.error;
  }

  void look_in_front(const StatementImpact& impact) {
    std::vector<core::ObjectName> unseen;
    std::ranges::copy_if(impact.touches, std::back_inserter(unseen),
                         [this](const auto& object) { return !texts_.contains(object); });
    read(unseen);
  }

  void look_behind(StatementImpact& impact) {
    const std::map<core::ObjectName, std::string> before = texts_;
    read(impact.touches);
    for (const core::ObjectName& object : impact.touches) {
      const std::string& now = texts_[object];
      const auto was = before.find(object);
      if (was == before.end() || was->second == now) continue;
      impact.changes.push_back({.object = core::impact::words_of(object),
                                .lines = core::compare_lines(was->second, now)});
    }
    // Nobody knows what an EXECUTE changed.
    if (impact.touches.empty()) texts_.clear();
  }

  void read(const std::vector<core::ObjectName>& objects) {
    if (objects.empty()) return;
    const core::schema::Schema schema = session_->schema().read(objects);
    for (const core::ObjectName& object : objects) texts_[object] = definition_in(schema, object);
  }

  Impact& impact_;
  core::ServerFamily family_;
  AskedServer where_;
  const RehearsalPorts& ports_;
  std::vector<std::string> schemas_;
  std::unique_ptr<port::ScratchSchema> scratch_;
  std::unique_ptr<port::Session> session_;
  std::map<core::ObjectName, std::string> texts_;  ///< as they are by now; empty: not there
};

std::string_view name_of(core::ServerFamily family) {
  return family == core::ServerFamily::mariadb ? "MariaDB" : "MySQL";
}

}  // namespace

void ask_how(Foresight& foresight, const core::Plan& plan,
             const core::rehearsal::ServerTraits& there, AskedServer where,
             const RehearsalPorts& ports) {
  Impact& impact = foresight.impact;
  const core::rehearsal::ServerTraits here = ports.scratch.facts().traits();
  if (here.family != there.family) {
    impact.not_asked =
        fmt::format("no server program of {} is on this machine", name_of(there.family));
    return;
  }
  Asking asking(foresight, here.family, where, ports);
  for (std::size_t i = 0; i < impact.steps.size(); ++i) asking.ask(plan.steps[i], impact.steps[i]);
  asking.take_links();
  impact.asked = fmt::format("{} {}", name_of(here.family), here.version);
  impact.asked += where == AskedServer::own ? ", a private server" : ", on an empty copy there";
  if (core::rehearsal::server_series(here.version) !=
      core::rehearsal::server_series(there.version)) {
    impact.asked_another = fmt::format("the plan is for {} {}, which may do otherwise",
                                       name_of(there.family), there.version);
  }
}

}  // namespace migrate::app
