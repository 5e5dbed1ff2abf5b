#include "core/schema/snapshot.h"

#include <memory>
#include <string>

#include <fmt/format.h>

#include "commands.h"
#include "core/fault.h"
#include "core/schema/difference.h"
#include "core/schema/ignore.h"

namespace migrate::cli {
namespace {

struct SnapshotOptions {
  std::string out;
  core::schema::Definers definers = core::schema::Definers::whoever_loads;
};

core::ExitCode run_snapshot(World& world, const SnapshotOptions& options) {
  const core::schema::Schema schema =
      core::schema::without_ignored(world.connect()->schema().read(), world.ignored_objects());
  if (!schema.hidden.empty()) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("this account may not see the definition of {}, so a snapshot "
                                  "would be without it",
                                  core::schema::words_for(schema.hidden.front())),
                      "use an account that may: the README says what it needs");
  }
  const std::string text = core::schema::snapshot(schema, options.definers);
  if (options.out.empty()) {
    world.presenter().snapshot(text);
    return core::ExitCode::done;
  }
  world.write_file(options.out, text);
  world.presenter().facts("snapshot", {{"file", options.out},
                                       {"tables", std::to_string(schema.tables.size())},
                                       {"views", std::to_string(schema.views.size())},
                                       {"routines", std::to_string(schema.routines.size())},
                                       {"triggers", std::to_string(schema.triggers.size())},
                                       {"events", std::to_string(schema.events.size())},
                                       {"sequences", std::to_string(schema.sequences.size())}});
  return core::ExitCode::done;
}

}  // namespace

void add_snapshot(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "snapshot", "Write the whole schema as one SQL file that makes it again; reads only");
  command->footer(
      "The same schema gives the same bytes, so the file can be kept in version control.\n"
      "Example: what did this release change?\n"
      "  migrate snapshot --out schema.sql\n  git diff schema.sql");
  const auto options = std::make_shared<SnapshotOptions>();
  command->add_option("--out", options->out, "Write it here, whole or not at all (default: stdout)")
      ->type_name("FILE");
  command->add_flag_callback(
      "--definers", [options] { options->definers = core::schema::Definers::kept; },
      "With the accounts that views and programs belong to");
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_snapshot(world, *options); };
  });
}

}  // namespace migrate::cli
