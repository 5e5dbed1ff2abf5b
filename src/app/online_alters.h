#pragma once

#include <optional>
#include <string>

#include "app/guard/run_boundary.h"
#include "app/online_tool.h"
#include "core/online.h"
#include "core/plan.h"
#include "core/program_ending.h"
#include "port/cancellation.h"
#include "port/event_sink.h"
#include "port/schema.h"

namespace migrate::app {

/// Which statements of a run go through the environment's tool, and their way through it. Without a
/// tool none does, whatever its file says: so on scratch schemas, and on the private server.
class OnlineAlters {
 public:
  /// `tool`: null where statements go to the server themselves; must outlive it.
  explicit OnlineAlters(const OnlineTool* tool) : tool_(tool) {}

  /// Whether the statement may have to, as far as its text tells: such a step goes alone.
  bool may_take(const core::Script& script, const core::Statement& statement) const;
  /// Its parts, if it has to. `schema`: that unqualified names are in. Where only the size of the
  /// table decides, costs a round trip.
  std::optional<core::OnlineAlter> take(const core::Script& script,
                                        const core::Statement& statement, const std::string& schema,
                                        port::Schema& live) const;
  /// What an earlier run of the tool left at the table, and would keep this one from running.
  std::optional<RunBoundary::InTheWay> in_the_way_at(const core::ObjectName& table,
                                                     port::Schema& live) const;
  /// What one left whose work is done, in words; empty: nothing. The table has its schema.
  std::string left_behind(const core::ObjectName& table, port::Schema& live) const;
  /// Tells what the tool says, and hands a signal on to it.
  core::ProgramEnding run(const core::OnlineAlter& alter, core::ServerFamily family,
                          port::EventSink& events, port::Cancellation& cancellation) const;
  /// The last path segment of the program.
  std::string name() const;

 private:
  const OnlineTool* tool_;
};

/// A file wants the tool, and the environment has none.
std::optional<core::Refusal> refuse_without_tool(const core::Plan& plan, const OnlineTool* tool);

}  // namespace migrate::app
