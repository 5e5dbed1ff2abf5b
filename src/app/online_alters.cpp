#include "online_alters.h"

#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/estimate/statement_work.h"
#include "core/event.h"

namespace migrate::app {
namespace {

using core::ObjectKind;
using core::ObjectName;

class ToolSaid : public port::ProgramListener {
 public:
  ToolSaid(std::string program, port::EventSink& events, port::Cancellation& cancellation)
      : program_(std::move(program)), events_(events), cancellation_(cancellation) {}

  void said(std::string_view line) override {
    events_.on(core::event::ProgramSaid{.program = program_, .line = std::string(line)});
  }
  std::optional<core::ExitCode> stop() override { return cancellation_.requested(); }

 private:
  std::string program_;
  port::EventSink& events_;
  port::Cancellation& cancellation_;
};

std::optional<core::OnlineAlter> alter_of(const core::Statement& statement) {
  if (statement.effect != core::Effect::schema || !statement.executed.empty()) return std::nullopt;
  auto alter = core::online_alter(statement.text);
  if (!alter || !std::holds_alternative<core::OnlineAlter>(*alter)) return std::nullopt;
  return std::get<core::OnlineAlter>(*std::move(alter));
}

/// Under locks, or in a transaction, of the file's own nothing else can be at the table.
bool holds_itself(const core::Script& script) {
  return script.shape.locks_tables || script.shape.manages_transactions;
}

/// As pt-online-schema-change names them; it refuses a table that has them.
std::vector<ObjectName> triggers_of(const ObjectName& table) {
  std::vector<ObjectName> triggers;
  for (const char* when : {"del", "ins", "upd"}) {
    triggers.push_back({ObjectKind::trigger, table.schema,
                        fmt::format("pt_osc_{}_{}_{}", table.schema, table.name, when)});
  }
  return triggers;
}

ObjectName beside(const ObjectName& table, std::string_view end) {
  return {ObjectKind::table, table.schema, fmt::format("_{}_{}", table.name, end)};
}

std::string quoted(const ObjectName& object) {
  return fmt::format("`{}`.`{}`", object.schema, object.name);
}

/// Of those that are there.
std::vector<std::string> drops_of(const std::vector<ObjectName>& names, port::Schema& live) {
  const auto found = live.definitions(names);
  std::vector<std::string> drops;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!found[i] || found[i]->fingerprint.empty()) continue;
    const bool is_trigger = names[i].kind == ObjectKind::trigger;
    drops.push_back(fmt::format("DROP {} {}", is_trigger ? "TRIGGER" : "TABLE", quoted(names[i])));
  }
  return drops;
}

}  // namespace

bool OnlineAlters::may_take(const core::Script& script, const core::Statement& statement) const {
  if (tool_ == nullptr || tool_->command.empty() || holds_itself(script)) return false;
  if (!core::goes_online(script.directives) && !tool_->above) return false;
  return alter_of(statement).has_value();
}

std::optional<core::OnlineAlter> OnlineAlters::take(const core::Script& script,
                                                    const core::Statement& statement,
                                                    const std::string& schema,
                                                    port::Schema& live) const {
  if (!may_take(script, statement)) return std::nullopt;
  auto alter = alter_of(statement);
  if (alter->table.schema.empty()) alter->table.schema = schema;
  if (core::goes_online(script.directives)) return alter;
  // What is a moment stays one.
  if (core::estimate::work_of(statement).work != core::estimate::Work::table) return std::nullopt;
  const auto sizes = live.sizes({alter->table});
  const bool large = !sizes.empty() && tool_->above->is(sizes.front());
  return large ? alter : std::nullopt;
}

std::optional<RunBoundary::InTheWay> OnlineAlters::in_the_way_at(const ObjectName& table,
                                                                 port::Schema& live) const {
  // The table that was swapped away is in nobody's way.
  std::vector<ObjectName> names = triggers_of(table);
  for (const char* end : {"new", "gho", "ghc"}) names.push_back(beside(table, end));
  const auto drops = drops_of(names, live);
  if (drops.empty()) return std::nullopt;
  return RunBoundary::InTheWay{
      .reason = fmt::format("an earlier run of such a tool left something at table {}", table.name),
      .way_out = fmt::format("when nobody runs it any more: {}; then: migrate up",
                             fmt::join(drops, "; "))};
}

std::string OnlineAlters::left_behind(const ObjectName& table, port::Schema& live) const {
  if (tool_ == nullptr || tool_->command.empty()) return {};
  std::vector<ObjectName> names = triggers_of(table);
  for (const char* end : {"old", "del", "ghc"}) names.push_back(beside(table, end));
  const auto drops = drops_of(names, live);
  if (drops.empty()) return {};
  return fmt::format("the tool that altered table {} left something: {}", table.name,
                     fmt::join(drops, "; "));
}

core::ProgramEnding OnlineAlters::run(const core::OnlineAlter& alter, core::ServerFamily family,
                                      port::EventSink& events,
                                      port::Cancellation& cancellation) const {
  auto values = tool_->values;
  values.emplace_back("alter", alter.actions);
  values.emplace_back("table", alter.table.name);
  values.emplace_back("schema", alter.table.schema);
  values.emplace_back("defaults_file", port::Program::file_path);
  port::Program program{.argv = {}, .variables = {}, .time_limit = std::nullopt};
  for (const std::string& word : tool_->command)
    program.argv.push_back(core::with_values(word, values));
  program.file = tool_->option_file(family);
  ToolSaid said(name(), events, cancellation);
  return tool_->programs->run(program, said);
}

std::string OnlineAlters::name() const {
  const std::string& program = tool_->command.front();
  return program.substr(program.rfind('/') + 1);
}

std::optional<core::Refusal> refuse_without_tool(const core::Plan& plan, const OnlineTool* tool) {
  if (tool == nullptr || !tool->command.empty()) return std::nullopt;
  for (const core::PlannedStep& planned : plan.steps) {
    if (!core::goes_online(planned.script.directives)) continue;
    return core::Refusal{
        .reason = fmt::format("{}: the file says `-- migrate: online`, and this environment has no "
                              "tool for it",
                              planned.script.path),
        .way_out =
            "name it in migrate.yaml: online_command: [pt-online-schema-change, …]; or say "
            "there that such statements go to the server as they are: online_command: off"};
  }
  return std::nullopt;
}

std::vector<std::string> told_online(const core::Plan& plan, port::StepSource& steps,
                                     const OnlineTool* tool, port::Session& session) {
  if (tool == nullptr) return {};
  if (const auto refusal = refuse_without_tool(plan, tool))
    return {fmt::format("would be refused: {} ({})", refusal->reason, refusal->way_out)};
  const OnlineAlters online(tool);
  std::vector<std::string> told;
  for (const core::PlannedStep& planned : plan.steps) {
    if (!core::goes_online(planned.script.directives) && !tool->above) continue;
    const auto statements = steps.open(planned.script);
    while (const auto numbered = statements->next()) {
      if (numbered->index < planned.first_statement) continue;
      const auto alter =
          online.take(planned.script, numbered->statement, session.info().schema, session.schema());
      if (!alter) continue;
      told.push_back(fmt::format("{}:{}: table {} is altered by {}, which copies it",
                                 planned.script.path, numbered->statement.position.line,
                                 alter->table.name, online.name()));
    }
  }
  return told;
}

}  // namespace migrate::app
