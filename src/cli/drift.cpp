#include "app/drift.h"

#include <memory>
#include <optional>
#include <string>

#include "app/rehearsal/built_schema.h"
#include "commands.h"
#include "core/fault.h"
#include "reason.h"

namespace migrate::cli {
namespace {

struct DriftOptions {
  std::string against = "history";
  std::optional<std::string> accept;
  bool record = false;
};

/// What the files, or one file, make of an empty schema on the private server.
core::schema::Schema expected_schema(World& world, const core::schema::Schema& live,
                                     const std::string& against) {
  std::optional<core::Script> file;
  if (against != "files") file = world.load_script(against);
  core::schema::Schema expected;
  world.rehearse(
      ScratchPlace::private_server, world.facts()->traits(), [&](const app::RehearsalPorts& ports) {
        expected =
            file ? app::schema_of_file(ports, *file, live) : app::schema_of_files(ports, live);
      });
  return expected;
}

core::ExitCode run_drift(World& world, const DriftOptions& options) {
  if (options.accept) {
    return world.run("drift", [&options](const app::RunPorts& ports) {
      return app::accept_schema(ports, *options.accept);
    });
  }
  const auto session = world.connect_as("drift");
  const std::vector<std::string> ignored = world.ignored_objects();
  if (options.against == "history") {
    const auto result = app::drift_from_history(*session, ignored);
    if (const auto* refusal = std::get_if<core::Refusal>(&result)) {
      world.presenter().refusal(*refusal);
      return refusal->code;
    }
    const auto& drift = std::get<core::schema::Drift>(result);
    if (options.record) {
      if (const auto refusal = app::record_drift(drift, *session)) {
        world.presenter().refusal(*refusal);
        return refusal->code;
      }
    }
    world.presenter().drift(drift);
    return drift.exit_code();
  }
  const bool files = options.against == "files";
  const core::schema::Schema live = session->schema().read();
  const core::schema::Schema expected = expected_schema(world, live, options.against);
  const core::schema::Drift drift =
      app::drift_from(expected, files ? "the files" : options.against, *session, ignored);
  world.presenter().drift(drift);
  return drift.exit_code();
}

}  // namespace

void add_drift(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "drift", "Compare the schema with what it is to be; shows what would bring it back");
  command->footer(
      "Exit code: 0 as expected, 3 something differs, 4 the history does not know.\n"
      "Nothing is changed, and nothing written but what --record and --accept put into the "
      "history.\n"
      "FILE is a snapshot or any SQL file; it and the files are loaded into a scratch schema of "
      "the\n"
      "private server.\n"
      "Example: did anybody change something by hand since the last run?\n"
      "  migrate drift --env production");
  const auto options = std::make_shared<DriftOptions>();
  auto* against = command
                      ->add_option("--against", options->against,
                                   "history (default: what the last run left), files, or a FILE")
                      ->type_name("WHAT");
  command
      ->add_flag("--record", options->record,
                 "Write what was found into the history, where status tells it")
      ->excludes(against);
  command
      ->add_option("--accept", options->accept,
                   "The schema as it is now is what the history expects; the log keeps the reason")
      ->check(says_something())
      ->excludes(against)
      ->excludes("--record")
      ->type_name("REASON");
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_drift(world, *options); };
  });
}

}  // namespace migrate::cli
