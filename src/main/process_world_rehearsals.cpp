// Rehearsals, on servers that are thrown away.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "adapter/files/write_file.h"
#include "adapter/mysql/scratch.h"
#include "adapter/output/log_sink.h"
#include "adapter/output/tee_sink.h"
#include "adapter/sandbox/throw_away_server.h"
#include "canceller.h"
#include "process_world.h"
#include "run_identity.h"
#include "signals.h"
#include "throw_away.h"

namespace migrate::wiring {

namespace fs = std::filesystem;

const core::ConnectionOptions& ProcessWorld::start(
    std::unique_ptr<migrate::sandbox::ThrowAwayServer> server) {
  throw_away_server_ = std::move(server);
  return throw_away_server_->connection();
}

void ProcessWorld::rehearse(cli::ScratchPlace place,
                            const std::optional<core::rehearsal::ServerTraits>& like,
                            const std::function<void(const app::RehearsalPorts&)>& use_case) {
  const core::RunIdentity run = run_identity("verify");
  core::ConnectionOptions options = place == cli::ScratchPlace::target
                                        ? connection()
                                        : start(server_for_rehearsal(folders(), like));
  options.schema.clear();
  const auto scratch = mysql::open_scratch_server(options, run);
  port::StepSource& step_source = steps();
  Signals signals(canceller(options, run));
  output::TeeSink::Sinks sinks;
  std::unique_ptr<port::EventSink> log;
  if (!global_.log_file.empty()) {
    log = output::make_log_sink(global_.log_file);
    sinks.emplace_back(*log);
  }
  output::TeeSink events(std::move(sinks));
  use_case({.scratch = *scratch,
            .steps = step_source,
            .events = events,
            .cancellation = signals,
            .clock = clock_,
            .background = background_,
            .run_id = run.run_id});
}

std::string ProcessWorld::keep_attestations(std::vector<core::rehearsal::Attestation> attestations,
                                            const std::string& path) {
  const core::RunIdentity run = run_identity("verify");
  for (core::rehearsal::Attestation& attestation : attestations) {
    attestation.at = utc_timestamp(iso_time);
    attestation.by = run.client;
    attestation.tool_version = run.tool_version;
  }
  fs::path file = path;
  std::error_code unwritable;  // writing says so
  if (path.empty()) {
    const auto state_dir = folders().state_dir;
    if (!state_dir) return {};
    file = *state_dir / "attestations" / (run.run_id + ".json");
    fs::create_directories(file.parent_path(), unwritable);
  }
  files::write_file(file, core::rehearsal::attestation_file(attestations));
  return file.string();
}

}  // namespace migrate::wiring
