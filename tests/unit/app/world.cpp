#include "unit/app/world.h"

#include <algorithm>

#include "app/exec.h"
#include "app/planning.h"

namespace migrate::testing {

void RecordedEvents::on(const core::Event& event) {
  events_.push_back(event);
  if (then) then(event);
}

app::RunPorts World::ports(const std::string& command) {
  events.clear();
  const std::string run_id = "run-" + std::to_string(++runs_);
  server.identify(
      {.run_id = run_id, .command = command, .client = "tester@here", .tool_version = "test"});
  return {.server = *faults,
          .steps = steps,
          .events = events,
          .cancellation = cancellation,
          .clock = clock_,
          .background = background,
          .guards = guards,
          .online = online ? &*online : nullptr,
          .patience = {.lock = lock_timeout,
                       .orphan = orphan_timeout,
                       .orphans = orphans,
                       .reconnect = reconnect_timeout,
                       .statement_locks = statement_locks},
          .run_id = run_id,
          .command = command,
          .tool_version = "test"};
}

core::ExitCode World::up(const core::UpRequest& request) {
  return app::up(ports("up"), request, {}, hooks);
}
core::ExitCode World::up(const core::UpRequest& request, const app::RunChecks& checks) {
  return app::up(ports("up"), request, checks, hooks);
}
core::ExitCode World::down(const core::DownRequest& request) {
  return app::down(ports("down"), request, hooks);
}
core::ExitCode World::redo() {
  return app::redo(ports("redo"), hooks);
}
core::ExitCode World::baseline(const std::string& version) {
  return app::baseline(ports("baseline"), core::Version::parse(version).value());
}
core::ExitCode World::reset() {
  return app::reset(ports("reset"));
}
core::ExitCode World::resolve(app::Decision decision, const std::string& reason) {
  return app::resolve(ports("resolve"), decision, reason);
}
core::ExitCode World::exec(const std::string& path, const std::string& text) {
  const core::Script script = steps.script(path, text);
  return app::exec(ports("exec"), script);
}

void World::by_hand(const std::string& statement) {
  server.connect()->run({core::Statement{.text = statement, .effect = core::Effect::schema}},
                        [](const core::ItemResult&) {});
}

core::ExitCode World::up_as_frozen(const app::FrozenRequest& frozen) {
  return app::up_as_frozen(ports("up"), frozen, {}, hooks);
}
app::FrozenRequest World::freeze(const core::UpRequest& request) {
  const auto session = server.connect();
  const auto plan =
      std::get<core::Plan>(app::plan_up_on(*session, steps, app::load_catalog(steps), request));
  return {.plan = app::freeze(plan, request, *session, "test"), .hash = "0123abcd"};
}

std::optional<core::LedgerRow> World::ledger(const std::string& version) const {
  const core::History history = server.history();
  const core::LedgerRow* row = history.find({core::StepKind::versioned, version});
  return row == nullptr ? std::nullopt : std::optional(*row);
}

std::string World::rows(const std::string& table) const {
  const FakeTable there = server.tables().at(table);
  std::string text;
  for (const auto& row : there.rows) {
    if (!text.empty()) text += ' ';
    bool first = true;
    for (const auto& value : row) {
      if (!first) text += ',';
      first = false;
      text += value ? std::to_string(*value) : "NULL";
    }
  }
  return text;
}

bool World::has_table(const std::string& table) const {
  return server.tables().contains(table);
}

std::size_t World::times(const std::string& statement) const {
  return static_cast<std::size_t>(std::ranges::count(server.statements(), statement));
}

std::string World::logged() const {
  std::string text;
  for (const core::LogRow& row : server.log()) {
    if (row.event.starts_with("run ")) continue;
    if (!text.empty()) text += ", ";
    text += row.event;
  }
  return text;
}

std::string World::state() const {
  std::string state;
  const auto tables = server.tables();
  for (const auto& [name, table] : tables) {
    state += name + "(";
    for (const std::string& column : table.columns) state += column + " ";
    state += "): " + rows(name) + "\n";
  }
  const core::History history = server.history();
  for (const core::LedgerRow& row : history.ledger) {
    state += row.id.key + " " + std::to_string(static_cast<int>(row.state)) + " " +
             std::to_string(row.statements_done) + " #" + std::to_string(row.order) + " " +
             row.checksum.hex + "\n";
  }
  state += std::to_string(history.journal.size()) + " journal rows\n";
  for (const core::LogRow& row : server.log()) {
    if (row.event == "applied" || row.event == "undone")
      state += row.event + " " + row.step->key + "\n";
  }
  return state;
}

std::string World::kept() const {
  std::vector<std::string> objects;
  for (const core::schema::KeptObject& kept : server.kept_schema())
    objects.push_back(kept.name + " " + kept.fingerprint + "\n");
  std::ranges::sort(objects);
  std::string all = std::to_string(server.history().left_schema_open.size()) + " open runs\n";
  for (const std::string& object : objects) all += object;
  return all;
}

}  // namespace migrate::testing
