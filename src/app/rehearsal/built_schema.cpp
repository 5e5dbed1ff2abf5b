#include "app/rehearsal/built_schema.h"

#include <fmt/format.h>

#include "app/planning.h"
#include "core/fault.h"
#include "stage.h"

namespace migrate::app {
namespace {

Ground ground_like(const RehearsalPorts& ports, const core::schema::Schema& like) {
  const core::rehearsal::ServerTraits here = ports.scratch.facts().traits();
  if (here.family != like.family) {
    const bool mariadb = like.family == core::ServerFamily::mariadb;
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("the private server is {}, and this schema is on {}",
                                  here.version, mariadb ? "MariaDB" : "MySQL"),
                      "install a server of that family, or name it with --server-bin");
  }
  return {.schema = core::schema::Schema{
              .family = like.family, .charset = like.charset, .collation = like.collation}};
}

}  // namespace

core::schema::Schema schema_of_files(const RehearsalPorts& ports,
                                     const core::schema::Schema& like) {
  Stage stage(ports, ground_like(ports, like), ports.steps);
  const core::Catalog catalog = load_catalog(ports.steps);
  for (const auto* steps : {&catalog.repeatable, &catalog.versioned}) {
    for (const core::Step& step : *steps) stage.steps().add(step);
  }
  const StageRun run = stage.up();
  if (run.succeeded()) return stage.schema();
  std::string why = run.refusal ? run.refusal->reason : "it was refused";
  if (!run.failures.empty()) {
    const core::event::StepFailed& failed = run.failures.back();
    why = fmt::format("{}:{}: {} (error {})", failed.path, failed.position.line,
                      failed.error.message, failed.error.code);
  }
  throw core::Fault(core::ExitCode::configuration,
                    fmt::format("the files do not run on the private server: {}", why),
                    "see what is wrong with them with: migrate verify --all");
}

core::schema::Schema schema_of_file(const RehearsalPorts& ports, const core::Script& file,
                                    const core::schema::Schema& like) {
  Ground ground = ground_like(ports, like);
  ground.file = file;
  return Stage(ports, ground, ports.steps).schema();
}

}  // namespace migrate::app
